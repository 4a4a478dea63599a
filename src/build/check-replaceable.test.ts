import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from './input/temp-folder.test-data.ts'
import { checkFilePlace, checkReplaceable } from './replace-folder.ts'

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
  expect(check).toThrow('beside its pack it holds thesis.txt')
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

test("an owner's own file among a pack's is not lost without --force", () => {
  const folder = tempFolder()
  const out = join(folder.path, 'out')
  mkdirSync(out)
  folder.write('out/manifest.json', '{"format": "hearth-pack"}')
  folder.write('out/items-0.aee9d99f5d7c3161.json', '')
  folder.write('out/cf.a92f38f86611da70.bin.br', '')
  const check = (force = false) => checkReplaceable(out, { force, keep: [] })
  expect(check).not.toThrow()
  folder.write('out/CNAME', 'books.example')
  expect(check).toThrow('beside its pack it holds CNAME, which would be lost')
  expect(() => check(true)).not.toThrow()
})

test('an input is found behind a link to its folder', () => {
  const folder = tempFolder()
  mkdirSync(join(folder.path, 'data'))
  const items = folder.write('data/items.csv', '')
  const link = join(folder.path, 'link')
  symlinkSync(join(folder.path, 'data'), link)
  expect(() => checkReplaceable(link, { force: true, keep: [items] })).toThrow(
    'which would be lost',
  )
})

test('a place below a file is refused before any work', () => {
  const file = tempFolder().write('file', '')
  expect(() => checkReplaceable(join(file, 'a', 'b'), { keep: [] })).toThrow(
    `${file} is a file`,
  )
})

test('a file needs a folder to be in and a place that is no folder', () => {
  const { path } = tempFolder()
  expect(() => checkFilePlace(join(path, 'x.json'))).not.toThrow()
  expect(() => checkFilePlace(path)).toThrow('it is a folder, expected a file')
  expect(() => checkFilePlace(join(path, 'no', 'x.json'))).toThrow('there is no folder')
})
