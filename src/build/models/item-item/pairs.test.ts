import { inverse, Matrix } from 'ml-matrix'
import { describe, expect, test } from 'vitest'
import { positivesOf, randomLists } from '../../planted.test-data.ts'
import { buildGram } from './gram.ts'
import { precisionOf, symmetrise } from './pairs.ts'
import { type Columns, columnSolver } from './ridge-columns.ts'

const ITEMS = 20
const positives = positivesOf(randomLists({ users: 400, items: ITEMS, seed: 2 }), ITEMS)
const gram = buildGram(positives, { userPower: 0.4 })
const ridge = Float32Array.from({ length: ITEMS }, (_, row) => 3 + row / 5)

function solved(room: number): Columns {
  const columns = {
    starts: Uint32Array.from({ length: ITEMS + 1 }, (_, column) => column * room),
    lengths: new Uint32Array(ITEMS),
    indices: new Uint32Array(ITEMS * room),
    values: new Float32Array(ITEMS * room),
    explained: new Float32Array(ITEMS),
  }
  const step = columnSolver(
    { gram, ridge, columns, choosesCandidates: true },
    new Int32Array(1),
  )
  while (step());
  return columns
}

/** s_ij = −P_ij / √(P_ii·P_jj), P the inverse of the whole matrix. */
function oracle() {
  if (gram.kind !== 'dense') throw new Error('the oracle wants the dense form')
  const whole = Matrix.zeros(ITEMS, ITEMS)
  for (let i = 0; i < ITEMS; i++) {
    for (let j = 0; j < ITEMS; j++) {
      whole.set(i, j, gram.values[i * ITEMS + j] + (i === j ? ridge[i] : 0))
    }
  }
  const p = inverse(whole)
  return {
    precision: Array.from({ length: ITEMS }, (_, i) => p.get(i, i)),
    strength: (i: number, j: number) =>
      -p.get(i, j) / Math.sqrt(p.get(i, i) * p.get(j, j)),
  }
}

describe('columns on all candidates', () => {
  const columns = solved(ITEMS)
  const precision = precisionOf(columns, gram.diagonal, ridge)
  const pairs = symmetrise(columns, precision)
  const truth = oracle()

  test('give the precision of the whole matrix', () => {
    precision.forEach((p, row) => {
      expect(p).toBeCloseTo(truth.precision[row], 5)
    })
  })

  test('give the partial correlations', () => {
    for (let row = 0; row < ITEMS; row++) {
      for (let e = pairs.indptr[row]; e < pairs.indptr[row + 1]; e++) {
        expect(pairs.strengths[e]).toBeCloseTo(truth.strength(row, pairs.indices[e]), 4)
      }
    }
  })
})

describe('columns on a few candidates', () => {
  const columns = solved(5)
  const precision = precisionOf(columns, gram.diagonal, ridge)
  const { indptr, indices, strengths } = symmetrise(columns, precision)
  const at = (row: number, column: number) => {
    const e = indices.subarray(indptr[row], indptr[row + 1]).indexOf(column)
    return e < 0 ? undefined : strengths[indptr[row] + e]
  }
  /** The entry of `from` in the column of `to`, as s. */
  const entryOf = (from: number, to: number) => {
    const start = columns.starts[to]
    const e = columns.indices.subarray(start, start + columns.lengths[to]).indexOf(from)
    if (e < 0) return undefined
    return columns.values[start + e] * Math.sqrt(precision[to] / precision[from])
  }

  test('give the mean of both columns, and nothing where neither has an entry', () => {
    let [both, one] = [0, 0]
    for (let i = 0; i < ITEMS; i++) {
      for (let j = 0; j < ITEMS; j++) {
        const [a, b] = [entryOf(i, j), entryOf(j, i)]
        if (a === undefined && b === undefined) {
          expect(at(i, j)).toBeUndefined()
        } else if (a !== undefined && b !== undefined) {
          both++
          expect(at(i, j)).toBeCloseTo((a + b) / 2, 5)
        } else {
          one++
          expect(at(i, j)).toBeCloseTo((a ?? b)!, 5)
        }
      }
    }
    expect(Math.min(both, one)).toBeGreaterThan(10)
  })

  test('give the very same number both ways, in rising order', () => {
    for (let row = 0; row < ITEMS; row++) {
      for (let e = indptr[row]; e < indptr[row + 1]; e++) {
        expect(at(indices[e], row)).toBe(strengths[e])
        if (e > indptr[row]) expect(indices[e]).toBeGreaterThan(indices[e - 1])
      }
    }
  })
})

test('a row nobody chose has precision 0 and no pairs', () => {
  const few = buildGram(positivesOf([[0, 1], [0, 1], [1]], 3), { userPower: 0 })
  const columns: Columns = {
    starts: Uint32Array.of(0, 2, 4, 6),
    lengths: new Uint32Array(3),
    indices: new Uint32Array(6),
    values: new Float32Array(6),
    explained: new Float32Array(3),
  }
  const weights = Float32Array.of(1, 1, 0)
  const problem = { gram: few, ridge: weights, columns, choosesCandidates: true }
  const step = columnSolver(problem, new Int32Array(1))
  while (step());
  const precision = precisionOf(columns, few.diagonal, weights)
  // d = 2, 3 and G_01 = 2: 3 − 2·2/(3 + 1) = 2 and 4 − 2·2/(2 + 1) = 8/3
  expect(precision[0]).toBeCloseTo(1 / 2, 5)
  expect(precision[1]).toBeCloseTo(3 / 8, 5)
  expect(precision[2]).toBe(0)
  expect([...symmetrise(columns, precision).indptr]).toEqual([0, 1, 2, 2])
})
