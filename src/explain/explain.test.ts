import { describe, expect, test } from 'vitest'
import type { PositiveKind } from '../feedback/item-feedback.ts'
import type { ItemRecord } from '../pack/item.ts'
import {
  COMPONENTS,
  type Component,
  type RankedItem,
  type Support,
} from '../scoring/score.ts'
import { type ExplainContext, explain, itemOf } from './explain.ts'
import { en } from './messages/en.ts'
import { reasonText } from './messages/messages.ts'

const titles = ['Dune (Dune #1)', 'Ringworld', 'Emma', 'The Dispossessed', 'A pick']
const kinds: (PositiveKind | undefined)[] = ['like', 'save', 'save', 'save', undefined]
const context: ExplainContext = {
  record: (index): ItemRecord => ({ id: `id-${index}`, title: titles[index] }),
  kindOf: (index) => kinds[index],
  isColdStart: (index) => index === 2,
  attributes: {
    values: [
      { name: 'Ursula K. Le Guin', relation: 'author' },
      { name: 'Earthsea', relation: 'series' },
      { name: 'Fantasy', relation: 'genre' },
      { name: '1960s', relation: 'years' },
      { name: 'LED Tubes', relation: 'genre' },
    ],
    indptr: new Uint32Array(6),
    indices: new Uint16Array(0),
  },
}

function ranked(
  components: Partial<Record<Component, number>>,
  because: readonly Support[] = [],
  more: Partial<RankedItem> = {},
): RankedItem {
  const all = Object.fromEntries(
    COMPONENTS.map((component) => [component, components[component] ?? 0]),
  )
  return {
    index: 4,
    score: Object.values(all).reduce((sum, component) => sum + component, 0),
    match: 0.5,
    components: all as Record<Component, number>,
    because,
    isGuess: false,
    ...more,
  }
}

/** The only reason's text for one component and its supports. */
function textOf(
  component: Component,
  ...because: readonly Omit<Support, 'component' | 'share'>[]
) {
  const supports = because.map(
    (source) => ({ component, share: 0.5, ...source }) as Support,
  )
  const reasons = explain(ranked({ [component]: 1 }, supports), context)
  expect(reasons).toHaveLength(1)
  return reasonText(reasons[0]!, en)
}

describe('the words of a reason', () => {
  test('popularity of what nobody chose yet is called what it is', () => {
    const textAt = (index: number) =>
      reasonText(explain(ranked({ popularity: 1 }, [], { index }), context)[0]!, en)
    expect(textAt(4)).toBe('widely chosen')
    expect(textAt(2)).toBe('new, and likely to be widely chosen')
  })

  test('cf names the item and what was done to it', () => {
    expect(textOf('cf', { index: 0 })).toBe('because you liked Dune')
    expect(textOf('cf', { index: 1 })).toBe('because you saved Ringworld')
    expect(textOf('cf', { index: 4 })).toBe('goes with A pick') // no event is known
  })

  test('sequence names up to two items that lead to it', () => {
    expect(textOf('sequence', { index: 0 }, { index: 1 }, { index: 2 })).toBe(
      'people who chose Dune and Ringworld go on to it',
    )
    expect(textOf('sequence', { index: 1 })).toBe(
      'people who chose Ringworld go on to it',
    )
  })

  test('content names the item it is close to, or the typed text', () => {
    expect(textOf('content', { index: 0 })).toBe('its text is close to Dune')
    expect(textOf('content', {})).toBe('close to what you typed')
  })

  test('attributes names what is shared, and with what', () => {
    expect(textOf('attributes', { attribute: 0, indices: [3] })).toBe(
      'also by Ursula K. Le Guin',
    )
    expect(textOf('attributes', { attribute: 1, indices: [3] })).toBe(
      'also in Earthsea',
    )
    expect(textOf('attributes', { attribute: 2, indices: [1, 2, 3] })).toBe(
      'fantasy, like three you saved',
    )
    expect(textOf('attributes', { attribute: 2, indices: [1, 2, 3, 1, 2] })).toBe(
      'fantasy, like five you saved',
    )
    expect(textOf('attributes', { attribute: 2, indices: [0, 1] })).toBe(
      'fantasy, like two of yours',
    )
    expect(textOf('attributes', { attribute: 2, indices: [0] })).toBe(
      'fantasy, like Dune',
    )
    expect(textOf('attributes', { attribute: 3, indices: [2] })).toBe(
      'from the 1960s, like Emma',
    )
    expect(textOf('attributes', { attribute: 4, indices: [2] })).toBe(
      'LED Tubes, like Emma',
    )
  })

  test('feedback states what the visitor did to the very item', () => {
    const [saved] = explain(ranked({ feedback: 1 }, [], { index: 1 }), context)
    expect(reasonText(saved!, en)).toBe('you saved it')
    expect(textOf('feedback')).toBe('you showed interest in it')
  })

  test('tower and popularity claim no more than they know', () => {
    expect(textOf('tower')).toBe('fits your taste as a whole')
    expect(textOf('tower', { index: 1 })).toBe(
      'people who chose Ringworld also choose it',
    )
    expect(textOf('popularity')).toBe('widely chosen')
  })
})

