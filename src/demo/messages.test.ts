import { expect, test } from 'vitest'
import { reasonText, shelfTitle } from '../explain/messages/messages.ts'
import { bookshop } from './messages.ts'
import { bookshopProfile } from './profile-messages.ts'

const dune = { id: '1', title: 'Dune (Dune Chronicles, #1)' }

test('reasons speak of readers', () => {
  const sayings = [
    { kind: 'sequence', params: { items: [dune] } },
    { kind: 'sequence', params: { items: [] } },
    { kind: 'goes-with', params: { item: dune } },
    { kind: 'popular', params: { among: 1000 } },
    { kind: 'guess', params: { because: { kind: 'popular', params: { among: 50 } } } },
    {
      kind: 'from-catalogue',
      params: { attribute: { name: 'poetry', relation: 'genre' } },
    },
  ] as const
  expect(sayings.map((reason) => reasonText(reason, bookshop))).toEqual([
    'readers of Dune go on to it',
    'often comes next',
    'for the same readers as Dune',
    'among the 1,000 most read',
    'a guess: among the 50 most read',
    'from the poetry shelf',
  ])
})

test('the popular shelf is "Widely read", unless nobody’s reading is known', () => {
  const kind = 'popular'
  expect(shelfTitle({ kind, isByPopularity: true }, bookshop)).toBe('Widely read')
  expect(shelfTitle({ kind, isByPopularity: false }, bookshop)).toBe('A place to start')
})

test('the profile counts books', () => {
  expect(bookshopProfile.profile?.seen(2)).toBe('saw 2 books')
  expect(bookshopProfile.profile?.seen(1)).toBe('saw 1 book')
})
