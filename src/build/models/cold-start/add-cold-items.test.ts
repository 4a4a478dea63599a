import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import type { LearnedModels } from '../../learn-models.ts'
import { plantedWorld } from './cold.test-data.ts'
import { type ColdParts, withColdItems } from './cold-start.ts'

const { items, positives, rows } = plantedWorld({
  known: 90,
  fresh: 6,
  users: 200,
  random: createRandom(1),
})
const report = {} as LearnedModels['report']
const tower = {
  dim: 1,
  items: new Float32Array(96).fill(1),
  bias: Float32Array.from({ length: 96 }, (_, row) => (row < 90 ? -2 : -9)),
  user: [],
}
const input = { items, positives, texts: [] }

describe('withColdItems', () => {
  const parts: ColdParts = withColdItems(
    { cf: rows, tower, notes: ['before'], report },
    input,
  )

  test('gives new items pairs, a place in the tower and a popularity', () => {
    expect(parts.cf?.indptr[96]).toBeGreaterThan(parts.cf?.indptr[90] ?? 0)
    expect(parts.tower?.bias[95]).toBe(-2)
    expect(parts.popularity?.[95]).toBeGreaterThan(0)
    expect(parts.popularity?.[95]).toBeLessThanOrEqual(1)
  })

  test('says how many got rows, of what and by what', () => {
    expect(parts.notes[0]).toBe('before')
    expect(parts.notes[1]).toMatch(
      /^6 items have no positive interactions: they got rows of \d+ pairs by kernel ridge over 90 known items, read by words, genres, years\.$/,
    )
    expect(parts.cold).toMatchObject({ items: 6, known: 90 })
  })

  test('says so where there is no CF to give them rows in', () => {
    const none = withColdItems({ tower, notes: [], report }, input)
    expect(none.notes).toEqual([
      '6 items have no positive interactions, and no rows: CF is off.',
    ])
    expect(none.tower).toBe(tower)
  })

  test('is the same object where nothing is new', () => {
    const learned = { cf: rows, notes: [], report }
    const all = { ...positives, rows: Uint32Array.from({ length: 96 }, (_, r) => r) }
    const everyone = { ...all, userCount: 1, indptr: Uint32Array.of(0, 96) }
    expect(withColdItems(learned, { ...input, positives: everyone })).toBe(learned)
  })
})
