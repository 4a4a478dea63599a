import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom, type Random } from '../math/random.ts'
import { teamDraft } from './interleave.ts'

fc.configureGlobal({ seed: 1 })

/** Coins that fall as given: below ½ the first ranking leads. */
const coins = (...falls: readonly number[]): Random => {
  let at = 0
  return { ...createRandom(1), next: () => falls[at++]! }
}
const shortly = (drafted: ReturnType<typeof teamDraft>) =>
  drafted.map(({ index, team }) => `${index}${team === 'first' ? 'a' : 'b'}`).join(' ')

test('the coin decides who leads a round, and both take their best that is left', () => {
  const list = teamDraft([1, 2, 3], [2, 1, 4], {
    count: 6,
    random: coins(0.1, 0.9, 0.1),
  })
  // a leads: 1, then b: 2; b leads: 4 (2 and 1 are taken), then a: 3; nothing is left
  expect(shortly(list)).toBe('1a 2b 4b 3a')
})

test('an odd count cuts the last round', () => {
  const list = teamDraft([1, 2, 3], [7, 8, 9], { count: 3, random: coins(0.9, 0.1) })
  expect(shortly(list)).toBe('7b 1a 2a')
})

test('a list ends with the round that one ranking could still play', () => {
  const list = teamDraft([1, 2, 3, 4], [7], { count: 8, random: coins(0.1, 0.1) })
  expect(shortly(list)).toBe('1a 7b')
  expect(teamDraft([], [7], { count: 4, random: coins(0.1) })).toEqual([])
})

test('no item comes twice, and both teams have as many', () => {
  const ranking = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 })
  fc.assert(
    fc.property(ranking, ranking, fc.integer(), (first, second, seed) => {
      const random = createRandom(seed)
      const list = teamDraft(first, second, { count: 12, random })
      expect(new Set(list.map(({ index }) => index)).size).toBe(list.length)
      const ofFirst = list.filter(({ team }) => team === 'first')
      expect(ofFirst.length * 2).toBe(list.length)
      for (const { index, team } of list) {
        expect(team === 'first' ? first : second).toContain(index)
      }
    }),
  )
})

test('two equal rankings win as often as each other', () => {
  const ranking = [1, 2, 3, 4, 5, 6]
  const random = createRandom(5)
  let first = 0
  for (let run = 0; run < 4000; run++) {
    const list = teamDraft(ranking, ranking, { count: 6, random })
    if (list[0]!.team === 'first') first++ // a visitor who opens the top item
  }
  expect(first / 4000).toBeCloseTo(0.5, 1)
})
