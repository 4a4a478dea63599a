import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shownOf } from './elements.fixture.ts'
import { keepInPlace } from './keep-in-place.ts'
import type { ShownShelf } from './shelf.ts'

const ids = (shelves: readonly ShownShelf[]) =>
  shelves.map(({ key, items }) => `${key}:${items.map(({ id }) => id).join('')}`)

describe('the hover card', () => {
  test('keeps its place while the row is re-ranked around it', () => {
    const next = [shownOf('you', 'dacb')]
    const hover = { shelf: 'you', itemId: 'c' }
    expect(ids(keepInPlace([shownOf('you', 'abcd')], next, hover))).toEqual([
      'you:dacb',
    ])
    expect(ids(keepInPlace([shownOf('you', 'cabd')], next, hover))).toEqual([
      'you:cdab',
    ])
  })

  test('stays while it is hovered though the new list lacks it, with its new reaction', () => {
    const hover = { shelf: 'you', itemId: 'b', reaction: { disliked: 4 } }
    const [shelf] = keepInPlace([shownOf('you', 'abc')], [shownOf('you', 'acd')], hover)
    expect(ids([shelf!])).toEqual(['you:abc'])
    expect(shelf!.items[1]!.reaction).toEqual({ disliked: 4 })
  })

  test('keeps its shelf though the new list lacks it', () => {
    const shown = [
      shownOf('you', 'ab'),
      shownOf('because', 'cd'),
      shownOf('wide', 'ef'),
    ]
    const next = [shownOf('you', 'ba'), shownOf('wide', 'fe')]
    const hover = { shelf: 'because', itemId: 'c' }
    expect(ids(keepInPlace(shown, next, hover))).toEqual([
      'you:ba',
      'because:cd',
      'wide:fe',
    ])
  })

  test('lets new shelves in below its own, and known ones keep their order', () => {
    const shown = [shownOf('top', 'ab'), shownOf('wide', 'cd')]
    const next = [
      shownOf('new', 'xy'),
      shownOf('top', 'ba'),
      shownOf('because', 'zw'),
      shownOf('wide', 'dc'),
    ]
    const hover = { shelf: 'wide', itemId: 'c' }
    expect(ids(keepInPlace(shown, next, hover))).toEqual([
      'top:ba',
      'wide:cd',
      'new:xy',
      'because:zw',
    ])
    // all known now: the new list's own order, wherever the pointer is
    const moved = { shelf: 'new', itemId: 'x' }
    expect(ids(keepInPlace(next, next, moved))).toEqual(ids(next))
  })

  test('that is not shown keeps nothing', () => {
    const next = [shownOf('you', 'ba')]
    expect(
      keepInPlace([shownOf('you', 'ab')], next, { shelf: 'you', itemId: 'z' }),
    ).toBe(next)
    expect(keepInPlace([], next, undefined)).toBe(next)
  })

  test('never moves, whatever the lists', () => {
    const letters = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 1 })
    fc.assert(
      fc.property(letters, letters, fc.nat(), (before, after, at) => {
        const itemId = before[at % before.length]!
        const place = before.indexOf(itemId)
        const shown = [shownOf('you', before.join(''))]
        const [shelf] = keepInPlace(shown, [shownOf('you', after.join(''))], {
          shelf: 'you',
          itemId,
        })
        const got = shelf!.items.map(({ id }) => id)
        const reachable = Math.min(place, after.filter((id) => id !== itemId).length)
        expect(got.indexOf(itemId)).toBe(reachable)
        expect(new Set(got).size).toBe(got.length)
      }),
    )
  })
})
