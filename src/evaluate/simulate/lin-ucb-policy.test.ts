import { expect, test } from 'vitest'
import { solveSpdInto } from '../../math/cholesky.ts'
import { createRandom } from '../../math/random.ts'
import { createLinUcb, linUcbPolicy } from './lin-ucb-policy.ts'

const DIM = 4
const ITEMS = 12
const random = createRandom(5)
const values = Float64Array.from({ length: ITEMS * DIM }, () => random.normal())
const settings = { alpha: 0.7, ridge: 2, prior: 0.3 }
const rowOf = (index: number) => [...values.subarray(index * DIM, (index + 1) * DIM)]

/** (λI + Σ x xᵀ)⁻¹ v, solved anew. */
function solved(learned: readonly number[], v: readonly number[]): number[] {
  const a = new Float64Array(DIM * DIM)
  for (let d = 0; d < DIM; d++) a[d * DIM + d] = settings.ridge
  for (const index of learned) {
    const x = rowOf(index)
    for (let r = 0; r < DIM; r++) {
      for (let c = 0; c < DIM; c++) a[r * DIM + c]! += x[r]! * x[c]!
    }
  }
  const solution = Float64Array.from(v)
  solveSpdInto(a, solution, DIM)
  return [...solution]
}

test('one step at a time it is the ridge over all that was learned', () => {
  const model = createLinUcb({ dim: DIM, values }, settings)
  const learned = [3, 5, 3, 8, 0, 11]
  const rewards = [1, 0, 1, 0, 1, 0]
  for (const [i, index] of learned.entries()) model.learn(index, rewards[i]!)
  const moments = [0, settings.ridge * settings.prior, 0, 0]
  for (const [i, index] of learned.entries()) {
    rowOf(index).forEach((x, d) => {
      moments[d]! += rewards[i]! * x
    })
  }
  const theta = solved(learned, moments)
  for (const [d, value] of model.theta().entries())
    expect(value).toBeCloseTo(theta[d]!, 10)
  model.bounds().forEach((bound, index) => {
    const x = rowOf(index)
    const dot = (a: readonly number[]) => a.reduce((sum, v, d) => sum + v * x[d]!, 0)
    const expected = dot(theta) + settings.alpha * Math.sqrt(dot(solved(learned, x)))
    expect(bound).toBeCloseTo(expected, 5)
  })
})

test('it begins as popularity does, and follows what was opened', async () => {
  const side = (index: number) => index % 2
  const catalogue = {
    ids: Array.from({ length: 20 }, (_, i) => `${i}`),
    popularity: Float32Array.from({ length: 20 }, (_, i) => 20 - i),
    tower: {
      ...{ rows: 20, dim: 2, scales: new Float32Array(20).fill(1) },
      codes: Int8Array.from({ length: 40 }, (_, n) =>
        side(n >> 1) === n % 2 ? 100 : 0,
      ),
    },
    bias: new Float32Array(20),
  }
  const policy = linUcbPolicy(catalogue, { alpha: 0, ridge: 1, prior: 0.05 })
  const session = await policy.start({ seed: 1, now: () => 0 })
  const first = await session.list(4)
  expect(first).toEqual(['0', '1', '2', '3'])
  await session.observe({
    ...{ list: 0, seen: first },
    opened: ['1', '3'].map((id) => ({ id, isLiked: true })),
  })
  const second = await session.list(4)
  expect(second.filter((id) => side(Number(id)) === 1).length).toBeGreaterThanOrEqual(3)
  expect(second.some((id) => first.includes(id))).toBe(false)
})

test('a pack without towers is refused', () => {
  const catalogue = { ids: ['a'], popularity: Float32Array.of(1) }
  expect(() => linUcbPolicy(catalogue)).toThrow(/no towers/)
})
