import { describe, expect, test } from 'vitest'
import { defaultDecaySettings } from '../pack/decay-settings.ts'
import { constantFusion } from './fusion.ts'
import { rowDescriber } from './rank.ts'
import { samplePack, sampleScoring, tasteOf } from './sample-pack.test-data.ts'
import { scoreAll } from './score-all.ts'
import {
  ageWeight,
  attributeRows,
  decaySettingsOf,
  recentEvents,
  SEQUENCE_WINDOW,
  sequenceRows,
} from './sequential.ts'

const decaySettings = { ...defaultDecaySettings, decay: 0.5, floor: 0.2 }

describe('sequenceRows', () => {
  test('fades by age towards the floor, newest first', () => {
    const rows = sequenceRows(tasteOf([7, 3, 5]), decaySettings)
    expect(rows.map(({ index }) => index)).toEqual([7, 3, 5])
    expect(rows[0].weight).toBe(1)
    expect(rows[1].weight).toBeCloseTo(0.8 * 0.5 + 0.2, 12)
    expect(rows[2].weight).toBeCloseTo(0.8 * 0.25 + 0.2, 12)
  })

  test('looks back so many events and no further', () => {
    const rows = sequenceRows(
      tasteOf(Array.from({ length: 30 }, (_, i) => i)),
      decaySettings,
    )
    expect(rows).toHaveLength(SEQUENCE_WINDOW)
  })

  test('counts an item that came again at each of its ages, once in the answer', () => {
    const taste = tasteOf([7, [3, 0.5]], { recent: [7, 3, 7] })
    const rows = sequenceRows(taste, decaySettings)
    expect(rows.map(({ index }) => index)).toEqual([7, 3])
    expect(rows[0].weight).toBeCloseTo(1 + 0.4, 12) // ages 0 and 2
    expect(rows[1].weight).toBeCloseTo(0.5 * 0.6, 12)
  })

  test('leaves out what was refused, or is no longer in the history, at its own age', () => {
    const taste = tasteOf([1, 2], { recent: [9, 1, 2], negative: { 1: 0.8 } })
    expect(recentEvents(taste)).toEqual([{ index: 2, age: 2, weight: 1 }])
    expect(sequenceRows(tasteOf([]), decaySettings)).toEqual([])
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

describe('a pack with a decaySettings', () => {
  const items = Array.from({ length: 4 }, (_, index) => ({
    genres: [index === 0 || index === 2 ? 'sea' : 'space'],
  }))
  const sequence = [
    [0, 0, 15, 0],
    [0, 0, 0, 15],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ]
  const fusion = constantFusion({ sequence: 1, attributes: 1 })

  test('is scored by it: with a floor of 1 both events say as much', () => {
    const scoreOf = (floor: number) =>
      scoreAll(
        sampleScoring({ items, sequence, decaySettings: { ...decaySettings, floor } }),
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

  test('reads shared facts by age too, and the reasons read the same', () => {
    const scoring = sampleScoring({
      items,
      sequence,
      decaySettings: { ...decaySettings, floor: 0 },
    })
    const request = { taste: tasteOf([0, 1]), fusion }
    const scores = scoreAll(scoring, request)
    const { attributes } = scores.components
    expect(attributes[3] / attributes[2]).toBeCloseTo(0.5, 6) // one step back: half
    const { because } = rowDescriber(scoring, scores, request)(2)
    expect(because.map(({ component }) => component).toSorted()).toEqual([
      'attributes',
      'sequence',
    ])
  })

  test('without a sequence block shared facts do not fade', () => {
    const pack = samplePack({ items })
    const rows = [{ index: 0, weight: 1 }]
    expect(attributeRows(pack, rows)).toBe(rows)
    expect(decaySettingsOf(pack)).toEqual(defaultDecaySettings)
  })
})
