import { describe, expect, test } from 'vitest'
import type { Reason } from './explain.ts'
import { headline } from './explain.ts'

const whole: Reason = {
  component: 'tower',
  text: 'fits your taste as a whole',
  share: 0.6,
}
const popular: Reason = { component: 'popularity', text: 'widely read', share: 0.1 }
const dune = (share: number): Reason => ({
  ...{ component: 'cf', text: 'because you saved Dune', share, itemId: 'dune' },
})

describe('on a shelf made by score', () => {
  test('a named reason leads when it has a third of the share of a general one', () => {
    expect(headline([whole, dune(0.2)], 'score')?.itemId).toBe('dune')
  })

  test('a weaker named reason does not', () => {
    expect(headline([whole, dune(0.19)], 'score')).toBe(whole)
  })

  test('the strongest leads when it names an item itself', () => {
    const [strong, weak] = [dune(0.6), { ...dune(0.4), text: 'other' }]
    expect(headline([strong, weak], 'score')).toBe(strong)
  })
})

describe('on a shelf with a rule of its own', () => {
  test('the rule is the reason, however small its share', () => {
    expect(headline([whole, popular], 'popularity')).toBe(popular)
    const saved: Reason = { component: 'feedback', text: 'you saved it', share: 0.1 }
    expect(headline([whole, saved], 'feedback')).toBe(saved)
  })

  test('a pick without that component keeps its strongest reason', () => {
    expect(headline([whole], 'popularity')).toBe(whole)
  })

  test('a guess claims popularity or nothing, never the taste', () => {
    const asGuess = { ...whole, text: `a guess: ${whole.text}` }
    expect(headline([asGuess, popular], 'chance')?.text).toBe('a guess: widely read')
    const popularGuess = { ...popular, text: 'a guess: widely read' }
    expect(headline([popularGuess], 'chance')?.text).toBe('a guess: widely read')
    expect(headline([asGuess], 'chance')?.text).toBe('a guess, to learn from')
    const bare = { ...popular, text: 'a guess, to learn from' }
    expect(headline([bare], 'chance')?.text).toBe('a guess, to learn from')
  })
})

test('no reasons, no headline', () => {
  expect(headline([], 'score')).toBeUndefined()
})
