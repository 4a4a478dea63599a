import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { tempFolder } from '../../build/input/temp-folder.test-data.ts'
import {
  findSequences,
  findSessions,
  readSequences,
  readSessions,
} from './read-sequences.ts'

describe('a folder of sequences', () => {
  test('is read with the attributes of its items, in the order of the lines', async () => {
    const folder = tempFolder()
    folder.write('sequences.txt.gz', gzipSync('1 7 5 7\n2 9 5\n\n'))
    folder.write('attributes.json.gz', gzipSync('{"5": [1, 2], "7": ["x"], "88": [3]}'))
    const read = await readSequences((await findSequences(folder.path))!)
    expect(read.itemIds).toEqual(['7', '5', '9'])
    expect(read.lines.map((line) => [...line])).toEqual([
      [0, 1, 0],
      [2, 1],
    ])
    expect(read.attributes).toEqual([['x'], ['1', '2'], []])
  })

  test('needs no attributes', async () => {
    const folder = tempFolder()
    folder.write('sequences.txt', '1 7 5\n')
    const read = await readSequences((await findSequences(folder.path))!)
    expect(read).not.toHaveProperty('attributes')
  })

  test.each([
    ['no items in', 'sequences.txt', '1\n2\n'],
    ['is not JSON', 'attributes.json', '{'],
    ['wrong attributes', 'attributes.json', '[1]'],
    ['got ["5",7]', 'attributes.json', '{"5": 7}'],
    ['got ["5",[null]]', 'attributes.json', '{"5": [null]}'],
  ])('is refused: %s', async (message, name, text) => {
    const folder = tempFolder()
    folder.write('sequences.txt', '1 5 6\n')
    folder.write(name, text)
    const files = await findSequences(folder.path)
    await expect(readSequences(files!)).rejects.toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: expect.stringContaining(message),
      }),
    )
  })
})

describe('a folder of sessions', () => {
  test('is read with one numbering for training and test', async () => {
    const folder = tempFolder()
    folder.write('sessions-train.txt.gz', gzipSync('3 4 3\n4 4\n'))
    folder.write('sessions-test.txt', '3 9\n')
    const read = await readSessions((await findSessions(folder.path))!)
    expect(read.itemIds).toEqual(['3', '4', '9'])
    expect(read.lines.map((line) => [...line])).toEqual([
      [0, 1, 0],
      [1, 1],
    ])
    expect(read.test.map((line) => [...line])).toEqual([[0, 2]])
  })

  test('of which one half is missing, or one is there twice, is refused', async () => {
    const folder = tempFolder()
    folder.write('sessions-train.txt', '1 2\n')
    await expect(findSessions(folder.path)).rejects.toThrow('no sessions-test.txt.gz')
    folder.write('sessions-train.txt.gz', gzipSync('1 2\n'))
    await expect(findSessions(folder.path)).rejects.toThrow(
      'got sessions-train.txt, sessions-train.txt.gz',
    )
  })
})

test('any other folder is neither', async () => {
  const folder = tempFolder()
  folder.write('train.txt', '0 1\n')
  for (const path of [folder.path, `${folder.path}/nowhere`]) {
    expect(await findSequences(path)).toBeUndefined()
    expect(await findSessions(path)).toBeUndefined()
  }
})
