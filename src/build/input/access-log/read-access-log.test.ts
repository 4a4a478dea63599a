import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readInteractions } from '../read-interactions.ts'
import { tempFolder } from '../temp-folder.test-data.ts'
import { logFormatOf } from './log-formats.ts'

const NOW = Date.UTC(2026, 0, 1)
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0'
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1'
const GOOGLE =
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

const ITEMS = ['lamp', 'chair', 'table'].map((id) => ({
  ...{ id, title: id, url: `https://shop.example/products/${id}` },
}))
const ROWS = new Map(ITEMS.map(({ id }, index) => [id, index]))

interface Asked {
  readonly address?: string
  /** Minutes after 10:00. */
  readonly at?: number
  readonly request?: string
  readonly status?: number
  readonly agent?: string
}

function combined({
  address = '192.0.2.1',
  at = 0,
  request = 'GET /products/lamp HTTP/1.1',
  status = 200,
  agent = FIREFOX,
}: Asked = {}): string {
  const clock = new Date(Date.UTC(2025, 4, 17, 10) + at * 60_000)
  const time = `17/May/2025:${clock.toISOString().slice(11, 19)} +0000`
  return `${address} - - [${time}] "${request}" ${status} 1234 "-" "${agent}"`
}

async function read(content: string | Uint8Array, items = ITEMS) {
  const path = tempFolder().write('access.log', content)
  const { interactions, report } = await readInteractions(path, ROWS, {
    now: NOW,
    items,
  })
  const { users, rows, times } = interactions
  const events = Array.from(users, (user, at) => [user, ITEMS[rows[at]!]!.id])
  return { events, times, interactions, report, text: report.understood!.join('\n') }
}

const lines = (...asked: readonly Asked[]) => asked.map(combined).join('\n')

test('who opened which page is read from the combined format', async () => {
  const { events, times, report, text } = await read(
    lines(
      {},
      { at: 1, request: 'GET /products/chair/?utm_source=x HTTP/1.1', status: 304 },
      { at: 2, address: '2001:db8::7', agent: SAFARI },
      { at: 3, address: '2001:db8::7', request: 'GET / HTTP/2.0', agent: SAFARI },
    ),
  )
  expect(events).toEqual([
    [0, 'lamp'],
    [0, 'chair'],
    [1, 'lamp'],
  ])
  expect(times?.[1]).toBe(Date.UTC(2025, 4, 17, 10, 1))
  expect(report).toMatchObject({ rowsRead: 4, rowsKept: 3, warnings: [] })
  expect(text).toBe(
    'access log in combined format: user ← address and agent, hashed with a salt that ' +
      'is thrown away; item ← page; time\n' +
      "4 requests: 3 of items' pages, 1 of pages of no item (/ 1)\n" +
      'left out: 0 of bots, 0 of files, 0 errors and redirects, 0 that only send or ask ' +
      '(POST, HEAD)\n' +
      '2 sessions; 2 visitors opened an item; 0 repeats within a session count once',
  )
})

test('bots, files, errors and other methods are left out and counted', async () => {
  const { events, text } = await read(
    lines(
      {},
      { address: '192.0.2.2', agent: GOOGLE },
      { address: '192.0.2.3', agent: '-' },
      { address: '192.0.2.4', request: 'GET /robots.txt HTTP/1.1', status: 404 },
      { address: '192.0.2.4', request: 'GET /products/chair HTTP/1.1' },
      { request: 'GET /style.css?v=2 HTTP/1.1' },
      { request: 'GET /images/lamp.jpg HTTP/1.1' },
      { request: 'GET /products/gone HTTP/1.1', status: 404 },
      { request: 'GET /products/chair HTTP/1.1', status: 301 },
      { request: 'HEAD /products/table HTTP/1.1' },
      { request: 'POST /products/table HTTP/1.1' },
    ),
  )
  expect(events).toEqual([[0, 'lamp']])
  expect(text).toContain(
    'left out: 3 of bots (1 visitor by what they asked for), 2 of files, 3 errors and ' +
      'redirects, 2 that only send or ask',
  )
})

test('an item counts once a session, and half an hour without a page ends one', async () => {
  const { events, text } = await read(
    lines({ at: 0 }, { at: 5 }, { at: 35 }, { at: 66 }, { at: 67 }),
  )
  expect(events).toEqual([
    [0, 'lamp'],
    [0, 'lamp'],
  ])
  expect(text).toContain('2 sessions; 1 visitor opened an item; 3 repeats')
})

test('who opens more pages a minute than anyone reads is a scraper', async () => {
  const burst = Array.from({ length: 31 }, (_, n) =>
    combined({ address: '192.0.2.9', at: n / 60, request: `GET /p/${n} HTTP/1.1` }),
  )
  const steady = Array.from({ length: 40 }, (_, n) =>
    combined({ at: n, request: 'GET /products/chair HTTP/1.1' }),
  )
  const page = combined({ address: '192.0.2.9', at: 1 })
  const { events, text } = await read([...burst, page, ...steady].join('\n'))
  expect(events).toEqual([[0, 'chair']])
  expect(text).toContain('32 of bots (1 visitor by what they asked for)')
})

