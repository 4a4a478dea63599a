import { describe, expect, test } from 'vitest'
import type { ChosenHistory } from './hearth.ts'
import { setUp } from './sample-engine.test-data.ts'

const START = Date.UTC(2026, 0, 1)
const GOODREADS = [
  'Title,Author,Exclusive Shelf,My Rating,Date Read,Date Added',
  'Sea 2,Author 2,read,5,2025/12/20,2025/11/01',
  'Sea 4,Author 4,read,0,2025/12/10,2025/11/01',
  'Sea 6,Author 0,to-read,0,,2025/11/05',
  'Nothing like it,Nobody,read,4,2025/12/01,2025/11/01',
  'Space 3,Author 3,did-not-finish,0,,',
].join('\n')

test('a history is read, matched and shown, and nothing is stored', async () => {
  const { engine, notices } = await setUp()
  const preview = await engine.readHistory(GOODREADS, 'library.csv')
  expect(preview).toMatchObject({ source: 'Goodreads', entries: 5, skipped: [] })
  expect(
    preview.matched.map(({ item, becomes, isSure, isKnown }) => [
      item.id,
      becomes,
      isSure,
      isKnown,
    ]),
  ).toEqual([
    ['id2', 'rate', true, false],
    ['id4', 'finish', true, false],
    ['id6', 'save', true, false],
    ['id3', 'dislike', true, false],
  ])
  expect(preview.unmatched.map(({ title }) => title)).toEqual(['Nothing like it'])
  expect(await engine.events()).toEqual([])
  expect(notices.filter(({ type }) => type === 'change')).toEqual([])
})

describe('what was chosen', () => {
  test('is added with its own dates, and without one with that of the import', async () => {
    const { engine } = await setUp()
    const preview = await engine.readHistory(GOODREADS)
    const { added, batch } = await engine.addHistory(preview)
    expect(added).toBe(4)
    const events = await engine.events()
    const noon = 43_200_000
    expect(
      events.map(({ item, kind, value, at }) => [item, kind, value, at]).sort(),
    ).toEqual([
      ['id2', 'rate', 5, Date.UTC(2025, 11, 20) + noon],
      ['id3', 'dislike', undefined, START + 3_600_000],
      ['id4', 'finish', undefined, Date.UTC(2025, 11, 10) + noon],
      ['id6', 'save', undefined, Date.UTC(2025, 10, 5) + noon],
    ])
    expect(events.every(({ slate }) => slate === batch)).toBe(true)
  })

  test('changes what is recommended, and one undo leaves it as it was', async () => {
    const { engine, settle } = await setUp()
    const list = async () =>
      (await engine.recommend({ count: 6 })).items.map(({ id }) => id)
    const before = await list()
    const preview = await engine.readHistory(GOODREADS)
    const { batch } = await engine.addHistory(preview)
    await settle()
    const after = await list()
    expect(after).not.toEqual(before)
    expect(after).not.toContain('id2')
    expect(await engine.undoHistory(batch)).toBe(4)
    await settle()
    expect(await list()).toEqual(before)
    expect(await engine.events()).toEqual([])
    expect(await engine.undoHistory(batch)).toBe(0)
  })

  test('is added once, however often its file is read', async () => {
    const { engine } = await setUp()
    await engine.addHistory(
      await engine.readHistory(GOODREADS.replace(/.*finish.*/, '')),
    )
    const again = await engine.readHistory(GOODREADS)
    expect(again.matched.map(({ isKnown }) => isKnown)).toEqual([
      true,
      true,
      true,
      false,
    ])
    const { added } = await engine.addHistory({
      ...again,
      at: again.at + 1,
      batch: 'history:x:1',
    })
    expect(added).toBe(1)
    expect(await engine.events()).toHaveLength(4)
  })

  test('by a call that is made again, as after a worker died, is counted the same', async () => {
    const { engine } = await setUp()
    const preview = await engine.readHistory(GOODREADS)
    expect((await engine.addHistory(preview)).added).toBe(4)
    expect((await engine.addHistory(preview)).added).toBe(4)
    expect(await engine.events()).toHaveLength(4)
  })

  test('a rating that changed is a new event, and the newest counts', async () => {
    const { engine } = await setUp()
    await engine.addHistory(await engine.readHistory(GOODREADS))
    const changed = GOODREADS.replace('read,5,2025/12/20', 'read,2,2025/12/28')
    await engine.addHistory(await engine.readHistory(changed))
    const item = await engine.item('id2')
    expect(item?.item.reaction?.rated?.stars).toBe(2)
  })

  test('of no preview, or with hostile fields, is refused whole', async () => {
    const { engine } = await setUp()
    const preview = await engine.readHistory(GOODREADS)
    const [first, second] = preview.matched
    const hostile = {
      ...second!,
      entry: { ...second!.entry, kind: 'rated' as const, stars: 99 },
    }
    for (const wrong of [undefined, {}, 'x']) {
      await expect(engine.addHistory(wrong as ChosenHistory)).rejects.toMatchObject({
        code: 'bad-argument',
      })
    }
    await expect(
      engine.addHistory({ ...preview, matched: [first!, hostile] }),
    ).rejects.toMatchObject({ code: 'bad-profile' })
    expect(await engine.events()).toEqual([])
  })

  test('on items that are not here is left out', async () => {
    const { engine } = await setUp()
    const preview = await engine.readHistory(GOODREADS)
    const [first] = preview.matched
    const gone = { ...first!, item: { id: 'gone', title: 'Gone' } }
    expect((await engine.addHistory({ ...preview, matched: [gone] })).added).toBe(0)
  })
})

test('a file that is none leaves everything as it was', async () => {
  const { engine } = await setUp()
  await expect(
    engine.readHistory(new Blob(['%PDF-1.4']), 'cv.pdf'),
  ).rejects.toMatchObject({
    code: 'bad-profile',
    message: expect.stringContaining('“cv.pdf” seems to be a PDF'),
  })
  expect(await engine.events()).toEqual([])
})

test('a history of long ago alone still makes a list', async () => {
  const { engine } = await setUp()
  const old = GOODREADS.replaceAll('2025/', '1999/')
  await engine.addHistory(await engine.readHistory(old))
  const { items } = await engine.recommend({ count: 6 })
  expect(items).toHaveLength(6)
  expect(items.every(({ score }) => Number.isFinite(score))).toBe(true)
})
