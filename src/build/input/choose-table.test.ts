import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readInteractions } from './read-interactions.ts'
import { readItems } from './read-items.ts'
import { tempFolder } from './temp-folder.test-data.ts'

const zip = (files: Readonly<Record<string, string>>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([k, v]) => [k, strToU8(v)])))

test('of an archive the items are read, and its interactions where those are asked for', async () => {
  const path = tempFolder().write(
    'games.zip',
    zip({
      'games/plays.dat': 'User_ID\tGame_ID\tHours\n1\t7\t2\n2\t7\t3\n2\t8\t1\n',
      'games/info.dat': 'Game_ID\tGame Name\n7\tThe Mill\n8\tRiver Run\n',
      'games/README': 'about',
    }),
  )
  const { items, report } = await readItems(path)
  expect(items.map(({ title }) => title)).toEqual(['The Mill', 'River Run'])
  expect(report.notes).toContain('it is a zip archive: games/info.dat is read')
  const indices = new Map(items.map(({ id }, index) => [id, index]))
  const { interactions } = await readInteractions(path, indices, { now: 0 })
  expect(interactions).toMatchObject({ userCount: 2 })
  expect([...interactions.rows]).toEqual([0, 0, 1])
})

test('of a document of tables the items are read, whichever is longest', async () => {
  const many = (count: number, make: (i: number) => object) =>
    Array.from({ length: count }, (_, i) => make(i + 1))
  const path = tempFolder().write(
    'shop.json',
    JSON.stringify({
      Customer: many(5, (i) => ({ CustomerId: i, FirstName: 'A', Email: 'x' })),
      Track: many(4, (i) => ({ TrackId: i, Name: `Song ${i}`, UnitPrice: 0.99 })),
      PlaylistTrack: many(9, (i) => ({ PlaylistId: 1, TrackId: i })),
    }),
  )
  const { items, report } = await readItems(path)
  expect(items).toHaveLength(4)
  expect(items[0]).toEqual({ id: '1', title: 'Song 1', price: 0.99 })
  expect(report.notes![0]).toBe('the rows are those of "Track" (4 objects)')
})
