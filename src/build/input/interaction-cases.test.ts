/** Interactions as real shops and data sets export them, and what is right for each. */
import { expect, test } from 'vitest'
import { popularityOf, toPositives } from '../dataset/positives.ts'
import { userRatings } from '../dataset/user-ratings.ts'
import { findTables } from './find-tables.ts'
import { describeInteractions, readInteractions } from './read-interactions.ts'
import { tempFolder } from './temp-folder.test-data.ts'

const NOW = Date.UTC(2026, 0, 1)

function rowsOf(...ids: readonly string[]) {
  return new Map(ids.map((id, index) => [id, index]))
}

/** Reads and gives the events as [user, item id, weight], besides all else. */
async function read(
  name: string,
  content: string,
  { ids = ['1', '2', '3'], named = {} } = {},
) {
  const path = tempFolder().write(name, content)
  const { interactions, report } = await readInteractions(path, rowsOf(...ids), {
    now: NOW,
    named,
  })
  const { users, rows, weights } = interactions
  const events = Array.from(users, (user, at) => [user, ids[rows[at]!], weights[at]])
  return { interactions, events, report, understood: report.understood!.join('\n') }
}

const json = (value: unknown) => JSON.stringify(value)

test("a cart's id is no item: each of its products is one, weighed by quantity", async () => {
  const carts = [
    {
      id: 1,
      userId: 7,
      products: [
        { id: 2, quantity: 1 },
        { id: 3, quantity: 2 },
      ],
    },
    { id: 2, userId: 8, products: [{ id: 3, quantity: 1 }] },
  ]
  const { events, report, understood } = await read('carts.json', json(carts))
  expect(events).toEqual([
    [0, '2', 1],
    [0, '3', 2],
    [1, '3', 1],
  ])
  expect(report).toMatchObject({ rowsRead: 3, rowsKept: 3, warnings: [] })
  expect(understood).toBe(
    'user ← userId, item ← products[].id, quantity ← products[].quantity\nnot used: id',
  )
})

test('lines with productId, a product inside, or only a list of ids are read alike', async () => {
  const lines = (products: unknown) => json([{ id: 1, userId: 7, products }])
  for (const products of [
    [{ productId: 2, quantity: 1 }],
    [{ id: 9, product: { id: 2, title: 'Chair', images: [{ id: 1 }] } }],
    [2],
    '[2]',
    [{ id: 2 }],
  ]) {
    expect((await read('carts.json', lines(products))).events).toEqual([[0, '2', 1]])
  }
})

test('the orders of a user, each with lines, are followed', async () => {
  const users = [
    { id: 7, orders: [{ id: 1, created_at: '2020-05-01', lines: [{ sku: '2' }] }] },
    { id: 8, orders: [{ id: 3, created_at: '2020-05-02', lines: [{ sku: '3' }] }] },
  ]
  const { interactions, events } = await read('users.json', json(users))
  expect(events).toEqual([
    [0, '2', 1],
    [1, '3', 1],
  ])
  expect(interactions.times).toEqual(
    Float64Array.of(Date.UTC(2020, 4, 1), Date.UTC(2020, 4, 2)),
  )
})

test('order lines count by quantity up to ten, and returns are left out', async () => {
  const { events, report, understood } = await read(
    'orders.csv',
    [
      'order_id,customer,sku,quantity,status',
      '100,ann,1,2,paid',
      '100,ann,2,500,paid',
      '101,bob,3,-1,paid',
      '102,bob,1,1,refunded',
      '103,NA,2,1,paid',
      '103,NA,3,1,paid',
    ].join('\n'),
  )
  expect(events).toEqual([
    [0, '1', 2],
    [0, '2', 10],
    [1, '2', 1],
    [1, '3', 1],
  ])
  expect(report.warnings).toEqual([
    {
      what: 'rows whose quantity is not above 0 (returns): left out',
      count: 1,
      lines: [4],
    },
  ])
  expect(understood).toBe(
    'user ← customer, or order_id where it is empty (2 rows), item ← sku, ' +
      'quantity ← quantity, status ← status: 1 refunded left out',
  )
})

test('order lines without a customer are of one visitor an order', async () => {
  const { events } = await read(
    'lines.csv',
    'orderID,productID,unitPrice,quantity\n10,1,9,1\n10,2,9,1\n11,3,9,1',
  )
  expect(events.map(([user]) => user)).toEqual([0, 0, 1])
})

