import { describe, expect, test } from 'vitest'
import { pairRows } from './cold.test-data.ts'
import {
  createMixer,
  type PairRows,
  scoreCold,
  scoreKnown,
  takeFactors,
  visitorOf,
} from './mix.ts'

const dense = [
  [0, 0.2, 0.1, 0],
  [0.2, 0, 0.3, 0],
  [0.1, 0.3, 0, 0],
  [0, 0, 0, 0],
]
const a = [1, 2, 0.5, 0]
const t = [0.5, 1, 2, 0]
const counts = Uint32Array.of(8, 2, 4, 0)
const v = [
  [0.5, 0.1],
  [0.2, 0.3],
  [0.1, 0.4],
  [0, 0],
]
const known = Uint32Array.of(2, 0, 1)
const hidden = Uint8Array.of(0, 0, 0, 1)
const settings = { popularityPower: 0.4, self: 0.2 }

function kernelOf(rows: PairRows) {
  return { strengths: takeFactors(rows), pairs: rows.pairs, counts }
}

describe('createMixer', () => {
  test.each([
    ['without', undefined],
    ['with', v],
  ])(
    '%s a low-rank term: the column is p̂^c · (W + μI) · (α · m^−c), densely',
    (_, vectors) => {
      const kernel = kernelOf(pairRows(dense, a, t, vectors))
      const mix = createMixer(kernel, { known, settings, hidden, entries: 9 })
      const alpha = Float64Array.of(0.2, 0.5, 0.1) // of items 2, 0, 1
      const item = mix(alpha)
      const mean = Math.log(8 * 2 * 4) / 3
      const m = (row: number) => Math.exp(Math.log(counts[row]) - mean)
      const back = Math.exp(
        0.4 * alpha.reduce((sum, x, i) => sum + x * Math.log(m(known[i])), 0),
      )
      for (let i = 0; i < 3; i++) {
        let expected = 0
        known.forEach((j, k) => {
          const cross = (vectors?.[i] ?? []).reduce((s, x, d) => s + x * v[j][d], 0)
          // the diagonal has no s, but a low-rank term speaks of it too
          const link = a[i] * (dense[i][j] + cross) * t[j]
          expected += (link + (i === j ? 0.2 : 0)) * alpha[k] * m(j) ** -0.4
        })
        const visitor = visitorOf(kernel, Uint32Array.of(i))
        expect(scoreCold(item, visitor)).toBeCloseTo(back * expected, 5)
      }
      expect(item.users).toBeCloseTo(Math.exp(mean) * back ** (1 / 0.4), 4)
    },
  )

  test('a copy of a known item scores as it does, for those who chose something else', () => {
    const rows = pairRows(dense, a, t, v)
    const kernel = kernelOf(rows)
    const mix = createMixer(kernel, {
      known,
      settings: { popularityPower: 0, self: 0 },
      hidden,
      entries: 9,
    })
    const copy = mix(Float64Array.of(1, 0, 0)) // item 2 and nothing else
    const visitor = visitorOf(kernel, Uint32Array.of(0, 1))
    expect(scoreCold(copy, visitor)).toBeCloseTo(scoreKnown(kernel, visitor)[2], 6)
    expect(copy.rowFactor).toBeCloseTo(a[2], 5)
    expect(copy.columnFactor).toBeCloseTo(t[2], 5)
    expect(copy.users).toBeCloseTo(counts[2], 5)
  })

  test('keeps the strongest pairs, none of hidden items or of a negative share', () => {
    const kernel = kernelOf(pairRows(dense, a, t))
    const mix = createMixer(kernel, { known, settings, hidden, entries: 1 })
    expect([...mix(Float64Array.of(0, 0, 1)).indices]).toHaveLength(1)
    const least = createMixer(kernel, { known, settings, hidden, entries: 9 })
    expect(least(Float64Array.of(-1, -1, -1)).indices).toHaveLength(0)
    const without2 = Uint8Array.of(0, 0, 1, 1)
    const mixed = createMixer(kernel, { known, settings, hidden: without2, entries: 9 })
    expect([...mixed(Float64Array.of(0, 0.5, 0.5)).indices]).toEqual([0, 1])
  })

  test('predictions stay within what is known of other items', () => {
    const kernel = kernelOf(pairRows(dense, a, t))
    const mix = createMixer(kernel, { known, settings, hidden, entries: 9 })
    expect(mix(Float64Array.of(0, 50, 0)).users).toBeCloseTo(8, 5)
    expect(mix(Float64Array.of(0, 0, 50)).users).toBeCloseTo(2, 5)
  })
})
