import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { encodeSparse } from '../../../pack/sparse-block.ts'
import { orderRows } from '../item-item/order-rows.ts'
import { plantedWorld } from './cold.test-data.ts'
import { type ColdInput, coldStartModel } from './cold-start.ts'
import { type PairRows, scoreKnown, takeFactors, visitorOf } from './mix.ts'

const planted = plantedWorld({
  known: 90,
  cold: 6,
  users: 200,
  random: createRandom(1),
})
const { items, positives, rows, kindOf } = planted
const base: ColdInput = { rows, items, positives, texts: [] }
const learn = (changes: Partial<ColdInput> = {}) =>
  coldStartModel.fit({ ...base, ...changes })
const added = learn()!

function entry({ indptr, indices, values }: PairRows, row: number, column: number) {
  for (let e = indptr[row]; e < indptr[row + 1]; e++) {
    if (indices[e] === column) return values[e]
  }
  return 0
}

function scoresFor(of: PairRows, history: number[]) {
  const kernel = {
    strengths: takeFactors(of),
    pairs: of.pairs,
    counts: new Uint32Array(),
  }
  return scoreKnown(kernel, visitorOf(kernel, Uint32Array.from(history)))
}

describe('coldStartModel', () => {
  test('a cold-start item is for those who like its kind', () => {
    const scores = scoresFor(added.rows, [0, 3, 6, 9]) // all of kind 0
    for (let item = 90; item < 96; item++) {
      if (kindOf(item) === 0) continue
      expect(scores[item]).toBeLessThan(scores[90])
      expect(scores[item]).toBeLessThan(scores[93])
    }
  })

  test('and recommends its kind when somebody chooses it first', () => {
    const scores = scoresFor(added.rows, [91]) // of kind 1
    const best = [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, 10)
    expect(best.filter((row) => kindOf(row) === 1).length).toBeGreaterThan(7)
  })

  test('leaves the entries of known items as they were', () => {
    for (let row = 0; row < 90; row++) {
      for (let column = 0; column < 90; column++) {
        expect(entry(added.rows, row, column)).toBe(entry(rows, row, column))
      }
    }
  })

  test('a cold-start item takes no more room than a known one', () => {
    const perKnown = rows.indices.length / 2 / 90
    const pairs = (added.rows.indices.length - rows.indices.length) / 2
    expect(pairs).toBeGreaterThan(0)
    expect(pairs / 6).toBeLessThanOrEqual(Math.round(perKnown))
    expect(added.report.entriesPerItem).toBe(pairs / 6)
  })

  test('is still a kernel that the pack can write by pairs, in an order of its rows', () => {
    const latent = { dim: 1, vectors: new Float32Array(96).fill(0.01) }
    const order = orderRows(rows)
    const whole = { ...rows, pairs: { ...rows.pairs, order, latent } }
    const more = learn({ rows: whole })!
    expect(encodeSparse('cf', more.rows).length).toBeGreaterThan(0)
    expect(more.rows.pairs.order).toHaveLength(96)
    expect(more.rows.pairs.latent?.vectors[95]).toBeGreaterThan(0)
  })

  test('expects users of cold-start items only, no more than the best known item has', () => {
    const most = Math.max(...planted.users.flat().map((row) => countOf(row)))
    added.expectedUsers.forEach((users, row) => {
      if (row < 90) expect(users).toBe(0)
      else expect(users).toBeGreaterThan(0)
      expect(users).toBeLessThanOrEqual(most)
    })
  })

  test('without any text or fact a cold-start item is for everyone alike', () => {
    const bare = items.map(({ id }) => ({ id, title: '' }))
    const blind = learn({ items: bare })!
    const scores = scoresFor(blind.rows, [0, 3, 6, 9])
    for (let item = 91; item < 96; item++)
      expect(scores[item]).toBeCloseTo(scores[90], 6)
  })

  test('is undefined if no item is cold, or none known', () => {
    const all = { ...positives, rows: Uint32Array.from({ length: 96 }, (_, r) => r) }
    const everyone = { ...all, userCount: 1, indptr: Uint32Array.of(0, 96) }
    expect(learn({ positives: everyone })).toBeUndefined()
    const nobody = {
      ...positives,
      rows: new Uint32Array(0),
      indptr: new Uint32Array(201),
    }
    expect(learn({ positives: nobody })).toBeUndefined()
  })
})

function countOf(row: number) {
  return planted.users.filter((rows) => rows.includes(row)).length
}