test('where user_id is NA, the session is the visitor, and eventdate is the time', async () => {
  const { interactions, events, understood } = await read(
    'clicks.csv',
    [
      'session_id;user_id;item_id;timeframe;eventdate',
      '1;NA;1;526309;2016-05-09',
      '1;NA;2;626309;2016-05-09',
      '2;NA;2;126309;2016-05-10',
      '2;NA;3;226309;2016-05-10',
      '3;NA;1;100;2016-05-11',
      '3;NA;3;900;2016-05-11',
    ].join('\n'),
  )
  expect(interactions.userCount).toBe(3)
  expect(events.map(([user]) => user)).toEqual([0, 0, 1, 1, 2, 2])
  expect(interactions.times?.[2]).toBe(Date.UTC(2016, 4, 10))
  expect(understood).toBe(
    'user ← session_id (user_id is empty), item ← item_id, time ← eventdate\n' +
      'not used: timeframe',
  )
})

test('no user is ever named for nothing', async () => {
  const nobody = ['', 'NA', 'N/A', 'NaN', 'null', 'None', 'undefined', 'anonymous']
  const lines = nobody.map((name) => `${name},1`)
  const { events, report } = await read(
    'e.csv',
    ['user,item', 'ann,1', ...lines].join('\n'),
  )
  expect(events).toEqual([[0, '1', 1]])
  expect(report.warnings).toMatchObject([
    { what: 'rows without a user: skipped', count: nobody.length },
  ])
})

const EVENTS = [1, 2, 3, 4, 5, 6].flatMap((user) => [
  `2019-10-01 00:00:0${user} UTC,purchase,1,${user}`,
  `2019-10-01 00:00:0${user} UTC,view,2,${user}`,
  `2019-10-01 00:00:0${user} UTC,remove_from_cart,3,${user}`,
])

test('a purchase counts for more than a view, a removal for nothing, and times are read', async () => {
  const { interactions, events, understood } = await read(
    'events.csv',
    ['event_time,event_type,product_id,user_id', ...EVENTS].join('\n'),
  )
  expect(events.slice(0, 2)).toEqual([
    [0, '1', 1],
    [0, '2', Math.fround(0.2)],
  ])
  expect(events.some(([, item]) => item === '3')).toBe(false)
  expect(interactions.times?.[0]).toBe(Date.UTC(2019, 9, 1, 0, 0, 1))
  expect(understood).toBe(
    'user ← user_id, item ← product_id, time ← event_time, event ← event_type: ' +
      '6 purchase (×1), 6 view (×0.2), 6 remove_from_cart left out',
  )
  const popularity = popularityOf(toPositives(interactions, 3))
  expect(popularity[0]).toBe(1)
  expect(popularity[1]).toBeGreaterThan(0)
  expect(popularity[1]).toBeLessThan(0.7)
  expect(popularity[2]).toBe(0)
})

test('words nobody knows are left out and listed with their counts', async () => {
  const { events, understood } = await read(
    'events.csv',
    'user,item,event\na,1,view\na,2,addToCart\nb,3,frobnicate\nb,1,frobnicate',
  )
  expect(events.map(([, item]) => item)).toEqual(['1', '2'])
  expect(understood).toContain('2 frobnicate left out (unknown)')
  expect(understood).toContain('1 addToCart (×0.5)')
})

test('a type column of other words is not taken for events, and that is reported', async () => {
  const { events, understood } = await read(
    'events.csv',
    'user,item,type\na,1,shoes\na,2,hats',
  )
  expect(events.length).toBe(2)
  expect(understood).toContain('not used: type')
  expect(understood).toContain('type is not used: its words (shoes, hats)')
})

test('grades in a column named feedback are ratings', async () => {
  const { interactions } = await read(
    'r.csv',
    'user,item,Feedback\na,1,8\na,2,5\nb,3,9',
  )
  expect(interactions).toMatchObject({ hasRatings: true })
})

const BX = [1, 2, 3, 4, 5, 6].flatMap((user) => [
  `"${user}";"1";"10"`,
  `"${user}";"2";"1"`,
  `"${user}";"3";"0"`,
])

