import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { tempFolder } from '../../build/input/temp-folder.test-data.ts'
import { findColdStart, readColdStart } from './read-cold-start.ts'

function coldStartFolder(test20 = 'uid,iid\n8,d\n9,d\n') {
  const folder = tempFolder()
  const items = 'iid,title,year,genres\na,A,1990,Sea\nb,B,,\nc,C,,\nd,D,2001,Sea|War\n'
  folder.write('items.csv.gz', gzipSync(items))
  folder.write('train.csv.gz', gzipSync('uid,iid\n7,a\n7,b\n8,b\n'))
  folder.write('valid.csv', 'uid,iid\n7,c\r\n7,c\n')
  folder.write('test.csv', test20)
  return folder
}

test('reads items, and all three files under one numbering', async () => {
  const { train, valid, test20 } = await read(coldStartFolder())
  expect(train.items.map(({ title }) => title)).toEqual(['A', 'B', 'C', 'D'])
  expect(train.items[3].genres).toEqual(['Sea', 'War'])
  expect(train.interactions?.users).toEqual(Uint32Array.of(0, 0, 1))
  expect(train.interactions?.rows).toEqual(Uint32Array.of(0, 1, 1))
  expect(train.interactions?.userCount).toBe(3)
  expect(valid.rows).toEqual(Uint32Array.of(2))
  expect(valid.chosen.indptr).toEqual(Uint32Array.of(0, 1, 1, 1))
  expect(test20.rows).toEqual(Uint32Array.of(3))
  expect(test20.chosen.indptr).toEqual(Uint32Array.of(0, 0, 1, 2))
})

async function read(folder: ReturnType<typeof tempFolder>) {
  const split = await readColdStart((await findColdStart(folder.path))!)
  return { ...split, test20: split.test }
}

test('a folder that lacks one of the four, or is not there, is another layout', async () => {
  const folder = tempFolder()
  folder.write('items.csv', 'iid,title\na,A\n')
  folder.write('train.csv', 'uid,iid\n7,a\n')
  expect(await findColdStart(folder.path)).toBeUndefined()
  expect(await findColdStart(`${folder.path}/nowhere`)).toBeUndefined()
})

test('refuses an item that is unknown, one that is not new, and an empty file', async () => {
  await expect(read(coldStartFolder('uid,iid\n8,x\n'))).rejects.toThrow('line 2: got x')
  await expect(read(coldStartFolder('uid,iid\n8,a\n'))).rejects.toThrow(
    'not a cold-start item',
  )
  await expect(read(coldStartFolder('uid,iid\n'))).rejects.toThrow('no choices in')
})
