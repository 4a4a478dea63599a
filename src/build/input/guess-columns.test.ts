import { expect, test } from 'vitest'
import { guessId, guessTitle } from './guess-columns.ts'
import { readItems } from './read-items.ts'
import { tempFolder } from './temp-folder.test-data.ts'

const read = (name: string, text: string, named = {}) =>
  readItems(tempFolder().write(name, text), named)

const asRows = (rows: readonly (readonly string[])[]) =>
  rows.map((cells, at) => ({ line: at + 2, cells }))

test('a title is the column of words that differ, whatever its name', async () => {
  const { items, report, columns } = await read(
    'quotes.json',
    JSON.stringify([
      { id: 1, quote: 'Go and find the sea.', author: 'A. Lind' },
      { id: 2, quote: 'Every door was a wall.', author: 'A. Lind' },
    ]),
  )
  expect(columns.columns).toEqual({ id: 'id', authors: 'author', title: 'quote' })
  expect(items[0]).toEqual({
    id: '1',
    title: 'Go and find the sea.',
    authors: ['A. Lind'],
  })
  expect(report.notes).toContain(
    'no title column by its name: quote is taken by what it holds; another: --title COLUMN',
  )
})

test('words that repeat, numbers, addresses and names of people are no title', () => {
  const columns = ['level', 'price', 'page', 'author', 'course']
  const sample = asRows([
    ['easy', '10', 'https://x.example/a', 'Ann Lee', 'First steps'],
    ['easy', '20', 'https://x.example/b', 'Bo Chen', 'Second steps'],
    ['hard', '30', 'https://x.example/c', 'Cy Diaz', 'Third steps'],
  ])
  const isFree = () => true
  expect(guessTitle(columns, { sample, isFree })).toBe(4)
  expect(guessTitle(columns.slice(0, 4), { sample, isFree })).toBeUndefined()
})

test('nothing like a title is refused, with the columns there are', async () => {
  const lines = ['paid,price,level', 'TRUE,20,Easy', 'TRUE,30,Easy', 'FALSE,0,Hard']
  await expect(read('x.csv', lines.join('\n'))).rejects.toThrow(
    /no title column in .*got paid, price, level\. Name it with --title COLUMN/,
  )
})

test('codes that are there once each are ids, ranks and repeated ones are not', () => {
  const sample = asRows([
    ['AB1', '1', 'x1'],
    ['AB2', '2', 'x1'],
    ['AB3', '3', 'x2'],
  ])
  const isFree = () => true
  expect(guessId(['iata', 'rank', 'zip code'], { sample, isFree })).toBe(0)
  expect(
    guessId(['rank', 'place', 'zip code'], { sample, isFree: (at) => at > 0 }),
  ).toBeUndefined()
})

test('pictures with a number and no title are called by their number', async () => {
  const text = 'accession_number,thumbnail\nA1,a/1.jpg\nA2,a/2.jpg\n'
  const { items } = await read('x.csv', text)
  expect(items[0]).toEqual({ id: 'A1', title: 'A1', image: 'a/1.jpg' })
})

test('where one title is missing, another of the row stands in', async () => {
  const text = 'mal_id,title_eng,title_jap\n1,The Bell,Kane\n2,,Umi no koe\n'
  const { items, columns } = await read('anime.csv', text)
  expect(items.map(({ title }) => title)).toEqual(['The Bell', 'Umi no koe'])
  expect(columns.text).toContain('title ← title_eng')
})

test('a second title is left alone where none is missing', async () => {
  const { columns } = await read('x.csv', 'id,title,seo title\n1,A tale,Buy\n2,B,Buy\n')
  expect(columns.unused).toEqual(['seo title'])
})

test('categories and tags come together, each name once', async () => {
  const text = 'id,title,category,tags\n1,Mascara,beauty,"Beauty, mascara"\n'
  const { items } = await read('x.csv', text)
  expect(items[0]!.genres).toEqual(['beauty', 'mascara'])
})

test('a path written as in addresses is its names', async () => {
  const text = 'id,title,cuisine_path\n1,Pie,/Desserts/Pies/\n2,Half/half,Tea/Coffee\n'
  const { items } = await read('x.csv', text)
  expect(items.map(({ genres }) => genres)).toEqual([
    ['Desserts', 'Pies'],
    ['Tea/Coffee'],
  ])
})

test('categoryID with categoryName is a table of categories', async () => {
  const { items } = await read(
    'x.csv',
    'categoryID,categoryName\n1,Teas\n2,Oils\n3,Oils\n',
  )
  expect(items.map(({ id, title }) => [id, title])).toEqual([
    ['1', 'Teas'],
    ['2', 'Oils'],
    ['3', 'Oils'],
  ])
})

test('a year written as its first day is a year, and no day it came out', async () => {
  const { items } = await read('x.csv', 'id,title,Year\n1,A car,1970-01-01\n')
  expect(items[0]).toEqual({ id: '1', title: 'A car', year: 1970 })
})

test('a table without a header keeps its first row, and is read by what it holds', async () => {
  const lines = [
    'The Long Road;Ada Moor;1958;Nigeria;English;road.jpg;https://x.example/road',
    'Fair Winds;Bo Lind;1836;Denmark;Danish;winds.jpg;https://x.example/winds',
  ]
  const { items, report } = await read('books.csv', lines.join('\n'))
  expect(items[0]).toEqual({
    id: 'https://x.example/road',
    title: 'The Long Road',
    year: 1958,
    language: 'en',
    image: 'road.jpg',
    url: 'https://x.example/road',
  })
  expect(items).toHaveLength(2)
  expect(report.notes).toContain('it has no header: its first line is read as a row')
})

test('a list of names alone is a catalogue', async () => {
  const { items } = await read('games.csv', 'Outburst;\nThe Old Mill;\nRiver Run;\n')
  expect(items.map(({ title }) => title)).toEqual([
    'Outburst',
    'The Old Mill',
    'River Run',
  ])
})

test('a header with a year in it stays one', async () => {
  const { items } = await read('x.csv', 'game,2019,2020\nThe Mill,12,15\nRoad,7,9\n')
  expect(items.map(({ title }) => title)).toEqual(['The Mill', 'Road'])
})

test('interactions given as items are sent where they belong', async () => {
  await expect(read('x.csv', 'user,item,rating\n1,2,3\n1,3,4\n')).rejects.toThrow(
    /it looks like interactions \(user, item, rating\)\. Give it with --interactions/,
  )
})

test('the template of a feed is no feed', async () => {
  const text =
    '---\nlayout: none\n---\n<?xml version="1.0"?>\n<rss>{{ site.title }}</rss>'
  await expect(read('feed.xml', text)).rejects.toThrow(
    /feed\.xml is a page or template of a site generator\. Give the folder of pages/,
  )
})

test('bytes written as digits are no picture', async () => {
  const bytes = `0x151C${'2F00'.repeat(60)}`
  const { items, report } = await read('x.csv', `id,name,picture\n1,Teas,${bytes}\n`)
  expect(items[0]).toEqual({ id: '1', title: 'Teas' })
  expect(report.warnings[0]!.what).toBe('image: not text, left out')
})
