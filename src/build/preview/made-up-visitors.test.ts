import { expect, test } from 'vitest'
import type { ItemRecord } from '../../pack/item.ts'
import { MAX_LIKES, makeUpVisitors } from './made-up-visitors.ts'

function itemsOf(count: number, factsOf: (n: number) => Partial<ItemRecord>) {
  return Array.from({ length: count }, (_, n) => ({
    ...{ id: `i${n}`, title: `Title ${n}` },
    ...factsOf(n),
  }))
}

test('each likes a genre, its most popular item first', () => {
  const items = itemsOf(12, (n) => ({ genres: [['Sea', 'Land', 'Sky'][n % 3]] }))
  const popularity = items.map((_, n) => (n === 9 ? 1 : n === 3 ? 0.5 : 0))
  const visitors = makeUpVisitors(items, popularity)
  expect(visitors.map(({ likes }) => likes)).toEqual(['Land', 'Sea', 'Sky'])
  expect(visitors[1].items).toEqual(['i9', 'i3', 'i0', 'i6'])
  expect(makeUpVisitors(items, popularity)).toEqual(visitors)
})

test('a genre that all have, or two of the same items, make no other visitor', () => {
  const items = itemsOf(20, (n) => ({
    genres: ['Fiction', ...(n < 10 ? ['Sea', 'Ships'] : ['Land'])],
  }))
  const visitors = makeUpVisitors(items, new Float32Array(20))
  expect(visitors.map(({ likes }) => likes)).toEqual(['Land', 'Sea'])
})

test('without genres they like series, then makers, then what comes first', () => {
  const flat = new Float32Array(80)
  const likes = (factsOf: (n: number) => Partial<ItemRecord>) =>
    makeUpVisitors(itemsOf(80, factsOf), flat).map((visitor) => visitor.likes)
  expect(likes((n) => (n < 4 ? { series: { name: 'Voyages' } } : {}))).toEqual([
    'Voyages',
  ])
  expect(likes((n) => (n > 70 ? { authors: ['Ann'] } : {}))).toEqual(['Ann'])
  expect(likes(() => ({}))).toEqual(['what comes first'])
  expect(
    makeUpVisitors(
      itemsOf(80, () => ({})),
      flat,
    )[0].items,
  ).toHaveLength(MAX_LIKES)
})
