import { describe, expect, test } from 'vitest'
import { defaultDecaySettings } from '../pack/decay-settings.ts'
import type { Pack } from '../pack/pack.ts'
import { constantFusion } from './fusion.ts'
import { itemDescriber } from './ranked-item.ts'
import { samplePack, sampleScoring, tasteOf } from './sample-pack.test-data.ts'
import type { TasteView } from './score.ts'
import { scoreAll } from './score-all.ts'
import {
  ageWeight,
  attributeWeights,
  decaySettingsOf,
  recentEvents,
  SEQUENCE_WINDOW,
  sequenceInto,
  sequenceMoments,
  sequenceWeights,
} from './sequential.ts'
import { readSupports } from './support.ts'

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
function componentOf(pack: Pack, taste: TasteView, weight: number): Float32Array {
  const component = new Float32Array(4).fill(7)
  const { mean, factor } = sequenceInto(pack, taste, weight, component)
  return component.map((value) => (value - mean) * factor)
}

describe('sequenceInto', () => {
  test('worked by hand: by the visitor’s own spread, and by a typical one', () => {
    // S of item 0 as the last event: 0, 8, 0, 0; mean 2, deviation √12
    const taste = tasteOf([0])
    const [rest, best] = [-2, 6]
    const z = Math.sqrt(12)
    const near = (component: Float32Array, expected: number[]) =>
      component.forEach(
        (value, index) => void expect(value).toBeCloseTo(expected[index], 5),
      )
    near(
      componentOf(own, taste, 3),
      [rest, best, rest, rest].map((x) => (3 * x) / z),
    )
    near(
      componentOf(typical, taste, 3),
      [rest, best, rest, rest].map((x) => (3 * x) / 2),
    )
  })

  test('with a typical spread is smaller for a visitor of whom the block holds less', () => {
    const most = (index: number) =>
      Math.max(...componentOf(typical, tasteOf([index]), 1))
    expect(most(1)).toBeCloseTo(most(0) / 4, 5)
    const alike = (index: number) => Math.max(...componentOf(own, tasteOf([index]), 1))
    expect(alike(1)).toBeCloseTo(alike(0), 5)
  })

  test('is zero without a weight, without a block and where no event counts', () => {
    const zero = new Float32Array(4)
    expect(componentOf(typical, tasteOf([0]), 0)).toEqual(zero)
    expect(componentOf(samplePack({ items }), tasteOf([0]), 1)).toEqual(zero)
    expect(componentOf(typical, tasteOf([]), 1)).toEqual(zero)
    expect(componentOf(typical, tasteOf([3]), 1)).toEqual(zero)
    expect(sequenceMoments(own, tasteOf([]))).toBeUndefined()
  })
})

test('moments of the whole catalogue, the items without an entry included', () => {
  // 0, 8, 0, 0 of the last event, and half of 0, 0, 2, 0 of the one before
  const moments = sequenceMoments(own, tasteOf([0, 1]))
  expect(moments?.sum).toBeCloseTo(9, 5)
  expect(moments?.mean).toBeCloseTo(9 / 4, 5)
  expect(moments?.deviation).toBeCloseTo(Math.sqrt(65 / 4 - (9 / 4) ** 2), 5)
})

test('is zero where the block is the same for all items, whatever rounding leaves', () => {
  const many = Array.from({ length: 300 }, () => ({}))
  const same = many.map((_, index) => many.map(() => 0.1 + index / 7))
  const fading = { ...decaySettings, decay: 0.7 }
  const pack = samplePack({ items: many, sequence: same, decaySettings: fading })
  for (let index = 2; index < many.length; index++) {
    const taste = tasteOf([index, index - 1, index - 2])
    expect(sequenceMoments(pack, taste)?.deviation).toBe(0)
    const out = new Float32Array(many.length)
    expect(sequenceInto(pack, taste, 3, out).factor).toBe(0)
  }
})

const halving = { ...defaultDecaySettings, decay: 0.5, floor: 0.2 }

