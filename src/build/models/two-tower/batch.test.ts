import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quantiseRows } from '../../../math/quantise.ts'
import { createRandom } from '../../../math/random.ts'
import { userInput } from '../../../scoring/tower-input.ts'
import type { Positives } from '../../dataset/dataset.ts'
import { maskUsers, poolInputs, targetShares, unpoolInto } from './batch.ts'

const mask = { fewShare: 0.3, keepFrom: 0.1, keepTo: 0.9 }

describe('maskUsers', () => {
  test('shows some of each history and asks for all the rest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer(), (count, seed) => {
        const positives = oneUser(count)
        const random = createRandom(seed)
        const drawn = maskUsers(positives, [0], { ...mask, random })
        const shown = new Set(drawn.inputItems)
        const targets = targetShares(drawn, positives.rowCount)
        const wanted = [...targets.keys()].filter((row) => targets[row] > 0)
        expect(shown.size).toBeGreaterThan(0)
        expect(wanted.length).toBeGreaterThan(0)
        expect([...shown, ...wanted].sort((a, b) => a - b)).toEqual([...positives.rows])
        const sum = targets.reduce((total, target) => total + target, 0)
        expect(sum).toBeCloseTo(1, 5)
      }),
    )
  })

  test('shows 1 to 5 rows when few are asked for', () => {
    const random = createRandom(1)
    const users = new Uint32Array(200)
    const drawn = maskUsers(oneUser(30), users, { ...mask, fewShare: 1, random })
    const sizes = new Set<number>()
    for (let b = 0; b < 200; b++) sizes.add(drawn.inputPtr[b + 1] - drawn.inputPtr[b])
    expect([...sizes].sort()).toEqual([1, 2, 3, 4, 5])
  })
})

describe('poolInputs', () => {
  test('gives what the browser gives for the same history', () => {
    const random = createRandom(2)
    const normals = (length: number) =>
      Float32Array.from({ length }, () => random.normal())
    const tower = quantiseRows(normals(12), 4, 3)
    const content = quantiseRows(normals(8), 4, 2)
    const table = ({ codes, scales, dim }: typeof tower) => ({
      vectors: Float32Array.from(
        codes,
        (code, n) => code * scales[Math.floor(n / dim)],
      ),
      dim,
    })
    const shown = { batch: 2, inputPtr: Uint32Array.of(0, 1, 4) }
    const inputItems = Uint32Array.of(2, 0, 3, 1)
    const pooled = poolInputs({ ...shown, inputItems }, [table(tower), table(content)])
    const pack = { tower: { items: tower }, content: { vectors: content } }
    const expected = [[2], [0, 3, 1]].flatMap((rows) => [
      ...userInput(
        pack as unknown as Parameters<typeof userInput>[0],
        rows.map((row) => ({ index: row, weight: 1 })),
      ),
    ])
    pooled.forEach((value, n) => {
      expect(value).toBeCloseTo(expected[n], 5)
    })
  })

  test('gives zeros for nothing shown', () => {
    const shown = {
      batch: 1,
      inputPtr: Uint32Array.of(0, 0),
      inputItems: new Uint32Array(0),
    }
    const table = { vectors: Float32Array.of(1, 2), dim: 2 }
    expect([...poolInputs(shown, [table])]).toEqual([0, 0])
  })
})

test('unpoolInto shares each slope among the rows it came from', () => {
  const out = new Float32Array(6)
  const shown = {
    batch: 1,
    inputPtr: Uint32Array.of(0, 2),
    inputItems: Uint32Array.of(0, 2),
  }
  const slopes = Float32Array.of(4, 6, 9) // two of the towers, one of the content
  unpoolInto(out, shown, { slopes, dim: 2 })
  expect([...out]).toEqual([2, 3, 0, 0, 2, 3])
})

/** One user who likes every other row. */
function oneUser(count: number): Positives {
  return {
    userCount: 1,
    rowCount: 2 * count,
    indptr: Uint32Array.of(0, count),
    rows: Uint32Array.from({ length: count }, (_, n) => 2 * n),
  }
}
