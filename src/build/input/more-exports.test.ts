/** Further exports, each a small invented file with the true one's columns. */
import { gzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { formatLeftOut } from './cleaning-log.ts'
import { readItems } from './read-items.ts'
import { tempFolder } from './temp-folder.test-data.ts'

function read(name: string, content: string | Uint8Array) {
  return readItems(tempFolder().write(name, content))
}

const WOO = {
  id: 30,
  name: 'Cap &amp; hat',
  slug: 'cap',
  permalink: 'https://shop.example/product/cap/',
  date_created: '2019-05-24T09:32:35',
  type: 'simple',
  status: 'publish',
  catalog_visibility: 'visible',
  description: '<p>Warm.</p>\n',
  short_description: '',
  sku: '',
  price: '16',
  regular_price: '18',
  stock_quantity: null,
  stock_status: 'onbackorder',
  parent_id: 0,
  categories: [{ id: 1, name: 'Accessories', slug: 'accessories' }],
  tags: [{ id: 2, name: 'Winter', slug: 'winter' }],
  images: [{ id: 3, src: 'https://shop.example/cap.jpg', name: 'cap', alt: '' }],
}

test('WooCommerce API: pictures, categories and tags by name, hidden and private products out', async () => {
  const { items, report } = await read(
    'products.json',
    JSON.stringify([
      WOO,
      { ...WOO, id: 31, stock_status: 'outofstock' },
      { ...WOO, id: 32, catalog_visibility: 'hidden' },
      { ...WOO, id: 33, status: 'private' },
    ]),
  )
  expect(items).toEqual([
    {
      id: '30',
      title: 'Cap & hat',
      genres: ['Accessories', 'Winter'],
      url: 'https://shop.example/product/cap/',
      image: 'https://shop.example/cap.jpg',
      description: 'Warm.',
      price: 16,
      available: true,
      published: '2019-05-24',
    },
  ])
  expect(formatLeftOut(report.leftOut)).toBe('2 drafts, 1 out of stock left out')
})

test('BigCommerce, version 3: variants and pictures follow their product', async () => {
  const { items, report } = await read(
    'products.csv',
    [
      'Item,ID,Name,Type,SKU,Options,Inventory Tracking,Current Stock,Price,Sale Price,Brand ID,Categories,Description,Product URL,Is Visible,Internal Image URL (Export),Image URL (Import)',
      'Product,100,My Guitar,physical,G-1,,none,0,299.00,,4,23;25,<p>Warm.</p>,/my-guitar/,TRUE,,',
      'Variant,501,,,G-1-R,Color=Red,,0,310.00,,,,,,,,',
      'Image,200,,,,,,,,,,,,,,https://cdn.example/g.jpg,',
      'Product,101,Hidden,physical,H-1,,none,0,5,,,,,/hidden/,FALSE,,',
      'Image,201,,,,,,,,,,,,,,https://cdn.example/h.jpg,',
    ].join('\n'),
  )
  expect(items).toEqual([
    {
      id: '100',
      title: 'My Guitar',
      url: '/my-guitar/',
      image: 'https://cdn.example/g.jpg',
      description: 'Warm.',
      price: 299,
    },
  ])
  expect(report.warnings).toEqual([])
})

test("IMDb: a visitor's ratings and lists", async () => {
  const { items } = await read(
    'ratings.csv',
    [
      'Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors',
      'tt0133093,9,2024-03-15,The Matrix,The Matrix,https://www.imdb.com/title/tt0133093/,Movie,8.7,136,1999,"Action, Sci-Fi",2000000,1999-03-31,"Lana Wachowski, Lilly Wachowski"',
    ].join('\n'),
  )
  expect(items).toEqual([
    {
      id: 'tt0133093',
      title: 'The Matrix',
      authors: ['Lana Wachowski', 'Lilly Wachowski'],
      year: 1999,
      genres: ['Action', 'Sci-Fi'],
      url: 'https://www.imdb.com/title/tt0133093/',
      published: '1999-03-31',
    },
  ])
})

test('Open Library: a dump, packed, its JSON in the fifth cell', async () => {
  const record = (key: string, more: object) =>
    JSON.stringify({ key, type: { key: '/type/work' }, latest_revision: 3, ...more })
  const mine = record('/works/OL1W', {
    title: 'The "Sea"',
    authors: [{ author: { key: '/authors/OL9A' } }],
    subjects: ['Ships', 'Oceans'],
    covers: [-1, 12],
    description: { type: '/type/text', value: 'Waves.' },
    first_publish_date: 'June 1911',
  })
  const other = record('/works/OL2W', { title: 'Emma', description: 'A village.' })
  const text = [mine, other]
    .map((json, i) => `/type/work\t/works/OL${i + 1}W\t3\t2010-01-01T00:00:00\t${json}`)
    .join('\n')
  const { items } = await read('works.txt.gz', gzipSync(new TextEncoder().encode(text)))
  expect(items).toEqual([
    {
      id: '/works/OL1W',
      title: 'The "Sea"',
      year: 1911,
      genres: ['Ships', 'Oceans'],
      url: 'https://openlibrary.org/works/OL1W',
      image: 'https://covers.openlibrary.org/b/id/12-L.jpg',
      description: 'Waves.',
    },
    {
      id: '/works/OL2W',
      title: 'Emma',
      url: 'https://openlibrary.org/works/OL2W',
      description: 'A village.',
    },
  ])
})

test('JSON Feed: its fields, an external address where there is no other, notes by their text', async () => {
  const { items } = await read(
    'feed.json',
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'A feed',
      items: [
        {
          id: 'https://a.example/1',
          url: 'https://a.example/1',
          title: 'First',
          content_html: '<p>Hi &amp; there</p>',
          date_published: '2020-08-07T11:44:36-05:00',
          tags: ['cats'],
          authors: [{ name: 'Ann', url: 'https://ann.example' }],
          banner_image: 'https://a.example/1.jpg',
          language: 'en',
        },
        { id: '2', external_url: 'https://b.example/y', content_text: 'A note.' },
      ],
    }),
  )
  expect(items).toEqual([
    {
      id: 'https://a.example/1',
      title: 'First',
      authors: ['Ann'],
      year: 2020,
      genres: ['cats'],
      url: 'https://a.example/1',
      image: 'https://a.example/1.jpg',
      description: 'Hi & there',
      language: 'en',
      published: '2020-08-07',
    },
    {
      id: '2',
      title: 'A note.',
      url: 'https://b.example/y',
      description: 'A note.',
    },
  ])
})

