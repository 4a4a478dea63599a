import { Matrix, solve } from 'ml-matrix'
import { describe, expect, test } from 'vitest'
import { positivesOf, randomLists } from '../../planted.test-data.ts'
import { buildGram, type Gram } from './gram.ts'
import { type Columns, columnSolver } from './ridge-columns.ts'

const ITEMS = 24
const positives = positivesOf(randomLists({ users: 80, items: ITEMS, seed: 1 }), ITEMS)
const ridge = Float32Array.from({ length: ITEMS }, (_, row) => 2 + row / 10)

function roomFor(columns: number, room: number): Columns {
  return {
    starts: Uint32Array.from({ length: columns + 1 }, (_, column) => column * room),
    lengths: new Uint32Array(columns),
    indices: new Uint32Array(columns * room),
    values: new Float32Array(columns * room),
    explained: new Float32Array(columns),
  }
}

function solveAll(gram: Gram, columns: Columns, choosesCandidates = true) {
  const step = columnSolver(
    { gram, ridge, columns, choosesCandidates },
    new Int32Array(1),
  )
  while (step());
  return columns
}

function column(columns: Columns, target: number) {
  const from = columns.starts[target]
  const to = from + columns.lengths[target]
  return {
    rows: [...columns.indices.subarray(from, to)],
    weights: [...columns.values.subarray(from, to)],
  }
}

/** The same column by a general solver on the whole dense matrix. */
function oracle(target: number, rows: readonly number[]) {
  const gram = buildGram(positives, { userPower: 0.5 })
  if (gram.kind !== 'dense') throw new Error('the oracle wants the dense form')
  const g = (i: number, j: number) => gram.values[i * ITEMS + j]
  const left = rows.map((i) => rows.map((j) => g(i, j) + (i === j ? ridge[i] : 0)))
  const right = rows.map((i) => [g(i, target)])
  return solve(new Matrix(left), new Matrix(right)).to1DArray()
}

describe.each([
  ['dense', ITEMS],
  ['sparse', 0],
])('columns of a %s Gram', (_, denseRows) => {
  const gram = buildGram(positives, { userPower: 0.5 }, denseRows)

  test('with all rows as candidates equal the ridge solution', () => {
    const columns = solveAll(gram, roomFor(ITEMS, ITEMS))
    for (let target = 0; target < ITEMS; target++) {
      const { rows, weights } = column(columns, target)
      expect(rows).not.toContain(target)
      oracle(target, rows).forEach((weight, e) => {
        expect(weights[e]).toBeCloseTo(weight, 4)
      })
    }
  })

  test('choose the K rows of largest G_ij / √d_i, in order', () => {
    const columns = solveAll(gram, roomFor(ITEMS, 5))
    const whole = buildGram(positives, { userPower: 0.5 })
    for (let target = 0; target < ITEMS; target++) {
      const strength = (row: number) =>
        row === target
          ? 0
          : whole.values[target * ITEMS + row] / Math.sqrt(whole.diagonal[row])
      const best = Array.from({ length: ITEMS }, (_, row) => row)
        .filter((row) => strength(row) > 0)
        .sort((a, b) => strength(b) - strength(a) || a - b)
        .slice(0, 5)
        .sort((a, b) => a - b)
      const { rows, weights } = column(columns, target)
      expect(rows).toEqual(best)
      oracle(target, rows).forEach((weight, e) => {
        expect(weights[e]).toBeCloseTo(weight, 4)
      })
    }
  })

  test('keep a given support', () => {
    const columns = roomFor(ITEMS, 2)
    columns.lengths.fill(2)
    for (let target = 0; target < ITEMS; target++) {
      columns.indices.set([target === 0 ? 1 : 0, ITEMS - 1], target * 2)
    }
    const solved = column(solveAll(gram, columns, false), 3)
    expect(solved.rows).toEqual([0, ITEMS - 1])
    oracle(3, solved.rows).forEach((weight, e) => {
      expect(solved.weights[e]).toBeCloseTo(weight, 4)
    })
  })
})

test('a target nobody shares anything with stays empty', () => {
  const gram = buildGram(positivesOf([[0], [1, 2]], 3), { userPower: 0 })
  const columns = solveAll(gram, roomFor(3, 2))
  expect([...columns.lengths]).toEqual([0, 1, 1])
})

test('steps of two solvers share the columns out between them', () => {
  const gram = buildGram(positives, { userPower: 0.5 })
  const columns = roomFor(ITEMS, ITEMS)
  const next = new Int32Array(1)
  const problem = { gram, ridge, columns, choosesCandidates: true }
  const [one, other] = [columnSolver(problem, next), columnSolver(problem, next)]
  while ([one(), other()].includes(true));
  expect(columns.values).toEqual(solveAll(gram, roomFor(ITEMS, ITEMS)).values)
})
