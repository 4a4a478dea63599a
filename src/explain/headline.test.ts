import { describe, expect, test } from 'vitest'
import type { Reason } from './explain.ts'
import { headline, itemOf } from './explain.ts'
import { en } from './messages/en.ts'
import { reasonText } from './messages/messages.ts'

const whole: Reason = { kind: 'taste', params: {}, component: 'tower', share: 0.6 }
const popular: Reason = {
  ...{ kind: 'popular', params: {}, component: 'popularity', share: 0.1 },
}
const dune = (share: number): Reason => ({
  kind: 'because-chosen',
  params: { item: { id: 'dune', title: 'Dune' }, event: 'save' },
  ...{ component: 'cf', share },
})
const guessAt = ({ component, share, ...because }: Reason): Reason => ({
  ...{ kind: 'guess', params: { because }, component, share },
})
const textOf = (reason: Reason | undefined) => reason && reasonText(reason, en)

describe('on a shelf made by score', () => {
  test('a named reason leads when it has a third of the share of a general one', () => {
    const lead = headline([whole, dune(0.2)], 'score')
    expect(lead && itemOf(lead)?.id).toBe('dune')
  })

  test('a weaker named reason does not', () => {
    expect(headline([whole, dune(0.19)], 'score')).toBe(whole)
  })

  test('the strongest leads when it names an item itself', () => {
    const [strong, weak] = [dune(0.6), dune(0.4)]
    expect(headline([strong, weak], 'score')).toBe(strong)
  })
})

describe('on a shelf with a rule of its own', () => {
  test('the rule is the reason, however small its share', () => {
    expect(headline([whole, popular], 'popularity')).toBe(popular)
    const saved: Reason = {
      ...{ kind: 'chosen', params: { event: 'save' } },
      ...{ component: 'feedback', share: 0.1 },
    }
    expect(headline([whole, saved], 'feedback')).toBe(saved)
  })

  test('an item without that component keeps its strongest reason', () => {
    expect(headline([whole], 'popularity')).toBe(whole)
  })

  test('a guess claims popularity or nothing, never the taste', () => {
    const asGuess = guessAt(whole)
    expect(textOf(headline([asGuess, popular], 'chance'))).toBe(
      'a guess: widely chosen',
    )
    expect(textOf(headline([guessAt(popular)], 'chance'))).toBe(
      'a guess: widely chosen',
    )
    expect(textOf(headline([asGuess], 'chance'))).toBe('a guess, to learn from')
    const bare: Reason = { ...popular, kind: 'guess', params: {} }
    expect(textOf(headline([bare], 'chance'))).toBe('a guess, to learn from')
  })
})

test('no reasons, no headline', () => {
  expect(headline([], 'score')).toBeUndefined()
})
