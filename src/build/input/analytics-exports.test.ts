/** Exports of Google Analytics 4, Matomo and others, cut small. */
import { expect, test } from 'vitest'
import { readInteractions } from './read-interactions.ts'
import { tempFolder } from './temp-folder.test-data.ts'

const NOW = Date.UTC(2026, 0, 1)
const ITEMS = [
  { id: 'lamp', title: 'Red Lamp', url: '/products/lamp' },
  { id: 'chair', title: 'Oak Chair', url: '/products/chair' },
  { id: 'table', title: 'Table', url: '/products/table' },
]
const ROWS = new Map(ITEMS.map(({ id }, index) => [id, index]))

async function read(content: string | Uint8Array, named = {}) {
  const path = tempFolder().write('export', content)
  const read = await readInteractions(path, ROWS, { now: NOW, items: ITEMS, named })
  const { interactions, totals, report } = read
  const events = Array.from(interactions.users, (user, at) => [
    ...[user, ITEMS[interactions.rows[at]!]!.id],
    Number(interactions.weights[at]!.toFixed(3)),
  ])
  return {
    ...{ interactions, totals, report, events },
    text: report.understood!.join('\n'),
  }
}

const param = (key: string, value: object) => ({ key, value })
const page = (url: string) => [
  param('ga_session_id', { string_value: null, int_value: 17 }),
  param('page_location', { string_value: url, int_value: null }),
]
const ga4 = (user: string, event_name: string, more: object) =>
  JSON.stringify({
    ...{ event_date: '20250517', event_timestamp: '1747476000123456', event_name },
    ...{ user_pseudo_id: user, user_id: null, event_params: [], items: [], ...more },
  })

test('GA4 in BigQuery: items by id or name, pages by address, times in microseconds', async () => {
  const { events, interactions, report, text } = await read(
    [
      ga4('1.2', 'session_start', { event_params: page('https://x.example/') }),
      ga4('1.2', 'page_view', {
        event_params: page('https://www.shop.example/products/chair?gclid=1'),
      }),
      ga4('1.2', 'view_item', { items: [{ item_id: 'lamp', item_name: 'Red Lamp' }] }),
      ga4('3.4', 'purchase', {
        items: [
          { item_id: 'SKU-9', item_name: 'Red Lamp', quantity: 2 },
          { item_id: 'table', item_name: 'Table', quantity: 1 },
        ],
      }),
      ga4('3.4', 'view_item_list', {
        items: [{ item_id: 'chair' }, { item_id: 'lamp' }],
      }),
      ga4('3.4', 'page_view', { event_params: page('https://shop.example/') }),
      ga4('3.4', 'remove_from_cart', { items: [{ item_id: 'chair', quantity: 1 }] }),
    ].join('\n'),
  )
  expect(events).toEqual([
    [0, 'chair', 0.2],
    [0, 'lamp', 0.2],
    [1, 'lamp', 2],
    [1, 'table', 1],
  ])
  expect(interactions.times?.[0]).toBe(1747476000123)
  expect(text).toContain('user ← user_pseudo_id')
  expect(text).toContain('by title: 1 row')
  expect(text).toContain('read as the BigQuery export of Google Analytics 4')
  expect(text).toContain('events of no item: 1 session_start')
  expect(text).toContain('pages of no item, the most frequent: / 1')
  expect(report.warnings).toMatchObject([
    { what: 'rows of pages that are of no item: skipped', count: 1 },
  ])
})

test("Matomo's Live API: page views, orders and abandoned carts of a visitor", async () => {
  const { events, text } = await read(
    JSON.stringify([
      {
        ...{ idVisit: 1, visitorId: 'c3f1', serverTimestamp: 1747476000 },
        actionDetails: [
          {
            type: 'action',
            url: 'https://shop.example/products/lamp',
            timestamp: 1747476000,
          },
          { type: 'search', siteSearchKeyword: 'oak', timestamp: 1747476005 },
          {
            ...{ type: 'ecommerceAbandonedCart', timestamp: 1747476010 },
            itemDetails: [{ itemSKU: 'chair', itemName: 'Oak Chair', quantity: 1 }],
          },
        ],
      },
      {
        ...{ idVisit: 2, visitorId: 'd4a2', serverTimestamp: 1747476100 },
        actionDetails: [
          {
            ...{ type: 'ecommerceOrder', timestamp: 1747476100 },
            itemDetails: [{ itemSKU: 'x9', itemName: 'Table', quantity: 3 }],
          },
        ],
      },
    ]),
  )
  expect(events).toEqual([
    [0, 'lamp', 0.2],
    [0, 'chair', 0.5],
    [1, 'table', 3],
  ])
  expect(text).toContain('events of no item: 1 search')
})

