import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import type { Positives } from '../../dataset/dataset.ts'
import { countsOf } from '../../dataset/positives.ts'
import { maskUsers } from './batch.ts'
import { towerDefaults } from './settings.ts'
import type { TowerTraining } from './step.ts'
import { relabel, sampleItems } from './step.ts'

const ROWS = 400
const random = createRandom(3)
const positives = smallCatalogue()

describe('sampleItems', () => {
  test('leaves a catalogue whole that is small enough', () => {
    expect(sampleItems(trainingOf(ROWS), drawn([0, 1]))).toBeUndefined()
  })

  test('holds every row of the batch, and about as many as asked for', () => {
    const sizes: number[] = []
    for (let n = 0; n < 50; n++) {
      const mask = drawn([n, n + 1, n + 2])
      const sample = sampleItems(trainingOf(100), mask)
      const rows = new Set(sample?.rows)
      for (const row of [...mask.inputItems, ...mask.targetItems]) {
        expect(rows).toContain(row)
      }
      sizes.push(rows.size)
    }
    const mean = sizes.reduce((a, b) => a + b, 0) / sizes.length
    expect(mean).toBeGreaterThan(95)
    expect(mean).toBeLessThan(105)
  })

  test('estimates the sum over all rows without bias', () => {
    const score = (row: number) => Math.exp(((row * 37) % 17) / 8)
    const truth = Array.from({ length: ROWS }, (_, row) => score(row))
    const total = truth.reduce((a, b) => a + b, 0)
    let mean = 0
    const rounds = 2000
    for (let n = 0; n < rounds; n++) {
      const users = Array.from({ length: 8 }, () => random.integer(100))
      const sample = sampleItems(trainingOf(150), drawn(users))
      sample?.rows.forEach((row, at) => {
        mean += score(row) / Math.exp(sample.logChances[at]) / rounds
      })
    }
    expect(mean / total).toBeGreaterThan(0.98)
    expect(mean / total).toBeLessThan(1.02)
  })
})

test('relabel numbers the rows of a batch by their places in the sample', () => {
  const mask = {
    batch: 1,
    inputPtr: Uint32Array.of(0, 1),
    inputItems: Uint32Array.of(40),
    targetPtr: Uint32Array.of(0, 2),
    targetItems: Uint32Array.of(7, 90),
  }
  const rows = Uint32Array.of(7, 11, 40, 90)
  const { inputItems, targetItems } = relabel(mask, {
    rows,
    logChances: new Float32Array(4),
  })
  expect([...inputItems, ...targetItems]).toEqual([2, 0, 3])
})

function drawn(users: number[]) {
  return maskUsers(positives, users, { ...towerDefaults, random })
}

/** Enough of a training for rows to be sampled. */
function trainingOf(softmaxItems: number): TowerTraining {
  return {
    features: { rows: ROWS },
    positives,
    likedBy: countsOf(positives),
    settings: { ...towerDefaults, softmaxItems },
    random,
  } as TowerTraining
}

/** 100 users with 4 rows each; the lower a row, the more of them like it. */
function smallCatalogue(): Positives {
  const lists = Array.from({ length: 100 }, () => {
    const rows = new Set<number>()
    while (rows.size < 4) rows.add(Math.floor(ROWS * random.next() ** 3))
    return [...rows].sort((a, b) => a - b)
  })
  return {
    userCount: 100,
    rowCount: ROWS,
    indptr: Uint32Array.from({ length: 101 }, (_, user) => 4 * user),
    rows: Uint32Array.from(lists.flat()),
  }
}
