import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { plantedWorld } from './cold.test-data.ts'
import { addColdItems } from './cold-start.ts'

const { items, positives, rows } = plantedWorld({
  known: 90,
  cold: 6,
  users: 200,
  random: createRandom(1),
})
const tower = {
  dim: 1,
  items: new Float32Array(96).fill(1),
  bias: Float32Array.from({ length: 96 }, (_, row) => (row < 90 ? -2 : -9)),
  user: [],
}
const input = { items, positives, texts: [] }

describe('addColdItems', () => {
  const added = addColdItems({ cf: rows, tower }, input)

  test('gives cold-start items pairs, a place in the tower and a popularity', () => {
    expect(added.cf?.indptr[96]).toBeGreaterThan(added.cf?.indptr[90] ?? 0)
    expect(added.tower?.bias[95]).toBe(-2)
    expect(added.popularity?.[95]).toBeGreaterThan(0)
    expect(added.popularity?.[95]).toBeLessThanOrEqual(1)
  })

  test('reports how many got rows, of what and by what', () => {
    expect(added.note).toMatch(
      /^6 items were chosen by nobody yet: each is linked to about \d+ others, as the known items most like it are \(of 90\), read by words, genres, years\.$/,
    )
    expect(added.report).toMatchObject({ items: 6, known: 90 })
  })

  test('reports that there is no CF to give them rows in', () => {
    expect(addColdItems({ tower }, input)).toEqual({
      note: '6 items have no positive interactions, and no rows: CF is off.',
    })
  })

  test('changes nothing where no item is cold', () => {
    const all = { ...positives, rows: Uint32Array.from({ length: 96 }, (_, r) => r) }
    const everyone = { ...all, userCount: 1, indptr: Uint32Array.of(0, 96) }
    expect(addColdItems({ cf: rows }, { ...input, positives: everyone })).toEqual({})
  })
})
