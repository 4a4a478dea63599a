import { describe, expect, test } from 'vitest'
import { asGuess, headline } from './headline.ts'
import { en } from './messages/en.ts'
import { reasonText } from './messages/messages.ts'
import { itemOf, type Reason } from './reason.ts'

const whole: Reason = { kind: 'taste', params: {}, component: 'tower', share: 0.6 }
const popular: Reason = {
  ...{ kind: 'popular', params: { among: 50 }, component: 'popularity', share: 0.1 },
}
const dune = (share: number): Reason => ({
  kind: 'because-chosen',
  params: { item: { id: 'dune', title: 'Dune' }, event: 'save' },
  ...{ component: 'cf', share },
})
const byLeGuin: Reason = {
  kind: 'similar-attributes',
  params: {
    attribute: { name: 'Ursula K. Le Guin', relation: 'author' },
    items: [{ id: 'earthsea', title: 'Earthsea' }],
    count: 1,
  },
  ...{ component: 'attributes', share: 0.02 },
}
const textOf = (reason: Reason | undefined) => reason && reasonText(reason, en)

describe('on a shelf made by score', () => {
  test('a fact leads however little the score made of it', () => {
    expect(textOf(headline([whole, popular, byLeGuin], 'score'))).toBe(
      'also by Ursula K. Le Guin',
    )
  })

  test('a cause leads only where it was one', () => {
    const lead = headline([whole, dune(0.1)], 'score')
    expect(lead && itemOf(lead)?.id).toBe('dune')
    expect(headline([whole, dune(0.05)], 'score')).toBe(whole)
  })

  test('what cards before state too leads less readily', () => {
    const said = new Map()
    const near: Reason = {
      kind: 'content-like',
      params: { item: { id: 'dune', title: 'Dune' } },
      ...{ component: 'content', share: 0.3 },
    }
    const leads = [1, 2, 3].map(() => headline([dune(0.3), near], 'score', said)!.kind)
    expect(new Set(leads)).toEqual(new Set(['because-chosen', 'content-like']))
  })

  test('a guess stays one', () => {
    expect(textOf(headline([asGuess(whole), byLeGuin], 'score'))).toBe(
      'a guess: also by Ursula K. Le Guin',
    )
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

  test('an item without that component keeps its own reason', () => {
    expect(headline([whole], 'popularity')).toBe(whole)
  })

  test('a guess claims what it is unlike, popularity or nothing, never the taste', () => {
    const leads = (...reasons: Reason[]) => textOf(headline(reasons, 'chance'))
    const poetry: Reason = {
      kind: 'unlike',
      params: { attribute: { name: 'poetry', relation: 'genre' } },
      ...{ component: 'record', share: 0 },
    }
    expect(leads(asGuess(popular), poetry)).toBe(
      'a guess: poetry, unlike what you chose',
    )
    expect(leads(asGuess(whole), popular)).toBe('a guess: among the 50 most chosen')
    expect(leads(asGuess(whole))).toBe('a guess, to learn from')
    const refused: Reason = {
      kind: 'refused',
      params: { event: 'dislike' },
      ...{ component: 'record', share: 0 },
    }
    expect(leads(refused)).toBe('you said: not for me')
  })
})

test('no reasons, no headline', () => {
  expect(headline([], 'score')).toBeUndefined()
})
