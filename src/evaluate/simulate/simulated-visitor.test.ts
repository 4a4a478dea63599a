import { expect, test } from 'vitest'
import { behaviourDefaults, createVisitor, uniform } from './simulated-visitor.ts'

const ids = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => `${from + i}`)
const manyVisitors = Array.from({ length: 400 }, (_, seed) => seed)

test('places are looked at with attention to the power of the place', () => {
  const behaviour = {
    ...behaviourDefaults,
    ...{ attention: 0.5, openLiked: 1, openOther: 0 },
  }
  const opens = [0, 0, 0]
  for (const seed of manyVisitors) {
    const { opened } = createVisitor(ids(0, 3), [], { seed, behaviour }).answer(
      ids(0, 3),
    )
    for (const { id } of opened) opens[Number(id)]!++
  }
  expect(opens[0]).toBe(400)
  expect(opens[1]! / 400).toBeCloseTo(0.5, 1)
  expect(opens[2]! / 400).toBeCloseTo(0.25, 1)
})

test('liked items are opened and liked, others opened now and then', () => {
  const behaviour = { ...behaviourDefaults, attention: 1, openOther: 0.1 }
  let liked = 0
  let others = 0
  for (const seed of manyVisitors) {
    const visitor = createVisitor(ids(0, 5), [], { seed, behaviour })
    for (const { isLiked } of visitor.answer(ids(0, 10)).opened) {
      if (isLiked) liked++
      else others++
    }
  }
  expect(liked / 2000).toBeCloseTo(0.7, 1)
  expect(others / 2000).toBeCloseTo(0.1, 1)
})

test('the same item meets the same answer, whatever was shown with it', () => {
  const behaviour = { ...behaviourDefaults, attention: 1 }
  for (const seed of manyVisitors) {
    const answer = (list: string[]) =>
      createVisitor(ids(0, 9), [], { seed, behaviour })
        .answer(list)
        .opened.some(({ id }) => id === '4')
    expect(answer(['4', '7'])).toBe(answer(['30', '8', '4']))
  }
})

test('what is reported as seen is the screen, or only what was looked at', () => {
  const shown = ids(0, 10)
  const seenBy = (impressions: 'screen' | 'looked') =>
    createVisitor([], [], {
      seed: 3,
      behaviour: { ...behaviourDefaults, attention: 0.5, impressions },
    }).answer(shown).seen
  expect(seenBy('screen')).toEqual(shown)
  expect(seenBy('looked').length).toBeLessThan(8)
})

test('a drift exchanges the taste at its list', () => {
  const behaviour = {
    ...behaviourDefaults,
    ...{ attention: 1, openLiked: 1, openOther: 0, driftAt: 1 },
  }
  const visitor = createVisitor(['a'], ['b'], { seed: 1, behaviour })
  expect(visitor.answer(['a', 'b']).opened).toEqual([{ id: 'a', isLiked: true }])
  expect(visitor.answer(['a', 'b']).opened).toEqual([{ id: 'b', isLiked: true }])
})

test('a drift of half keeps about half', () => {
  const behaviour = {
    ...behaviourDefaults,
    ...{ attention: 1, openLiked: 1, openOther: 0, driftAt: 0, driftShare: 0.5 },
  }
  const own = ids(0, 100)
  const next = ids(100, 100)
  const visitor = createVisitor(own, next, { seed: 1, behaviour })
  const { opened } = visitor.answer([...own, ...next])
  const kept = opened.filter(({ id }) => Number(id) < 100).length
  expect(kept).toBeGreaterThan(35)
  expect(kept).toBeLessThan(65)
  expect(opened.length - kept).toBeGreaterThan(35)
})

test('a visitor leaves after as many lists in a row without an open', () => {
  const behaviour = {
    ...behaviourDefaults,
    ...{ attention: 1, openLiked: 1, openOther: 0, patience: 2 },
  }
  const visitor = createVisitor(['a'], [], { seed: 1, behaviour })
  visitor.answer(['b'])
  visitor.answer(['a'])
  visitor.answer(['b'])
  expect(visitor.hasLeft()).toBe(false)
  visitor.answer(['b'])
  expect(visitor.hasLeft()).toBe(true)
})

test('noise mixes up liked and other', () => {
  const behaviour = {
    ...behaviourDefaults,
    ...{ attention: 1, openLiked: 1, openOther: 0, noise: 1 },
  }
  const { opened } = createVisitor(['a'], [], { seed: 1, behaviour }).answer(['a', 'b'])
  expect(opened).toEqual([{ id: 'b', isLiked: false }])
})

test('draws are uniform and differ by seed and by name', () => {
  const draws = manyVisitors.map((seed) => uniform(seed, 'open:7:0'))
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length
  expect(mean).toBeCloseTo(0.5, 1)
  expect(new Set(draws).size).toBe(400)
  expect(uniform(1, 'open:7:0')).not.toBe(uniform(1, 'open:7:1'))
})
