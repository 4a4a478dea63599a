import { describe, expect, test } from 'vitest'
import { createRandom } from '../math/random.ts'
import { type Batch64, type Layer64, lossAndGradient } from './reference.ts'

describe('lossAndGradient', () => {
  test('equals the answer worked by hand', () => {
    // x = 2, W = 1, b = 0, so u = 2; items 1 and 0, so z = (2, 0) and the first is wanted:
    // p = 1/(1+e⁻²), loss = −ln p, ∂z = (p−1, 1−p), ∂u = p−1, ∂W = 2(p−1), ∂b = p−1
    const { loss, gradient } = lossAndGradient([layer([1], [0])], {
      inputs: Float64Array.of(2),
      batch: 1,
      items: Float64Array.of(1, 0),
      bias: Float64Array.of(0, 0),
      targets: Float64Array.of(1, 0),
    })
    const p = 1 / (1 + Math.exp(-2))
    expect(loss).toBeCloseTo(-Math.log(p), 12)
    expect(gradient[0]?.weights[0]).toBeCloseTo(2 * (p - 1), 12)
    expect(gradient[0]?.bias[0]).toBeCloseTo(p - 1, 12)
  })

  test('passes nothing through a unit that is off', () => {
    const { gradient } = lossAndGradient([layer([-1], [0])], {
      inputs: Float64Array.of(2),
      batch: 1,
      items: Float64Array.of(1, 0),
      bias: Float64Array.of(0, 0),
      targets: Float64Array.of(1, 0),
    })
    expect(Math.abs(gradient[0]?.weights[0] ?? NaN)).toBe(0)
  })

  test.each([1, 2, 3])('agrees with finite differences, seed %i', (seed) => {
    const { layers, batch } = randomProblem(seed)
    const { gradient } = lossAndGradient(layers, batch)
    const step = 1e-6
    layers.forEach((moving, l) => {
      for (const name of ['weights', 'bias'] as const) {
        const values = moving[name]
        values.forEach((value, n) => {
          values[n] = value + step
          const up = lossAndGradient(layers, batch).loss
          values[n] = value - step
          const down = lossAndGradient(layers, batch).loss
          values[n] = value
          expect(gradient[l]?.[name][n]).toBeCloseTo((up - down) / (2 * step), 7)
        })
      }
    })
  })
})

function layer(weights: number[], bias: number[]): Layer64 {
  return { weights: Float64Array.from(weights), bias: Float64Array.from(bias) }
}

/** 5 → 4 → 3 wide, 3 inputs, 6 candidates. */
function randomProblem(seed: number): { layers: Layer64[]; batch: Batch64 } {
  const random = createRandom(seed)
  const normals = (length: number) =>
    Float64Array.from({ length }, () => random.normal())
  const targets = new Float64Array(18)
  for (let b = 0; b < 3; b++) targets.set([0.25, 0.75 - b / 4], b * 6 + b)
  return {
    layers: [
      { weights: normals(20), bias: normals(4) },
      { weights: normals(12), bias: normals(3) },
    ],
    batch: {
      inputs: normals(15),
      batch: 3,
      items: normals(18),
      bias: normals(6),
      targets,
    },
  }
}