const COMMENTS = [
  '# ----------------------------------------',
  '# Ecommerce purchases',
  '# Start date: 20250101',
  '# ----------------------------------------',
  '',
].join('\n')

test("GA4's report of items is totals, each column worth what it counts", async () => {
  const { totals, text, report } = await read(
    `${COMMENTS}Item ID,Items viewed,Items added to cart,Items purchased,Item revenue\n` +
      ',"1,310",40,12,900\nlamp,"1,200",30,10,800\nchair,100,10,2,100\ngone,10,0,0,0',
  )
  expect([...totals!.counts]).toEqual([10 + 15 + 240, 2 + 5 + 20, 0])
  expect(text).toContain(
    'totals an item, no users: item ← Item ID, popularity ← Items purchased (×1) + ' +
      'Items added to cart (×0.5) + Items viewed (×0.2)',
  )
  expect(text).toContain('2 items of 3 have a count above 0')
  expect(report.warnings.map(({ what, count }) => [what, count])).toEqual([
    ['rows without an item: skipped', 1],
    ['rows of items that are not in the catalogue: skipped', 1],
  ])
})

test('reports of pages are totals of the items whose pages they are', async () => {
  for (const content of [
    `${COMMENTS}Page path and screen class,Views,Users\n/products/lamp,12,7\n/products/lamp/,3,1\n/,99,50`,
    'name,visitors,pageviews\n/products/lamp,7,15\n/,50,99',
    'label,nb_visits,nb_hits,url\nlamp - Shop,4,15,https://shop.example/products/lamp\nHome,9,99,https://shop.example/',
  ]) {
    const { totals, text } = await read(content)
    expect([...totals!.counts]).toEqual([15, 0, 0])
    expect(text).toContain('(by address)')
  }
})

test('pages of a report that are of no item are named, in the error too', async () => {
  const { text, report } = await read(
    'page,views\n/products/lamp,3\n/about,9\n/about/,1',
  )
  expect(text).toContain('pages of no item, the most frequent: /about 2')
  expect(report.warnings).toMatchObject([
    { what: 'rows of pages that are of no item: skipped', count: 2, lines: [3, 4] },
  ])
  await expect(read('page,views\n/about,9')).rejects.toThrow(
    'An unknown item is "/about". Expected ids of the catalogue, or addresses of its pages.',
  )
})

test('Matomo writes its reports in UTF-16', async () => {
  const text =
    '\uFEFFLabel\tVisits\tHits\tMetadata: url\n/lamp\t4\t15\thttps://shop.example/products/lamp'
  const { totals } = await read(Buffer.from(text, 'utf16le'))
  expect(totals?.counts[0]).toBe(15)
})

test('events that name their items by address, or by title, are matched and that is reported', async () => {
  const byPage = await read(
    'session_id,url_path,created_at\na,/products/lamp,2025-05-17\na,/de/products/chair,2025-05-17\nb,/about,2025-05-17',
  )
  expect(byPage.events).toEqual([
    [0, 'lamp', 1],
    [0, 'chair', 1],
  ])
  expect(byPage.text).toContain('item ← url_path (by address)')
  const byTitle = await read('user,title\na,red  lamp\nb,Oak Chair\nb,Nothing')
  expect(byTitle.events).toEqual([
    [0, 'lamp', 1],
    [1, 'chair', 1],
  ])
  expect(byTitle.text).toContain('item ← title (by title)')
})

test('a title that two items share matches neither', async () => {
  const items = [...ITEMS, { id: 'twin', title: 'Table' }]
  const path = tempFolder().write('e.csv', 'user,product\na,Table\na,Red Lamp')
  const rows = new Map(items.map(({ id }, index) => [id, index]))
  const { interactions } = await readInteractions(path, rows, { now: NOW, items })
  expect([...interactions.rows]).toEqual([0])
})

test('ids come before addresses and titles', async () => {
  const { events, text } = await read(
    'user,product_id,url,title\na,chair,/products/lamp,Table',
  )
  expect(events).toEqual([[0, 'chair', 1]])
  expect(text).toContain('not used: url, title')
})

test('ids that a program wrote as decimals are the same ids', async () => {
  const items = [{ id: '12', title: 'x' }]
  const path = tempFolder().write('e.csv', 'user,item\n1.0,12.0')
  const rows = new Map([['12', 0]])
  const { interactions } = await readInteractions(path, rows, { now: NOW, items })
  expect(interactions.rows).toHaveLength(1)
})

test('the owner may name the column that counts', async () => {
  const { totals } = await read('id,views,mine\nlamp,1,50\nchair,9,60', {
    weight: 'mine',
  })
  expect([...totals!.counts]).toEqual([50, 60, 0])
  expect(totals?.from).toBe('mine')
})
