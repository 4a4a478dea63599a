import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hrefOf, parseRoute, type Route } from './router.ts'

test.each([
  ['', { page: 'home' }],
  ['#', { page: 'home' }],
  ['#/', { page: 'home' }],
  ['#/you', { page: 'you' }],
  ['#/item/42', { page: 'item', id: '42' }],
  ['#/item/a%2Fb%20c', { page: 'item', id: 'a/b c' }],
  ['#/item/a/b', { page: 'item', id: 'a/b' }],
  ['#/search/slow%20sea', { page: 'search', text: 'slow sea' }],
  ['#/lab', { page: 'lab', run: '' }],
  ['#/lab/books', { page: 'lab', run: 'books' }],
  ['#/lab/%E0', { page: 'lost' }],
  ['#/item/', { page: 'lost' }],
  ['#/search', { page: 'lost' }],
  ['#/item/%E0%A4', { page: 'lost' }],
  ['#/nowhere', { page: 'lost' }],
  ['#/you/too', { page: 'lost' }],
] as const)('%j leads to %j', (hash, route) => {
  expect(parseRoute(hash)).toEqual(route)
})

test('every address leads back to its route', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 })
  const routes: fc.Arbitrary<Route> = fc.oneof(
    text.map((id) => ({ page: 'item', id }) as const),
    text.map((text) => ({ page: 'search', text }) as const),
    fc.string({ unit: 'grapheme' }).map((run) => ({ page: 'lab', run }) as const),
    fc.constant({ page: 'you' } as const),
  )
  fc.assert(
    fc.property(routes, (route) => {
      expect(parseRoute(hrefOf(route))).toEqual(route)
    }),
  )
})
