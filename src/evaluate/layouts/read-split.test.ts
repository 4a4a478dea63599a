import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { tempFolder } from '../../build/input/temp-folder.test-data.ts'
import { findSplit, readSplit } from './read-split.ts'

test('reads users and items of all three files under one numbering', async () => {
  const folder = tempFolder()
  folder.write('train.txt.gz', gzipSync('0 7 5 7\n3 9\n4\n'))
  folder.write('valid.txt.gz', gzipSync('3 5\n'))
  folder.write('test.txt', '3 8 7\r\n\n')
  const split = await readSplit((await findSplit(folder.path))!)
  expect(split.itemIds).toEqual(['7', '5', '9', '8'])
  expect(split.train).toEqual({
    userCount: 2,
    rowCount: 4,
    indptr: Uint32Array.of(0, 2, 3),
    rows: Uint32Array.of(0, 1, 2),
  })
  expect(split.valid?.rows).toEqual(Uint32Array.of(1))
  expect(split.test.indptr).toEqual(Uint32Array.of(0, 0, 2))
  expect(split.test.rows).toEqual(Uint32Array.of(0, 3))
})

test('a folder of tables, or none at all, is no split', async () => {
  const folder = tempFolder()
  folder.write('films.csv', 'id,title\n1,A\n')
  expect(await findSplit(folder.path)).toBeUndefined()
  expect(await findSplit(`${folder.path}/nowhere`)).toBeUndefined()
})

test('half a split is refused, and so is a file that is there twice', async () => {
  const folder = tempFolder()
  folder.write('train.txt.gz', gzipSync('0 1\n'))
  await expect(findSplit(folder.path)).rejects.toThrow('no test.txt.gz in')
  folder.write('train.txt', '0 1\n')
  await expect(findSplit(folder.path)).rejects.toThrow('got train.txt, train.txt.gz')
})

test('a file without items is refused by name', async () => {
  const folder = tempFolder()
  folder.write('train.txt', '0 1\n')
  const path = folder.write('test.txt', '0\n1\n')
  const found = await findSplit(folder.path)
  await expect(readSplit(found!)).rejects.toThrow(`no items in ${path}`)
})