describe('explain', () => {
  const because: Support[] = [
    { component: 'cf', index: 0, share: 1 },
    { component: 'attributes', attribute: 0, indices: [3], share: 1 },
  ]

  test('gives the positive components, strongest first, with shares that sum to 1', () => {
    const components = { cf: 3, attributes: 0.5, popularity: 0.5, content: -2 }
    const reasons = explain(ranked(components, because), context)
    const item = { id: 'id-0', title: 'Dune (Dune #1)' }
    expect(reasons).toEqual([
      {
        ...{ kind: 'because-chosen', params: { item, event: 'like' } },
        ...{ component: 'cf', share: 0.75 },
      },
      { kind: 'popular', params: {}, component: 'popularity', share: 0.125 },
      {
        kind: 'similar-attributes',
        params: {
          attribute: { name: 'Ursula K. Le Guin', relation: 'author' },
          items: [{ id: 'id-3', title: 'The Dispossessed' }],
          count: 1,
          event: 'save',
        },
        ...{ component: 'attributes', share: 0.125 },
      },
    ])
    expect(reasons.map((reason) => reasonText(reason, en))).toEqual([
      'because you liked Dune',
      'widely chosen',
      'also by Ursula K. Le Guin',
    ])
    expect(reasons.map((reason) => itemOf(reason)?.id)).toEqual([
      'id-0',
      undefined,
      'id-3',
    ])
  })

  test('never names a component that lowered the score', () => {
    const reasons = explain(ranked({ cf: -1, popularity: 0.1 }, because), context)
    expect(reasons.map(({ component }) => component)).toEqual(['popularity'])
  })

  test('passes over a component that nothing in the history supports', () => {
    const reasons = explain(ranked({ cf: 0.2, tower: 0.1 }), context)
    expect(reasons.map(({ component, share }) => [component, share])).toEqual([
      ['tower', 1],
    ])
  })

  test('gives something rather than nothing if only such components are left', () => {
    const [reason] = explain(ranked({ cf: 0.2 }), context)
    expect(reasonText(reason!, en)).toBe('goes with what you chose')
  })

  test('has no reason for an item that nothing supports', () => {
    expect(explain(ranked({ cf: -1 }), context)).toEqual([])
  })

  test('calls a guess a guess', () => {
    const guess = explain(
      ranked({ cf: 1, tower: 0.5 }, because, { isGuess: true }),
      context,
    )
    expect(guess.map((reason) => reasonText(reason, en))).toEqual([
      'a guess: because you liked Dune',
      'fits your taste as a whole',
    ])
    const blind = explain(ranked({}, [], { isGuess: true }), context)
    expect(blind).toEqual([
      { kind: 'guess', params: {}, component: 'popularity', share: 1 },
    ])
  })
})
