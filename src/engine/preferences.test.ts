/** Stated preferences through an engine: what they do to every list, and that they undo exactly. */
import { describe, expect, test } from 'vitest'
import type { EventInput, Preference } from '../feedback/event.ts'
import { like, setUp } from './sample-engine.test-data.ts'

const SEA = { relation: 'genre', name: 'Sea Stories' } as const
const AUTHOR = { relation: 'author', name: 'Author 3' } as const

const prefer = (
  attribute: EventInput['attribute'],
  preference: Preference,
): EventInput => ({
  kind: 'prefer',
  attribute: attribute!,
  preference,
})
/** The sample's Author 3 made items 3, 9, 15 and 21, all of space. */
const OF_AUTHOR = ['id3', 'id9', 'id15', 'id21']

const idsOf = ({ items }: { items: readonly { id: string }[] }) =>
  items.map(({ id }) => id)

describe('follow and less', () => {
  test('raise and lower the score by the component of feedback, and name it', async () => {
    const { engine, at } = await setUp()
    await engine.record(like(0, at(1)))
    const before = (await engine.item('id9'))!.item
    await engine.record(prefer(AUTHOR, 'follow'))
    const after = (await engine.item('id9'))!.item
    expect(after.components.feedback - before.components.feedback).toBeCloseTo(1, 5)
    expect(after.score - before.score).toBeCloseTo(1, 5)
    expect(after.reasons).toContainEqual(
      expect.objectContaining({ kind: 'followed', params: { attribute: AUTHOR } }),
    )
    await engine.record(prefer(AUTHOR, 'less'))
    const less = (await engine.item('id9'))!.item
    expect(less.score - before.score).toBeCloseTo(-1, 5)
    expect(less.reasons.map(({ kind }) => kind)).not.toContain('followed')
  })

  test('make a list for a stranger, who has done nothing else', async () => {
    const { engine } = await setUp()
    await engine.record(prefer(AUTHOR, 'follow'))
    const { shelves, eventCount } = await engine.shelves({ count: 4 })
    expect(shelves[0]!.kind).toBe('for-you')
    expect(shelves[0]!.items[0]!.headline).toMatchObject({ kind: 'followed' })
    expect(eventCount).toBe(1)
  })

  test('an item that was chosen itself gives that as its reason', async () => {
    const { engine, at } = await setUp()
    await engine.record([{ ...like(9, at(1)), kind: 'save' }, prefer(AUTHOR, 'follow')])
    const { shelves } = await engine.shelves({ count: 4 })
    const again = shelves.find(({ kind }) => kind === 'continue')
    for (const { reasons } of again?.items ?? []) {
      expect(reasons.map(({ kind }) => kind)).not.toContain('followed')
    }
  })
})

describe('never', () => {
  test('is in no list, nor what a list is made from', async () => {
    const { engine, at } = await setUp()
    await engine.record([like(2, at(1)), like(3, at(2)), prefer(SEA, 'never')])
    const { shelves } = await engine.shelves({ count: 12 })
    const list = await engine.recommend({ count: 20 })
    const within = await engine.recommend({ count: 20, boost: [] })
    const shown = [
      ...shelves.flatMap(({ items }) => items),
      ...list.items,
      ...within.items,
    ]
    expect(shown.length).toBeGreaterThan(12)
    for (const { genres, reasons } of shown) {
      expect(genres).toEqual(['science fiction'])
      expect(JSON.stringify(reasons)).not.toContain('Sea 2')
    }
    expect(shelves.map(({ key }) => key)).not.toContain('because:id2')
  })

  test('is not beside another item, but on its own page it is', async () => {
    const { engine } = await setUp()
    await engine.record(prefer(AUTHOR, 'never'))
    expect(idsOf(await engine.related('id1', { count: 11 }))).not.toEqual(
      expect.arrayContaining(['id3']),
    )
    const own = idsOf(await engine.related('id3', { count: 11 }))
    expect(own.filter((id) => OF_AUTHOR.includes(id)).length).toBeGreaterThan(0)
  })

  test('comes last in a search, unless its title was typed', async () => {
    const { engine } = await setUp()
    const asked = { count: 24, mode: 'keyword' } as const
    await engine.record(prefer(AUTHOR, 'never'))
    const found = idsOf(await engine.search('space', asked))
    expect(new Set(found.slice(-OF_AUTHOR.length))).toEqual(new Set(OF_AUTHOR))
    expect(idsOf(await engine.search('Space 9', asked))[0]).toBe('id9')
  })
})

describe('in the log', () => {
  test('removing the events is as if nothing had been stated, to the last digit', async () => {
    const { engine, at } = await setUp()
    await engine.record(like(2, at(1)))
    const before = await engine.recommend({ count: 12 })
    await engine.record([prefer(SEA, 'never'), prefer(AUTHOR, 'follow')])
    await engine.record(prefer(SEA, 'less'))
    expect((await engine.recommend({ count: 12 })).items).not.toEqual(before.items)
    for (const { seqs } of await engine.preferences()) await engine.remove(seqs)
    expect(await engine.preferences()).toEqual([])
    expect((await engine.recommend({ count: 12 })).items).toEqual(before.items)
  })

  test('what is stated is listed, with the spelling of the catalogue and its items', async () => {
    const { engine } = await setUp()
    await engine.record(prefer(SEA, 'never'))
    expect(await engine.preferences()).toMatchObject([
      {
        attribute: { relation: 'genre', name: 'sea stories' },
        ...{ preference: 'never', items: 12, seqs: [1] },
      },
    ])
  })

  test('what the catalogue does not hold is ignored, as an item would be', async () => {
    const { engine } = await setUp()
    const logged = await engine.record(
      prefer({ relation: 'genre', name: 'opera' }, 'less'),
    )
    expect(logged).toEqual([])
  })

  test('an export carries it to another device, where it does the same', async () => {
    const first = await setUp()
    await first.engine.record(prefer(SEA, 'never'))
    const file = JSON.parse(JSON.stringify(await first.engine.export()))
    const { engine } = await setUp()
    expect(await engine.import(file)).toBe(1)
    const { items } = await engine.recommend({ count: 12 })
    expect(items.some(({ genres }) => genres?.includes('sea stories'))).toBe(false)
  })

  test('a page that opens with it stored never shows what is hidden', async () => {
    const { engine, store } = await setUp()
    await engine.record(prefer(SEA, 'never'))
    const later = await setUp({ store })
    const { shelves } = await later.engine.shelves({ count: 12 })
    const genres = shelves.flatMap(({ items }) =>
      items.flatMap((item) => item.genres ?? []),
    )
    expect(new Set(genres)).toEqual(new Set(['science fiction']))
  })
})

describe('the taste by relation', () => {
  test('has what was refused apart from what was liked, a value in one of the two', async () => {
    const { engine, at } = await setUp()
    const refused: EventInput = { kind: 'dislike', item: 'id9', at: at(3) }
    await engine.record([like(2, at(1)), like(4, at(2)), refused])
    const { relations } = await engine.taste()
    const genres = relations.find(({ relation }) => relation === 'genre')!
    expect(genres.liked).toMatchObject([{ name: 'sea stories', share: 1, items: 2 }])
    expect(genres.disliked).toMatchObject([{ name: 'science fiction', items: 1 }])
    expect(relations.map(({ relation }) => relation)).toEqual(['author', 'genre'])
  })
})