test('lines that are no requests are counted with their numbers', async () => {
  const { report } = await read(
    [
      combined(),
      'garbage',
      combined({ request: '\\x16\\x03\\x01', status: 400 }),
      combined(),
      combined().replace('17/May/2025', '99/Foo/2025'),
      combined().replace('2025', '2031'),
    ].join('\n'),
  )
  expect(report.warnings).toEqual([
    { what: 'lines that hold no request: skipped', count: 2, lines: [2, 3] },
    {
      what: 'lines without a time, or of the future: skipped',
      count: 2,
      lines: [5, 6],
    },
  ])
})

test('packed logs, and the rotated ones of a folder, are read together', async () => {
  const packed = await read(gzipSync(lines({}, { at: 1 })))
  expect(packed.events).toEqual([[0, 'lamp']])
  const folder = tempFolder()
  folder.write('access.log', lines({ at: 50, request: 'GET /products/chair HTTP/1.1' }))
  folder.write('access.log.1.gz', gzipSync(lines({})))
  folder.write('error.log', '2025/05/17 10:00:00 [error] 12#12: *1 open() failed')
  const { interactions, report } = await readInteractions(folder.path, ROWS, {
    now: NOW,
    items: ITEMS,
  })
  expect([...interactions.rows]).toEqual([1, 0])
  expect(report.understood?.[0]).toContain('2 access logs in combined format')
})

test('no address leaves the reader, and the same log gives the same arrays', async () => {
  const content = lines({}, { address: '198.51.100.23', agent: SAFARI })
  const [one, other] = [await read(content), await read(content)]
  expect(one.interactions).toEqual(other.interactions)
  expect(JSON.stringify(one)).not.toMatch(/192\.0\.2|198\.51|Firefox|Safari/)
})

test('without addresses of items there is one line about what to do', async () => {
  const items = ITEMS.map(({ id, title }) => ({ id, title }))
  const path = tempFolder().write('access.log', lines({}))
  await expect(readInteractions(path, ROWS, { now: NOW, items })).rejects.toThrow(
    /access log, and no item has an address\. Give --url COLUMN or a template/,
  )
})

test('the error of a log without a page of an item names the pages it has', async () => {
  const path = tempFolder().write(
    'a.log',
    lines({ request: 'GET /elsewhere HTTP/1.1' }),
  )
  await expect(
    readInteractions(path, ROWS, { now: NOW, items: ITEMS }),
  ).rejects.toThrow(/no interactions in .*pages of no item \(\/elsewhere 1\)/)
})

test('common format, virtual hosts, JSON and W3C logs are read alike', async () => {
  const json = (value: unknown) => JSON.stringify(value)
  const caddy = {
    ...{ level: 'info', ts: 1747476000.5, logger: 'http.log.access', status: 200 },
    request: {
      ...{ remote_ip: '192.0.2.1', method: 'GET', uri: '/products/lamp' },
      headers: { 'User-Agent': [FIREFOX] },
    },
  }
  const nginx = {
    ...{ time: '17/May/2025:10:00:00 +0000', remote_ip: '192.0.2.1', response: 200 },
    ...{ request: 'GET /products/lamp HTTP/1.1', agent: FIREFOX },
  }
  const cloudflare = {
    ...{ ClientIP: '192.0.2.1', ClientRequestMethod: 'GET', EdgeResponseStatus: 200 },
    ...{ ClientRequestURI: '/products/lamp', ClientRequestUserAgent: FIREFOX },
    EdgeStartTimestamp: '2025-05-17T10:00:00Z',
  }
  const agent = FIREFOX.replaceAll(' ', '%20')
  const w3c = [
    '#Version: 1.0',
    '#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent) cs-uri-query',
    `2025-05-17\t10:00:00\t192.0.2.1\tGET\t/products/lamp\t200\t${agent}\t-`,
  ].join('\n')
  const common = combined().replace(/ "-" ".*$/, '')
  for (const [name, content] of [
    ['common', common],
    ['combined', `shop.example:443 ${combined()}`],
    ['combined', combined().replace('- -', '- "ann"')],
    ['JSON', json(caddy)],
    ['JSON', json(nginx)],
    ['JSON', json(cloudflare)],
    ['W3C extended', w3c],
  ] as const) {
    const { events, times, text } = await read(content)
    expect([name, events]).toEqual([name, [[0, 'lamp']]])
    expect(Math.floor(times![0]! / 1000)).toBe(1747476000)
    expect(text).toContain(`in ${name} format`)
  }
})

test('the virtual host before an address is no visitor', () => {
  const format = logFormatOf([`shop.example:80 ${combined()}`])
  expect(format?.read(`shop.example:80 ${combined()}`)).toMatchObject({
    ...{ address: '192.0.2.1', method: 'GET', target: '/products/lamp', status: 200 },
  })
})

test('tables are no logs', () => {
  for (const table of [
    ['user,item', 'a,1'],
    ['{"user":"a","item":"1","status":"paid"}'],
    ['# Free form export', 'Item ID,Views'],
    [''],
    [],
  ]) {
    expect(logFormatOf(table)).toBeUndefined()
  }
})
