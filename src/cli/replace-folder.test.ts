import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkReplaceable, replaceFile, replaceFolder } from './replace-folder.ts'
import { tempFolder } from './temp-folder.test-data.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('a folder appears whole, its parents made, and gives back what was written', async () => {
  const { path } = tempFolder()
  const out = join(path, 'deep', 'pack')
  const result = await replaceFolder(out, async (sink) => {
    await sink.write('a.bin', bytes('a'))
    expect(existsSync(out)).toBe(false)
    return 7
  })
  expect(result).toBe(7)
  expect(readdirSync(out)).toEqual(['a.bin'])
  expect(readdirSync(join(path, 'deep'))).toEqual(['pack'])
})

test('an old folder is there until the end and wholly gone after', async () => {
  const { path } = tempFolder()
  const out = join(path, 'pack')
  await replaceFolder(out, (sink) => sink.write('old.bin', bytes('old')))
  await replaceFolder(out, async (sink) => {
    await sink.write('new.bin', bytes('new'))
    expect(readdirSync(out)).toEqual(['old.bin'])
  })
  expect(readdirSync(out)).toEqual(['new.bin'])
  expect(readdirSync(path)).toEqual(['pack'])
})

test('a file name that leaves the folder is refused', async () => {
  const { path } = tempFolder()
  const writing = replaceFolder(join(path, 'pack'), (sink) =>
    sink.write('../x', bytes('x')),
  )
  await expect(writing).rejects.toMatchObject({ code: 'internal' })
  expect(readdirSync(path)).toEqual([])
})

test('only an empty folder or a pack is replaced, unless forced', () => {
  const folder = tempFolder()
  const out = join(folder.path, 'out')
  const check = (force = false) => checkReplaceable(out, { force, keep: [] })
  expect(check).not.toThrow()
  mkdirSync(out)
  expect(check).not.toThrow()
  folder.write('out/thesis.txt', 'years of work')
  expect(check).toThrow('neither empty nor a Hearth pack')
  expect(() => check(true)).not.toThrow()
  folder.write('out/manifest.json', '{"format": "other"}')
  expect(check).toThrow('neither empty nor a Hearth pack')
  folder.write('out/manifest.json', '{"format": "hearth-pack"}')
  expect(check).not.toThrow()
})

test('a file, and a folder that holds an input, are refused even when forced', () => {
  const folder = tempFolder()
  const items = folder.write('items.csv', '')
  expect(() => checkReplaceable(items, { force: true, keep: [] })).toThrow(
    'it is a file',
  )
  expect(() => checkReplaceable(folder.path, { force: true, keep: [items] })).toThrow(
    'which would be lost',
  )
})

test('a folder that cannot be made is one clear error', async () => {
  const file = tempFolder().write('file', '')
  const writing = replaceFolder(join(file, 'pack'), async () => {})
  await expect(writing).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('cannot write'),
  })
})

test('a file is replaced whole', async () => {
  const folder = tempFolder()
  const path = folder.write('x.json', 'old')
  await replaceFile(path, 'new')
  expect(readFileSync(path, 'utf8')).toBe('new')
  expect(readdirSync(folder.path)).toEqual(['x.json'])
  await expect(replaceFile(join(folder.path, 'no', 'x'), '')).rejects.toThrow(
    'cannot write',
  )
})
