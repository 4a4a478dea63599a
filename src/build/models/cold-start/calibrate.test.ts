import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { positivesOf } from '../../planted.test-data.ts'
import { calibrateColdStart } from './calibrate.ts'
import { pairRows } from './cold.test-data.ts'
import { type ColdItem, takeFactors } from './mix.ts'

/** Everyone chooses 12 of 80 items at random; any two go together a little. */
const random = createRandom(3)
const users = Array.from({ length: 200 }, () =>
  Array.from(random.shuffleInto(Uint32Array.from({ length: 80 }, (_, i) => i)))
    .slice(0, 12)
    .sort((a, b) => a - b),
)
const positives = positivesOf(users, 80)
const counts = new Uint32Array(80)
for (const row of positives.rows) counts[row]++
const upper = Array.from({ length: 80 * 80 }, () => random.next())
const dense = Array.from({ length: 80 }, (_, i) =>
  Array.from({ length: 80 }, (_, j) => upper[Math.min(i, j) * 80 + Math.max(i, j)]),
)
const ones = new Array<number>(80).fill(1)
const rows = pairRows(dense, ones, ones)
const kernel = { strengths: takeFactors(rows), pairs: rows.pairs, counts }
const heldOut = Uint32Array.from({ length: 20 }, (_, i) => i * 4)

/** The items as the kernel has them, `scale` times as large. */
function remade(scale: number): ColdItem[] {
  const isHeldOut = new Set(heldOut)
  return Array.from(heldOut, (row) => {
    const indices = ones.map((_, i) => i).filter((i) => !isHeldOut.has(i))
    return {
      indices: Uint32Array.from(indices),
      strengths: Float32Array.from(indices, (i) => dense[row][i] * scale),
      latent: new Float32Array(0),
      rowFactor: 1,
      columnFactor: 1,
      users: 1,
    }
  })
}

describe('calibrateColdStart', () => {
  test.each([0.25, 1, 3])('undoes a scale of %f', (scale) => {
    const made = remade(scale)
    const factor = calibrateColdStart(
      kernel,
      { indices: heldOut, made },
      { positives, seed: 1 },
    )
    expect(factor * scale).toBeGreaterThan(0.93)
    expect(factor * scale).toBeLessThan(1.07)
  })

  test('is 1 where there is too little to tell by', () => {
    const few = { indices: heldOut.slice(0, 5), made: remade(3).slice(0, 5) }
    expect(calibrateColdStart(kernel, few, { positives, seed: 1 })).toBe(1)
    const nobody = positivesOf([[], []], 80)
    const made = remade(3)
    expect(
      calibrateColdStart(
        kernel,
        { indices: heldOut, made },
        { positives: nobody, seed: 1 },
      ),
    ).toBe(1)
  })
})
