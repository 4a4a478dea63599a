import { expect, test } from 'vitest'
import { formatWarning } from './cleaning-log.ts'
import { readSources } from './read-sources.ts'
import { type TempFolder, tempFolder } from './temp-folder.test-data.ts'

const PRODUCTS =
  'sku,title,brand,price\nA-1,Blue shirt,Acme,\nB-2,Old hat,Acme,5\nC-3,Shoes,Zed,\n'

function written(files: Readonly<Record<string, string>>) {
  const folder: TempFolder = tempFolder()
  const paths = Object.entries(files).map(([name, text]) => folder.write(name, text))
  return { paths, shown: (text = '') => text.replaceAll(`${folder.path}/`, '') }
}

test('tables without titles add to items by id: prices, stock in several places, categories', async () => {
  const { paths, shown } = written({
    'stock.csv': 'id,sku,stock\n1,A-1,0\n2,A-1,4\n3,B-2,0\n4,X-9,1\n',
    'products.csv': PRODUCTS,
    'prices.tsv': 'SKU\tPrice\tCurrency\nA-1\t19.99\tEUR\nB-2\t7\tEUR\n',
    'categories.csv': 'product_sku_id,category\nA-1,Shirts\nA-1,Sale\nC-3,Shoes\n',
  })
  const { items, sources } = await readSources(paths, {}, { keepSoldOut: true })
  expect(items).toEqual([
    {
      ...{ id: 'A-1', title: 'Blue shirt', authors: ['Acme'], available: true },
      ...{ price: 19.99, currency: 'EUR', genres: ['Shirts', 'Sale'] },
    },
    {
      ...{ id: 'B-2', title: 'Old hat', authors: ['Acme'], available: false },
      ...{ price: 7, currency: 'EUR' },
    },
    { id: 'C-3', title: 'Shoes', authors: ['Zed'], genres: ['Shoes'] },
  ])
  expect(sources.map(({ summary }) => shown(summary))).toEqual([
    'stock.csv: adds available to 2 of 3 items',
    'products.csv: 3 items',
    'prices.tsv: sets price of 1 of 3 items; adds price, currency to 2 of 3 items',
    'categories.csv: adds categories to 2 of 3 items',
  ])
  expect(sources[0].report.warnings).toEqual([
    {
      what: 'rows of items that no other source has: skipped',
      count: 1,
      lines: [5],
    },
  ])
})

test('what a stock table states sold out is left out and counted', async () => {
  const { paths } = written({
    'products.csv': PRODUCTS,
    'stock.csv': 'sku,stock\nA-1,0\nB-2,2\nC-3,1\n',
  })
  const { items, sources } = await readSources(paths)
  expect(items.map(({ id }) => id)).toEqual(['B-2', 'C-3'])
  expect(sources[0].report.leftOut).toMatchObject({ soldOut: 1 })
})

test('prices and stock of a table without titles win over those of the items', async () => {
  const { paths, shown } = written({
    'products.csv':
      'sku,title,price,currency,stock,year\nA-1,Shirt,10,EUR,4,1999\nB-2,Hat,5,EUR,0,\nC-3,Shoes,9,EUR,1,\n',
    'stock.csv': 'sku,stock,price,year\nA-1,0,12,2001\nB-2,3,6,\n',
  })
  const { items, sources } = await readSources(paths, {}, { keepSoldOut: true })
  expect(items).toEqual([
    {
      ...{ id: 'A-1', title: 'Shirt', price: 12, currency: 'EUR' },
      ...{ available: false, year: 1999 },
    },
    { id: 'B-2', title: 'Hat', price: 6, currency: 'EUR', available: true },
    { id: 'C-3', title: 'Shoes', price: 9, currency: 'EUR', available: true },
  ])
  expect(shown(sources[1]?.summary)).toBe(
    'stock.csv: sets price, available of 2 of 3 items',
  )
  const inStock = await readSources(paths)
  expect(inStock.items.map(({ id }) => id)).toEqual(['B-2', 'C-3'])
})

