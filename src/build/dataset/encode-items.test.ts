import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ItemRecord } from '../../pack/item.ts'
import type { Encoder } from '../../text/encoder/encoder.ts'
import { encodeItems, itemText } from './item-text.ts'

/** A text's vector is its length and its first letter's code. */
function fakeEncoder() {
  const calls: number[][] = []
  const encoder: Encoder = {
    ...{ dim: 2, fingerprint: 'f' },
    encode: async (texts) => {
      calls.push(texts.map((text) => text.length))
      return Float32Array.from(
        texts.flatMap((text) => [text.length, text.charCodeAt(0)]),
      )
    },
    dispose: async () => {},
  }
  return { encoder, calls }
}

const itemsOf = (titles: readonly string[]): ItemRecord[] =>
  titles.map((title, i) => ({ id: `i${i}`, title }))

test('every item gets the vector of its own text, in the order of the items', async () => {
  const titles = fc.array(fc.stringMatching(/^[a-z]{1,40}$/), { maxLength: 400 })
  await fc.assert(
    fc.asyncProperty(titles, async (list) => {
      const items = itemsOf(list)
      const vectors = await encodeItems(items, fakeEncoder().encoder)
      const expected = items.flatMap((item) => {
        const text = itemText(item)
        return [text.length, text.charCodeAt(0)]
      })
      expect([...vectors]).toEqual(expected)
    }),
    { numRuns: 20 },
  )
})

test('texts of like length are read together, however the catalogue mixes them', async () => {
  const { encoder, calls } = fakeEncoder()
  const items = itemsOf(
    Array.from({ length: 600 }, (_, i) => 'x'.repeat(i % 2 ? 5 : 500)),
  )
  await encodeItems(items, encoder)
  expect(calls.flat()).toHaveLength(600)
  const mixed = calls.filter((lengths) => new Set(lengths).size > 1)
  expect(mixed.length).toBeLessThanOrEqual(1)
})

test('progress follows the letters read and ends at 1', async () => {
  const shares: number[] = []
  const items = itemsOf(Array.from({ length: 300 }, (_, i) => 'x'.repeat(i)))
  await encodeItems(items, fakeEncoder().encoder, {
    onProgress: (_, share) => shares.push(share),
  })
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  expect(shares[0]).toBe(0)
  expect(shares[1]).toBeGreaterThan(128 / 300) // the longest came first
  expect(shares.at(-1)).toBe(1)
})

test('a catalogue of nothing but nothing is read', async () => {
  expect(await encodeItems([], fakeEncoder().encoder)).toHaveLength(0)
})
