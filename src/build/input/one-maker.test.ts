import { expect, test } from 'vitest'
import { oneMakerNotes } from './one-maker.ts'
import { readItems } from './read-items.ts'
import { tempFolder } from './temp-folder.test-data.ts'

const made = (count: number, by: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => ({
    ...{ id: `${index}`, title: `Thing ${index}`, authors: [by(index)] },
  }))

test('a maker that nearly every item has is stated', () => {
  const nearlyAll = made(20, (index) => (index === 0 ? 'Zed' : 'Acme'))
  expect(oneMakerNotes(nearlyAll)).toEqual([
    'authors is "Acme" on 19 of 20 items: if another column holds the maker, --authors COLUMN',
  ])
  expect(oneMakerNotes(made(20, (index) => (index < 2 ? 'Zed' : 'Acme')))).toEqual([])
  expect(oneMakerNotes(made(9, () => 'Acme'))).toEqual([])
})

test('the notes of a table have it', async () => {
  const rows = made(10, () => 'Acme').map(
    ({ id, title }) => `${id},${title},Acme,/${id}`,
  )
  const path = tempFolder().write('a.csv', `id,title,vendor,url\n${rows.join('\n')}\n`)
  const { report } = await readItems(path)
  expect(report.notes?.join()).toContain('authors is "Acme" on 10 of 10 items')
})