test('Book-Rating is a rating, and its 0 is a like without one', async () => {
  const { interactions, understood } = await read(
    'bx-ratings.csv',
    ['"User-ID";"ISBN";"Book-Rating"', ...BX].join('\n'),
  )
  expect(interactions.hasRatings).toBe(true)
  const positives = toPositives(interactions, 3)
  expect([...positives.rows.subarray(0, 2)]).toEqual([0, 2])
  expect(positives.report).toMatchObject({ kept: 12, belowThreshold: 6, unusable: 0 })
  expect(userRatings(interactions, 3)).toMatchObject({ low: 1, high: 10 })
  expect(understood).toBe(
    'user ← User-ID, item ← ISBN, ' +
      'rating ← Book-Rating (6 rows without a rating: likes all the same)',
  )
})

test('-1 among ratings above 0 is a like without a rating', async () => {
  const { interactions } = await read(
    'rating.csv',
    'user_id,anime_id,rating\n1,1,8\n1,2,-1\n2,3,10',
  )
  expect(interactions.hasUnrated).toBe(true)
  expect(interactions.weights[1]).toBeNaN()
})

test('ratings go by many names and are written in many ways', async () => {
  for (const [name, cell, value] of [
    ['My Rating', '4', 4],
    ['stars', '★★★☆☆', 3],
    ['reviewScore', '"4,5"', 4.5],
    ['movie_rating', '7/10', 7],
    ['score', '80 %', 80],
  ] as const) {
    const { interactions } = await read('r.csv', `user,item,${name}\na,1,${cell}`)
    expect(interactions).toMatchObject({ hasRatings: true })
    expect(interactions.weights[0]).toBe(value)
  }
})

test('times are read in every unambiguous way of writing them', async () => {
  const noon = Date.UTC(2017, 10, 25, 12)
  for (const cell of [
    String(noon / 1000),
    String(noon),
    String(noon * 1000),
    '2017-11-25 12:00:00 UTC',
    '2017-11-25T12:00:00.000000Z',
    '25/11/2017 12:00',
    '11/25/2017 12:00',
    '11/25/2017 12:00 PM',
    '25.11.2017 12:00',
    '2017/11/25 12:00:00',
    '25/Nov/2017:14:00:00 +0200',
    '"Sat, 25 Nov 2017 12:00:00 GMT"',
    '"Nov 25, 2017 12:00"',
  ]) {
    const { interactions } = await read('t.csv', `user,item,event_time\na,1,${cell}`)
    expect([cell, interactions.times?.[0]]).toEqual([cell, noon])
  }
})

test('a date with a day above 12 tells which comes first in all others', async () => {
  const read2 = async (second: string) => {
    const lines = ['user,item,date', 'a,1,5/6/2020', `a,2,${second}`]
    return (await read('t.csv', lines.join('\n'))).interactions.times?.[0]
  }
  expect(await read2('25/6/2020')).toBe(Date.UTC(2020, 5, 5))
  expect(await read2('6/25/2020')).toBe(Date.UTC(2020, 4, 6))
  expect(await read2('7/8/2020')).toBeUndefined()
  expect(await read2('31/2/2020')).toBeUndefined()
})

test('a column of dates like 20171125 is no column of seconds', async () => {
  const { interactions } = await read('t.csv', 'user,item,day\na,1,20171125')
  expect(interactions.times?.[0]).toBe(Date.UTC(2017, 10, 25))
})

test('a list of items a user may be text, JSON or an array', async () => {
  for (const content of [
    'user,items\na,1 2\nb,3',
    'user,items\na,1|2\nb,3',
    'user,history\na,"1, 2"\nb,3',
    'user,item_ids\na,"[1, 2]"\nb,[3]',
    "user,item\na,\"['1', '2']\"\nb,['3']",
    json([
      { user: 'a', items: [1, 2] },
      { user: 'b', items: ['3'] },
    ]),
  ]) {
    const { events } = await read('lists', content)
    expect(events.map(([user, item]) => [user, item])).toEqual([
      [0, '1'],
      [0, '2'],
      [1, '3'],
    ])
  }
})

