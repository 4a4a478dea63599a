import { describe, expect, test } from 'vitest'
import { defaultDecaySettings } from '../pack/decay-settings.ts'
import type { Pack } from '../pack/pack.ts'
import { samplePack, tasteOf } from './sample-pack.test-data.ts'
import type { TasteView } from './score.ts'
import { sequenceInto, sequenceMoments } from './sequential.ts'

const items = Array.from({ length: 4 }, () => ({}))
const sequence = [
  [0, 8, 0, 0],
  [0, 0, 2, 0],
  [0, 0, 0, 0],
  [0, 0, 0, 0],
]
const decaySettings = { ...defaultDecaySettings, decay: 0.5 }
const own = samplePack({ items, sequence, decaySettings })
const typical = samplePack({
  items,
  sequence,
  decaySettings: { ...decaySettings, spread: 2 },
})

/** What was in the array before must not matter. */
function partOf(pack: Pack, taste: TasteView, weight: number): Float32Array {
  const component = new Float32Array(4).fill(7)
  const { mean, factor } = sequenceInto(pack, taste, weight, component)
  return component.map((said) => (said - mean) * factor)
}

describe('sequenceInto', () => {
  test('worked by hand: by the visitor’s own spread, and by a typical one', () => {
    // S of index 0 as the last event: 0, 8, 0, 0; mean 2, deviation √12
    const taste = tasteOf([0])
    const [rest, best] = [-2, 6]
    const z = Math.sqrt(12)
    const near = (component: Float32Array, expected: number[]) =>
      component.forEach(
        (value, index) => void expect(value).toBeCloseTo(expected[index], 5),
      )
    near(
      partOf(own, taste, 3),
      [rest, best, rest, rest].map((x) => (3 * x) / z),
    )
    near(
      partOf(typical, taste, 3),
      [rest, best, rest, rest].map((x) => (3 * x) / 2),
    )
  })

  test('with a typical spread says less of a visitor of whom the block knows less', () => {
    const most = (index: number) => Math.max(...partOf(typical, tasteOf([index]), 1))
    expect(most(1)).toBeCloseTo(most(0) / 4, 5)
    const alike = (index: number) => Math.max(...partOf(own, tasteOf([index]), 1))
    expect(alike(1)).toBeCloseTo(alike(0), 5)
  })

  test('is zero without a weight, without a block and where nothing speaks', () => {
    const zero = new Float32Array(4)
    expect(partOf(typical, tasteOf([0]), 0)).toEqual(zero)
    expect(partOf(samplePack({ items }), tasteOf([0]), 1)).toEqual(zero)
    expect(partOf(typical, tasteOf([]), 1)).toEqual(zero)
    expect(partOf(typical, tasteOf([3]), 1)).toEqual(zero)
    expect(sequenceMoments(own, tasteOf([]))).toBeUndefined()
  })
})

test('moments of the whole catalogue, the rows that nothing speaks for included', () => {
  // 0, 8, 0, 0 of the last event, and half of 0, 0, 2, 0 of the one before
  const moments = sequenceMoments(own, tasteOf([0, 1]))
  expect(moments?.sum).toBeCloseTo(9, 5)
  expect(moments?.mean).toBeCloseTo(9 / 4, 5)
  expect(moments?.deviation).toBeCloseTo(Math.sqrt(65 / 4 - (9 / 4) ** 2), 5)
})

test('says nothing where the block says the same of all rows, whatever rounding leaves', () => {
  const rows = Array.from({ length: 300 }, () => ({}))
  const same = rows.map((_, index) => rows.map(() => 0.1 + index / 7))
  const fading = { ...decaySettings, decay: 0.7 }
  const pack = samplePack({ items: rows, sequence: same, decaySettings: fading })
  for (let index = 2; index < rows.length; index++) {
    const taste = tasteOf([index, index - 1, index - 2])
    expect(sequenceMoments(pack, taste)?.deviation).toBe(0)
    const out = new Float32Array(rows.length)
    expect(sequenceInto(pack, taste, 3, out).factor).toBe(0)
  }
})