describe('sequenceWeights', () => {
  test('fades by age towards the floor, newest first', () => {
    const user = sequenceWeights(tasteOf([7, 3, 5]), halving)
    expect(user.map(({ index }) => index)).toEqual([7, 3, 5])
    expect(user[0].weight).toBe(1)
    expect(user[1].weight).toBeCloseTo(0.8 * 0.5 + 0.2, 12)
    expect(user[2].weight).toBeCloseTo(0.8 * 0.25 + 0.2, 12)
  })

  test('looks back so many events and no further', () => {
    const user = sequenceWeights(
      tasteOf(Array.from({ length: 30 }, (_, i) => i)),
      halving,
    )
    expect(user).toHaveLength(SEQUENCE_WINDOW)
  })

  test('counts an item that came again at each of its ages, once in the answer', () => {
    const taste = tasteOf([7, [3, 0.5]], { recent: [7, 3, 7] })
    const user = sequenceWeights(taste, halving)
    expect(user.map(({ index }) => index)).toEqual([7, 3])
    expect(user[0].weight).toBeCloseTo(1 + 0.4, 12) // ages 0 and 2
    expect(user[1].weight).toBeCloseTo(0.5 * 0.6, 12)
  })

  test('leaves out what was refused, or is no longer in the history, at its own age', () => {
    const taste = tasteOf([1, 2], { recent: [9, 1, 2], negative: { 1: 0.8 } })
    expect(recentEvents(taste)).toEqual([{ index: 2, age: 2, weight: 1 }])
    expect(sequenceWeights(tasteOf([]), halving)).toEqual([])
  })
})

test('a decay of 0 leaves the newest event alone, a floor of 1 fades nothing', () => {
  expect([0, 1, 5].map((age) => ageWeight(age, { decay: 0, floor: 0 }))).toEqual([
    1, 0, 0,
  ])
  expect([0, 1, 5].map((age) => ageWeight(age, { decay: 0, floor: 1 }))).toEqual([
    1, 1, 1,
  ])
})

describe('a pack with decay settings', () => {
  const items = Array.from({ length: 4 }, (_, index) => ({
    authors: [index === 0 || index === 2 ? 'Conrad' : 'Clarke'],
  }))
  const sequence = [
    [0, 0, 15, 0],
    [0, 0, 0, 15],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ]
  const fusion = constantFusion({ sequence: 1, attributes: 1 })

  test('is scored by it: with a floor of 1 both events count the same', () => {
    const scoreOf = (floor: number) =>
      scoreAll(
        sampleScoring({ items, sequence, decaySettings: { ...halving, floor } }),
        {
          taste: tasteOf([0, 1]),
          fusion: constantFusion({ sequence: 1 }),
        },
      ).score
    const even = scoreOf(1)
    expect(even[2]).toBeCloseTo(even[3], 6)
    const faded = scoreOf(0)
    expect(faded[2]).toBeGreaterThan(faded[3])
  })

  test('weights shared attributes by age too, and the supports show the same', () => {
    const scoring = sampleScoring({
      items,
      sequence,
      decaySettings: { ...halving, floor: 0 },
    })
    const request = { taste: tasteOf([0, 1]), fusion }
    const scores = scoreAll(scoring, request)
    const { attributes } = scores.components
    expect(attributes[3] / attributes[2]).toBeCloseTo(0.5, 6) // one step back: half
    const { components } = itemDescriber(scoring, scores, request)(2)
    const because = readSupports(scoring.pack, request).of(2, components)
    expect(because.map(({ component }) => component).toSorted()).toEqual([
      'attributes',
      'sequence',
    ])
  })

  test('without a sequence block shared attributes do not fade', () => {
    const pack = samplePack({ items })
    const history = [{ index: 0, weight: 1 }]
    expect(attributeWeights(pack, history)).toBe(history)
    expect(decaySettingsOf(pack)).toEqual(defaultDecaySettings)
  })
})
