import { expect, test } from 'vitest'
import type { PolicyOutcome } from './simulate.ts'
import { behaviourDefaults } from './simulated-visitor.ts'
import {
  blocksOf,
  bootstrapRatio,
  figuresOf,
  formatSimulation,
} from './simulation-report.ts'

const outcome = (
  policy: string,
  hits: readonly (readonly number[])[],
): PolicyOutcome => ({
  policy,
  msPerList: 1,
  sessions: hits.map((each) => ({
    hits: Uint8Array.from(each),
    opens: Uint8Array.from(each),
    lists: each.length,
    repeated: 0.25,
  })),
})
const about = {
  reference: 'plain',
  seed: 1,
  behaviour: { ...behaviourDefaults, lists: 5 },
}

test('a session is reported by its first three lists, up to the tenth, and the rest', () => {
  const pairs = (lists: number) =>
    blocksOf(lists).map(({ first, last }) => [first, last])
  expect(pairs(30)).toEqual([[1, 3], [4, 10], [11, 30]]) // biome-ignore format: a table
  expect(pairs(10)).toEqual([[1, 3], [4, 10]]) // biome-ignore format: a table
  expect(pairs(2)).toEqual([[1, 2]])
})

test('blocks add up to the whole, and the reference differs from itself by nothing', () => {
  const figures = figuresOf(
    [
      outcome('plain', [
        [1, 0, 1, 0, 0],
        [0, 2, 0, 1, 1],
      ]),
      outcome('better', [
        [2, 1, 1, 1, 0],
        [1, 2, 1, 2, 2],
      ]),
    ],
    about,
  )
  const [plain, better] = figures.policies
  expect(plain?.hits.mean).toBe(3)
  expect(better?.hits.mean).toBe(6.5)
  expect(better?.blocks.map(({ hits }) => hits.mean)).toEqual([4, 2.5])
  expect(better?.ratio.mean).toBeCloseTo(6.5 / 3)
  expect(better?.difference).toEqual({ mean: 3.5, low: 3, high: 4 })
  expect(plain?.difference).toEqual({ mean: 0, low: 0, high: 0 })
  expect(plain?.ratio).toEqual({ mean: 1, low: 1, high: 1 })
})

test('a ratio of sums is resampled by visitor, both policies together', () => {
  const a = Array.from({ length: 50 }, (_, i) => i)
  const { mean, low, high } = bootstrapRatio(
    a.map((x) => 2 * x),
    a,
    1,
  )
  expect([mean, low, high]).toEqual([2, 2, 2])
})

test('a drift is reported from the tenth open after it on', () => {
  const behaviour = { ...about.behaviour, driftAt: 1 }
  const { policies } = figuresOf(
    [
      outcome('plain', [
        [9, 5, 5, 1, 1],
        [9, 1, 1, 1, 1],
      ]),
      outcome('better', [
        [9, 5, 5, 3, 2],
        [0, 9, 0, 1, 4],
      ]),
    ],
    { ...about, behaviour },
  )
  // only the first visitor of the plain one opened ten: lists two and three
  expect(policies[0]?.afterDrift).toMatchObject({
    visitors: 1,
    lists: { mean: 2 },
    hits: { mean: 1 },
    difference: { mean: 0 },
  })
  // of the other: after two lists (2.5 a list against 1), and after three (4 against 1)
  expect(policies[1]?.afterDrift).toMatchObject({
    visitors: 2,
    lists: { mean: 2.5 },
    hits: { mean: 3.25 },
    difference: { mean: 2.25 },
  })
})

test('the table names behaviour, reference and every policy', () => {
  const table = formatSimulation(
    figuresOf([outcome('plain', [[1, 0, 0, 0, 0]]), outcome('b', [[1, 0, 1, 0, 0]])], {
      ...about,
      behaviour: { ...about.behaviour, driftAt: 2, patience: 3, noise: 0.1 },
    }),
  )
  expect(table).toContain('1 of the taste exchanged at list 3')
  expect(table).toContain('leaves after 3 lists without an open')
  expect(table).toContain('every card of a list is reported as seen')
  expect(table).toMatch(/^plain +1\.00/m)
  expect(table).toMatch(/^b +2\.00/m)
})
