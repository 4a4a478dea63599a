import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Shelf } from '../engine/engine.ts'
import { shelfOf } from './elements.fixture.ts'
import { settle } from './keep-in-place.ts'

const ids = (shelves: readonly Shelf[]) =>
  shelves.map(({ key, picks }) => `${key}:${picks.map(({ item }) => item.id).join('')}`)

describe('the card in hand', () => {
  test('keeps its place while the row is re-ranked around it', () => {
    const next = [shelfOf('you', 'dacb')]
    const held = { shelf: 'you', itemId: 'c' }
    expect(ids(settle([shelfOf('you', 'abcd')], next, held))).toEqual(['you:dacb'])
    expect(ids(settle([shelfOf('you', 'cabd')], next, held))).toEqual(['you:cdab'])
  })

  test('stays while it is held though the new list lacks it, with its new reaction', () => {
    const held = { shelf: 'you', itemId: 'b', reaction: { disliked: 4 } }
    const [shelf] = settle([shelfOf('you', 'abc')], [shelfOf('you', 'acd')], held)
    expect(ids([shelf!])).toEqual(['you:abc'])
    expect(shelf!.picks[1]!.reaction).toEqual({ disliked: 4 })
  })

  test('keeps its shelf though the new list lacks it', () => {
    const shown = [
      shelfOf('you', 'ab'),
      shelfOf('because', 'cd'),
      shelfOf('wide', 'ef'),
    ]
    const next = [shelfOf('you', 'ba'), shelfOf('wide', 'fe')]
    const held = { shelf: 'because', itemId: 'c' }
    expect(ids(settle(shown, next, held))).toEqual(['you:ba', 'because:cd', 'wide:fe'])
  })

  test('lets new shelves in below its own, and known ones keep their order', () => {
    const shown = [shelfOf('top', 'ab'), shelfOf('wide', 'cd')]
    const next = [
      shelfOf('new', 'xy'),
      shelfOf('top', 'ba'),
      shelfOf('because', 'zw'),
      shelfOf('wide', 'dc'),
    ]
    const held = { shelf: 'wide', itemId: 'c' }
    expect(ids(settle(shown, next, held))).toEqual([
      'top:ba',
      'wide:cd',
      'new:xy',
      'because:zw',
    ])
    // all known now: the new list's own order, wherever the hand is
    const moved = { shelf: 'new', itemId: 'x' }
    expect(ids(settle(next, next, moved))).toEqual(ids(next))
  })

  test('that is not shown holds nothing', () => {
    const next = [shelfOf('you', 'ba')]
    expect(settle([shelfOf('you', 'ab')], next, { shelf: 'you', itemId: 'z' })).toBe(
      next,
    )
    expect(settle([], next, undefined)).toBe(next)
  })

  test('never moves, whatever the lists', () => {
    const letters = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 1 })
    fc.assert(
      fc.property(letters, letters, fc.nat(), (before, after, at) => {
        const itemId = before[at % before.length]!
        const place = before.indexOf(itemId)
        const shown = [shelfOf('you', before.join(''))]
        const [shelf] = settle(shown, [shelfOf('you', after.join(''))], {
          shelf: 'you',
          itemId,
        })
        const got = shelf!.picks.map(({ item }) => item.id)
        const reachable = Math.min(place, after.filter((id) => id !== itemId).length)
        expect(got.indexOf(itemId)).toBe(reachable)
        expect(new Set(got).size).toBe(got.length)
      }),
    )
  })
})
