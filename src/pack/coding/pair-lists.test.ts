import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../math/random.ts'
import { decodePairs, encodePairs, type PairLists } from './pair-lists.ts'

fc.configureGlobal({ seed: 1 })

/** Lists from pairs [row, higher row, code]; a pair twice counts once. */
function toLists(rows: number, pairs: readonly (readonly [number, number, number])[]) {
  const lists = Array.from({ length: rows }, () => new Map<number, number>())
  for (const [a, b, code] of pairs) {
    if (a !== b) lists[Math.min(a, b)].set(Math.max(a, b), code)
  }
  const sorted = lists.map((list) => [...list].sort(([a], [b]) => a - b))
  const indptr = new Uint32Array(rows + 1)
  sorted.forEach((list, row) => {
    indptr[row + 1] = indptr[row] + list.length
  })
  return {
    indptr,
    indices: Uint32Array.from(sorted.flat(), ([index]) => index),
    codes: Uint8Array.from(sorted.flat(), ([, code]) => code),
  }
}

function randomLists(rows: number, count: number, seed: number): PairLists {
  const random = createRandom(seed)
  const pairs = Array.from(
    { length: count },
    () => [random.integer(rows), random.integer(rows), random.integer(16)] as const,
  )
  return toLists(rows, pairs)
}

const sizeOf = (bytes: object) =>
  Object.values(bytes).reduce((sum: number, part: Uint8Array) => sum + part.length, 0)

describe('pairs', () => {
  test('come back as they were', () => {
    const rows = 40
    const index = fc.nat({ max: rows - 1 })
    const pair = fc.tuple(index, index, fc.nat({ max: 15 }))
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 300 }), (pairs) => {
        const lists = toLists(rows, pairs)
        const size = { rows, pairs: lists.indices.length }
        expect(decodePairs(encodePairs(lists), size)).toEqual(lists)
      }),
    )
  })

  test('come back when every row is paired with every other, and when none is', () => {
    const all = Array.from({ length: 30 }, (_, a) =>
      Array.from({ length: 30 }, (_, b) => [a, b, (a * b) % 16] as const),
    ).flat()
    for (const pairs of [all, []]) {
      const lists = toLists(30, pairs)
      const size = { rows: 30, pairs: lists.indices.length }
      expect(decodePairs(encodePairs(lists), size)).toEqual(lists)
    }
  })

  test('of neighbouring rows take fewer bytes than pairs all over', () => {
    const random = createRandom(1)
    const near = Array.from({ length: 6000 }, () => {
      const row = random.integer(1000)
      return [row, Math.min(999, row + 1 + random.integer(20)), 1] as const
    })
    const close = sizeOf(encodePairs(toLists(1000, near)))
    const far = sizeOf(encodePairs(randomLists(1000, 6000, 2)))
    expect(close).toBeLessThan(far / 2)
  })

  test('random pairs take about what they must', () => {
    // 6,000 of the 499,500 pairs of 1,000 rows hold log2 C(499500, 6000) = 7.8 bits each,
    // and codes of one kind none
    const lists = randomLists(1000, 6000, 2)
    const bytes = encodePairs({ ...lists, codes: new Uint8Array(lists.codes.length) })
    expect((sizeOf(bytes) * 8) / lists.indices.length).toBeLessThan(9)
  })

  test('from damaged bytes are sound or not given at all', () => {
    const lists = randomLists(50, 200, 4)
    const size = { rows: 50, pairs: lists.indices.length }
    const bytes = encodePairs(lists)
    const change = fc.record({
      part: fc.constantFrom('tables' as const, 'stream' as const, 'bits' as const),
      at: fc.nat({ max: 1000 }),
      value: fc.nat({ max: 255 }),
    })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const damaged = {
          tables: bytes.tables.slice(),
          stream: bytes.stream.slice(),
          bits: bytes.bits.slice(),
        }
        for (const { part, at, value } of changes) {
          damaged[part][at % damaged[part].length] = value
        }
        const read = decodePairs(damaged, size)
        if (!read) return
        for (let row = 0; row < 50; row++) {
          let last = row
          for (const index of read.indices.subarray(
            read.indptr[row],
            read.indptr[row + 1],
          )) {
            expect(index).toBeGreaterThan(last)
            expect(index).toBeLessThan(50)
            last = index
          }
        }
        expect(read.codes.every((code) => code < 16)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('of another number are refused', () => {
    const lists = randomLists(50, 200, 4)
    const pairs = lists.indices.length
    const bytes = encodePairs(lists)
    expect(decodePairs(bytes, { rows: 50, pairs: pairs + 1 })).toBeUndefined()
    expect(decodePairs(bytes, { rows: 50, pairs: pairs - 1 })).toBeUndefined()
    expect(decodePairs(bytes, { rows: 51, pairs })).toBeUndefined()
    for (const part of ['stream', 'bits'] as const) {
      const longer = { ...bytes, [part]: Uint8Array.of(...bytes[part], 0, 0) }
      expect(decodePairs(longer, { rows: 50, pairs })).toBeUndefined()
    }
  })
})
