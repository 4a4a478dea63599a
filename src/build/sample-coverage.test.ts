import { expect, test } from 'vitest'
import type { SparseRows } from '../pack/pack-source.ts'
import { sampleCoverage } from './report.ts'

/** 40 items; each row scores the next `reach` items, round and round. */
function ring(reach: number): SparseRows {
  const all = Array.from({ length: 40 }, (_, row) =>
    Array.from({ length: reach }, (_, i) => (row + 1 + i) % 40).sort((a, b) => a - b),
  )
  return {
    kind: 'item-item',
    rows: 40,
    columns: 40,
    indptr: Uint32Array.from({ length: 41 }, (_, row) => row * reach),
    indices: Uint32Array.from(all.flat()),
    values: new Float32Array(40 * reach).fill(1),
  }
}

function events(...pairs: readonly (readonly [number, number])[]) {
  return {
    userCount: Math.max(...pairs.map(([user]) => user)) + 1,
    users: Uint32Array.from(pairs, ([user]) => user),
    rows: Uint32Array.from(pairs, ([, row]) => row),
    weights: new Float32Array(pairs.length).fill(1),
    hasRatings: false,
  }
}

test('the share counts each item once, over all lists', () => {
  const found = sampleCoverage(ring(2), events([0, 0], [1, 1], [2, 20]))
  // 0 → 1, 2; 1 → 2, 3; 20 → 21, 22.
  expect(found).toEqual({ users: 3, share: 5 / 40 })
})

test('what a user has is not recommended to that user', () => {
  expect(sampleCoverage(ring(1), events([0, 0], [0, 1])).share).toBe(1 / 40)
})

test('a list is 20 long, however many items a row scores', () => {
  expect(sampleCoverage(ring(30), events([0, 5])).share).toBe(20 / 40)
})

test('of many users an even sample is taken', () => {
  const many = Array.from({ length: 1700 }, (_, user) => [user, user % 40] as const)
  const found = sampleCoverage(ring(1), events(...many))
  expect(found).toEqual({ users: 500, share: 1 })
})
