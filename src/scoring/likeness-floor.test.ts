import { describe, expect, test } from 'vitest'
import { areAlike } from './likeness-floor.ts'
import { relatedItems } from './related.ts'
import { samplePack, sampleScoring } from './sample-pack.test-data.ts'

/** Cosines of `likeness` within a group and about 0 between groups; an item each of the rest. */
function shopOf(groups: readonly number[], likeness = 0.8) {
  const items = groups.length
  const dim = items + Math.max(...groups) + 1
  const own = Math.sqrt(1 - likeness)
  return groups.map((group, index) =>
    Array.from({ length: dim }, (_, d) =>
      d === index ? own : d === items + group ? Math.sqrt(likeness) : 0,
    ),
  )
}
/** Forty things: five kinds of seven, and five that are like nothing else. */
const forty = Array.from({ length: 40 }, (_, index) =>
  index < 35 ? Math.floor(index / 7) : index,
)

describe('in a shop of forty things', () => {
  const content = shopOf(forty)
  const scoring = sampleScoring({ items: forty.map(() => ({})), content })

  test('what is related to a thing is its kind, and no more', () => {
    const related = relatedItems(scoring, 0, 12).map(({ index }) => index)
    expect(related.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('nothing is related to a thing like no other', () => {
    expect(relatedItems(scoring, 36, 12)).toEqual([])
  })
})

test('half of a catalogue may be alike', () => {
  const halves = Array.from({ length: 24 }, (_, index) => index % 2)
  const pack = samplePack({ items: halves.map(() => ({})), content: shopOf(halves) })
  expect(areAlike(pack, 0, 2)).toBe(true)
  expect(areAlike(pack, 0, 1)).toBe(false)
})

test('a maker, a kind or what people chose relates things without any text', () => {
  const items = forty.map((_, index) =>
    index < 2 ? { authors: ['Brand'] } : { genres: [`g${index % 9}`] },
  )
  const cf = forty.map((_, a) =>
    forty.map((_, b) => ((a === 0 && b === 9) || (a === 9 && b === 0) ? 9 : 0)),
  )
  const scoring = sampleScoring({ items, cf })
  const related = relatedItems(scoring, 0, 12).map(({ index }) => index)
  expect(related.toSorted((a, b) => a - b)).toEqual([1, 9])
})

test('where a pack holds nothing to compare by, nothing is alike', () => {
  expect(areAlike(samplePack({ items: [{}, {}, {}] }), 0, 1)).toBe(false)
})