test('Google Merchant XML and MovieLens CSV', async () => {
  const merchant = await read(
    'feed.xml',
    `<rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>s1</g:id>
     <g:title>Shirt</g:title><g:link>https://shop.example/s1</g:link>
     <g:image_link>https://shop.example/s1.jpg</g:image_link><g:brand>Acme</g:brand>
     <g:product_type>Men &gt; Shirts, long</g:product_type>
     <g:price>15.00 EUR</g:price><g:availability>in_stock</g:availability></item>
     </channel></rss>`,
  )
  expect(merchant.items).toEqual([
    {
      id: 's1',
      title: 'Shirt',
      authors: ['Acme'],
      genres: ['Men', 'Shirts, long'],
      url: 'https://shop.example/s1',
      image: 'https://shop.example/s1.jpg',
      price: 15,
      currency: 'EUR',
      available: true,
    },
  ])
  const films = await read(
    'movies.csv',
    'movieId,title,genres\n1,"American President, The (1995)",Comedy|Drama\n2,Untold,(no genres listed)\n',
  )
  expect(films.items).toMatchObject([
    { id: '1', year: 1995, genres: ['Comedy', 'Drama'] },
    { id: '2', title: 'Untold' },
  ])
  expect(films.items[1]).not.toHaveProperty('genres')
})