test('items of several formats follow each other; a known id fills what is open', async () => {
  const { paths, shown } = written({
    'a.csv': 'id,title,url\n1,Dune,/dune\n',
    'b.json':
      '{"books":[{"id":1,"title":"Dune again","url":"/x","year":1965},{"id":2,"title":"Emma"}]}',
    'c.xml':
      '<rss><channel><item><guid>3</guid><title>Kim</title></item></channel></rss>',
  })
  const { items, sources } = await readSources(paths)
  expect(items).toEqual([
    { id: '1', title: 'Dune', url: '/dune', year: 1965 },
    { id: '2', title: 'Emma' },
    { id: '3', title: 'Kim' },
  ])
  expect(sources.map(({ summary }) => shown(summary))).toEqual([
    'a.csv: 1 item',
    'b.json: 1 item, and 1 that earlier sources have',
    'c.xml: 1 item',
  ])
  const notes = sources.flatMap(({ report }) => report.notes ?? [])
  expect(notes.join()).not.toContain('no item has an address')
})

test('two tables that count from 1 and hold different things are refused', async () => {
  const { paths, shown } = written({
    'products.csv': 'productID,productName\n1,Chai\n2,Chang\n3,Aniseed Syrup\n9,Tofu\n',
    'categories.csv':
      'categoryID,categoryName,description\n1,Beverages,Drinks\n2,Condiments,Sauces\n3,Seafood,Fish\n',
  })
  const error: unknown = await readSources(paths).catch((thrown: unknown) => thrown)
  expect(shown(String(error))).toContain(
    'categories.csv has 3 ids of products.csv under other titles (1: "Beverages" is ' +
      '"Chai" there): they are different things. Build them apart, or give it ids of its own.',
  )
})

test('of a few ids under other titles nothing is taken, and they are counted', async () => {
  const { paths, shown } = written({
    'a.csv': 'id,title,colour\n1,Café chair,red\n2,Old Hat,\n3,Shoes,\n',
    'b.csv':
      'id,title,year,colour\n1,Cafe Chair (oak),1999,\n2,"Hat, old",2001,blue\n3,Lamp,2002,green\n4,Rug,2003,\n',
  })
  const { items, attributes, sources } = await readSources(paths)
  expect(items).toEqual([
    { id: '1', title: 'Café chair', year: 1999 },
    { id: '2', title: 'Old Hat', year: 2001 },
    { id: '3', title: 'Shoes' },
    { id: '4', title: 'Rug', year: 2003 },
  ])
  const colours = attributes.find(({ name }) => name === 'colour')
  expect(colours?.values[2]).toBeUndefined()
  const { report, summary } = sources[1]!
  expect(shown(summary)).toBe('b.csv: 1 item, and 2 that earlier sources have')
  expect(report.warnings.map(formatWarning)).toEqual([
    '1 × ids of earlier sources under other titles (3: "Lamp" is "Shoes" there): not used',
  ])
})

test('a table of known items with a name of something else only adds to them', async () => {
  const { paths } = written({
    'products.csv': PRODUCTS,
    'stock.csv': 'sku,warehouse_name,stock\nA-1,north,1\nB-2,north,1\nC-3,south,0\n',
  })
  const { items } = await readSources(paths)
  expect(items.map(({ title }) => title)).toEqual(['Blue shirt', 'Old hat'])
})

test("the owner's names count in the sources that have them", async () => {
  const { paths } = written({
    'a.csv': 'code,what\n1,Dune\n',
    'b.csv': 'id,title\n2,Emma\n',
  })
  const named = { id: 'code', title: 'what', url: '/b/{id}' }
  const { items } = await readSources(paths, named)
  expect(items).toEqual([
    { id: '1', title: 'Dune', url: '/b/1' },
    { id: '2', title: 'Emma', url: '/b/2' },
  ])
  await expect(readSources(paths, { title: 'nowhere' })).rejects.toThrow(
    'no column "nowhere" (--title)',
  )
})

test.each([
  [
    'interactions',
    'userId,movieId,rating\n1,A-1,5\n',
    /events\.csv holds interactions, not items: .* Give it as --interactions/,
  ],
  [
    'ids of something else',
    'sku,stock\nZ-1,5\n',
    /cannot join .*events\.csv: it has no titles, .* Its columns: sku, stock; its first row: Z-1, 5\./,
  ],
  ['ids alone', 'sku,colour\nA-1,red\n', /nothing to add in .*events\.csv/],
])('a source of %s is one clear error', async (_, text, message) => {
  const { paths } = written({ 'products.csv': PRODUCTS, 'events.csv': text })
  await expect(readSources(paths)).rejects.toThrow(message)
})
