import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from './input/temp-folder.test-data.ts'
import { replaceFile, replaceFolder } from './replace-folder.ts'

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

test('a link to a folder stays, and what it leads to is replaced', async () => {
  const { path } = tempFolder()
  const [real, link] = [join(path, 'real'), join(path, 'link')]
  mkdirSync(real)
  symlinkSync(real, link)
  await replaceFolder(link, (sink) => sink.write('new.bin', bytes('new')))
  expect(lstatSync(link).isSymbolicLink()).toBe(true)
  expect(readdirSync(real)).toEqual(['new.bin'])
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
