import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Encoder } from '../../text/encoder/encoder.ts'
import { tempFolder } from '../input/temp-folder.test-data.ts'
import { openCache } from './cache-folder.ts'
import { rememberTexts } from './text-vectors.ts'

/** Length and first letter; counts what it was asked for. */
function countingEncoder(fingerprint = 'a'): Encoder & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    ...{ asked, dim: 2, fingerprint },
    encode: async (texts) => {
      asked.push(...texts)
      return Float32Array.from(texts.flatMap((t) => [t.length / 3, t.charCodeAt(0)]))
    },
    dispose: async () => {},
  }
}

function cacheIn(path: string) {
  const lines: string[] = []
  const cache = openCache({ folder: path, report: (line) => lines.push(line) })
  return { cache, lines }
}

async function encode(path: string, texts: readonly string[], fingerprint?: string) {
  const encoder = countingEncoder(fingerprint)
  const { cache, lines } = cacheIn(path)
  const remembering = await rememberTexts(encoder, { cache, catalogue: 'shop' })
  const vectors = await remembering.encoder.encode(texts)
  await remembering.save()
  const plain = await countingEncoder().encode(texts)
  return { vectors, plain, asked: encoder.asked, lines, encoded: remembering.encoded() }
}

test('only texts that no build encoded are encoded, and all vectors are the same bytes', async () => {
  const { path } = tempFolder()
  const first = await encode(path, ['sea', 'land', ''])
  expect(first.asked).toEqual(['sea', 'land', ''])
  expect(first.vectors).toEqual(first.plain)
  const second = await encode(path, ['land', 'sea', 'desert', ''])
  expect(second.asked).toEqual(['desert'])
  expect(second.encoded).toBe(1)
  expect(second.vectors).toEqual(second.plain)
  expect(second.lines).toEqual([])
})

test('another encoder shares nothing', async () => {
  const { path } = tempFolder()
  await encode(path, ['sea'])
  expect((await encode(path, ['sea'], 'b')).asked).toEqual(['sea'])
  expect((await encode(path, ['sea'])).asked).toEqual([])
})

test('a vector that three builds did not use goes, one that was used again stays', async () => {
  const { path } = tempFolder()
  await encode(path, ['sea', 'land'])
  for (let build = 0; build < 3; build++) await encode(path, ['sea', `new ${build}`])
  expect((await encode(path, ['land'])).asked).toEqual(['land'])
  expect((await encode(path, ['sea'])).asked).toEqual([])
})

test.each([
  ['a changed byte', (bytes: Buffer) => bytes.fill(bytes[60] ^ 1, 60, 61)],
  ['a lost end', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5)],
  ['nothing left', () => Buffer.alloc(0)],
])('a file with %s is ignored with one line, and replaced', async (_, damage) => {
  const { path } = tempFolder()
  await encode(path, ['sea'])
  const [name] = readdirSync(path)
  const file = join(path, name)
  writeFileSync(file, damage(readFileSync(file)))
  const damaged = await encode(path, ['sea'])
  expect(damaged.asked).toEqual(['sea'])
  expect(damaged.vectors).toEqual(damaged.plain)
  expect(damaged.lines).toEqual([
    `the cache file ${file} is ignored: its hash does not match.`,
  ])
  expect((await encode(path, ['sea'])).asked).toEqual([])
})