test('a first line of values is a row: its columns are found by what they hold', async () => {
  const { events, interactions, understood } = await read(
    'u.data',
    '196\t2\t3\t881250949\n186\t3\t4\t891717742\n196\t1\t5\t881250950',
  )
  expect(events).toEqual([
    [0, '2', 3],
    [1, '3', 4],
    [0, '1', 5],
  ])
  expect(interactions.times?.[0]).toBe(881250949000)
  expect(understood).toBe(
    'user ← user, item ← item, rating ← rating, time ← time\n' +
      'it has no header: its columns are taken for user, item, rating, time',
  )
  const clicks = await read(
    'clicks.dat',
    '1,2014-04-07T10:51:09.277Z,2,0\n1,2014-04-07T10:54:09.868Z,3,0',
  )
  expect(clicks.events).toEqual([
    [0, '2', 1],
    [0, '3', 1],
  ])
})

test('a matrix of users by items is read by its cells', async () => {
  const rated = await read('m.csv', 'user,1,2,3\na,5,,2\nb,,4,')
  expect(rated.events).toEqual([
    [0, '1', 5],
    [0, '3', 2],
    [1, '2', 4],
  ])
  const liked = await read('m.csv', ',1,2,3\na,1,0,0\nb,0,1,1')
  expect(liked.interactions.hasRatings).toBe(false)
  expect(liked.events).toEqual([
    [0, '1', 1],
    [1, '2', 1],
    [1, '3', 1],
  ])
  expect(liked.understood).toContain('item ← the names of 3 columns')
})

test('a file can be described even if nothing of it can be used', async () => {
  const path = tempFolder().write('e.csv', 'visit_id,product,when,x\n1,zzz,2020-01-01,')
  const described = await describeInteractions(path, rowsOf('1'), { now: NOW })
  expect(described).toMatchObject({
    columns: { session: 'visit_id', item: 'product', time: 'when' },
    unused: ['x'],
    users: 0,
    hasRatings: false,
    report: { rowsRead: 1, rowsKept: 0 },
  })
  expect(described.understood).toEqual([
    'user ← visit_id, item ← product, time ← when',
    'not used: x',
  ])
})

test('a folder may hold carts or sessions beside its items', async () => {
  for (const [name, content] of [
    ['carts.json', json([{ id: 1, userId: 7, products: [{ id: 2, quantity: 1 }] }])],
    ['clicks.csv', 'session_id;item_id\n1;2'],
  ] as const) {
    const folder = tempFolder()
    folder.write('items.csv', 'id,title\n2,Chair')
    const path = folder.write(name, content)
    expect((await findTables(folder.path))?.interactions).toBe(path)
  }
})

test('lines that are no lines, and lists without end, are no interactions', async () => {
  let deep: unknown = [{ id: 2 }]
  for (let depth = 0; depth < 50; depth++) deep = [{ lines: deep }]
  for (const products of [deep, [null, 3.5, 'x'], {}, '[{', [[2]]]) {
    const records = [
      { id: 1, userId: 7, products },
      { id: 2, userId: 7, products: [{ id: 3 }] },
    ]
    expect((await read('carts.json', json(records))).events).toEqual([[0, '3', 1]])
  }
})

test('an order may be of a quantity only, and of no more than numbers can hold', async () => {
  const { events, report } = await read(
    'o.csv',
    'user,item,quantity\na,1,\na,2,0.5\na,3,many\nb,1,1e400',
  )
  expect(events).toEqual([
    [0, '1', 1],
    [0, '2', 0.5],
  ])
  expect(report.warnings).toMatchObject([
    { what: 'rows whose quantity is no number: skipped', lines: [4, 5] },
  ])
})

test('events of Google Analytics with their items are read as they are exported', async () => {
  const event = (event_name: string, items: readonly unknown[]) => ({
    event_name,
    event_timestamp: '1577880000000000',
    user_pseudo_id: 'u.1',
    event_params: [{ key: 'page', value: { string_value: '/' } }],
    items,
  })
  const lines = [
    event('session_start', []),
    event('view_item', [{ item_id: '1', item_name: 'Lamp', quantity: null }]),
    event('purchase', [{ item_id: '2', item_name: 'Chair', quantity: 2, price: 9 }]),
  ]
  const { events, interactions, understood } = await read(
    'ga4.jsonl',
    lines.map(json).join('\n'),
  )
  expect(events).toEqual([
    [0, '1', Math.fround(0.2)],
    [0, '2', 2],
  ])
  expect(interactions.times?.[0]).toBe(Date.UTC(2020, 0, 1, 12))
  expect(understood).toContain('user ← user_pseudo_id, item ← items[].item_id')
})
