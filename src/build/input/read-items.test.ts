import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readItems } from './read-items.ts'
import { tempFolder } from './temp-folder.test-data.ts'

const DUNE = {
  id: '1',
  title: 'Dune',
  authors: ['Frank Herbert'],
  year: 1965,
  genres: ['sf', 'classics'],
  series: { name: 'Dune', position: 1 },
  url: 'https://books.example/dune',
  description: 'Sand.',
}

const CSV = [
  'book_id,Title,author,year,tags,link,plot',
  '1,"Dune (Dune, #1)",Frank Herbert,1965,sf|classics,https://books.example/dune,Sand.',
].join('\n')

test.each([
  ['CSV', CSV],
  [
    'CSV with a byte-order mark and Windows lines',
    `\uFEFF${CSV.replaceAll('\n', '\r\n')}`,
  ],
  ['gzipped CSV', gzipSync(CSV)],
  ['JSONL', `${JSON.stringify(DUNE)}\n`],
  ['a JSON array', JSON.stringify([DUNE], null, 2)],
])('%s gives the same item', async (_, content) => {
  const { items, report } = await readItems(tempFolder().write('items', content))
  expect(items).toEqual([DUNE])
  expect(report).toMatchObject({ rowsRead: 1, rowsKept: 1, warnings: [] })
})

test('every fault is counted with its lines, and nothing is lost silently', async () => {
  const path = tempFolder().write(
    'items.csv',
    [
      'id,title,year,url,image',
      'a,Kept,2000,/a,https://x.example/a.png',
      ',No id,2000,,',
      'b,,2000,,',
      'a,Again,2000,,',
      'c,Bad year,soon,,',
      'd,Bad link,1999,javascript:alert(1),data:image/png;base64',
      'e,Too many,1,2,3,4',
      'f',
      ',,,,',
      'g,Last,,,',
    ].join('\n'),
  )
  const { items, report } = await readItems(path)
  expect(items).toEqual([
    { id: 'a', title: 'Kept', year: 2000, url: '/a', image: 'https://x.example/a.png' },
    { id: 'c', title: 'Bad year' },
    { id: 'd', title: 'Bad link', year: 1999 },
    { id: 'g', title: 'Last' },
  ])
  expect(report).toMatchObject({ rowsRead: 10, rowsKept: 4 })
  const counts = Object.fromEntries(report.warnings.map((w) => [w.what, w.lines]))
  expect(counts).toEqual({
    'rows without an id: skipped': [3, 10],
    'rows without a title: skipped': [4],
    'rows with the id of an earlier row: skipped': [5],
    'years that cannot be read: left out': [6],
    'unsafe links: left out': [7],
    'unsafe images: left out': [7],
    'rows without one cell for each column: skipped': [8, 9],
  })
})

test('lines of JSONL that are no object are counted, the others kept', async () => {
  const lines = [
    '{"id": 1, "title": "A"}',
    '{"id": 2, "title"',
    '[3]',
    '',
    '{"id":4,"title":"D"}',
  ]
  const { items, report } = await readItems(
    tempFolder().write('x.jsonl', lines.join('\n')),
  )
  expect(items.map(({ id }) => id)).toEqual(['1', '4'])
  expect(report.warnings).toEqual([
    { what: 'rows that are not a JSON object: skipped', count: 2, lines: [2, 3] },
  ])
})

test('what no text can be read from is left out and counted', async () => {
  const lines = [
    '{"id": 1, "title": "A", "author": {"name": "Ann"}, "tags": [{"name": "sf"}]}',
    '{"id": 2, "title": "B", "author": {"label": "Bob"}, "tags": [true]}',
    '{"id": 12345678901234567890, "title": "C"}',
  ]
  const { items, report } = await readItems(
    tempFolder().write('x.jsonl', lines.join('\n')),
  )
  expect(items).toEqual([
    { id: '1', title: 'A', authors: ['Ann'], genres: ['sf'] },
    { id: '2', title: 'B' },
  ])
  expect(report.warnings.map(({ what, lines }) => [what, lines])).toEqual([
    ['authors: not text, left out', [2]],
    ['genres: not text, left out', [2]],
    ['rows whose id is too long for a JSON number (write it as text): skipped', [3]],
  ])
})

test('elements of a JSON array that are no object are counted, the others kept', async () => {
  const text =
    '[\n{"id": 1, "title": "A"},\n[3],\n{"id": "1e3", "title": "B"},\n{"id": 12345678901234567890, "title": "C"}]'
  const { items, report } = await readItems(tempFolder().write('x.json', text))
  expect(items.map(({ id }) => id)).toEqual(['1', '1e3'])
  expect(report.warnings.map(({ what, lines }) => [what, lines])).toEqual([
    ['rows that are not a JSON object: skipped', [3]],
    ['rows whose id is too long for a JSON number (write it as text): skipped', [5]],
  ])
})

test.each([
  ['a line that states the delimiter', 'sep=;\r\nid;title\r\n1;A, B\r\n'],
  ['names with line breaks', 'id,title,"genre\n(list)"\n1,"A, B",\n'],
])('a header with %s is read', async (_, content) => {
  const { items } = await readItems(tempFolder().write('x.csv', content))
  expect(items).toEqual([{ id: '1', title: 'A, B' }])
})

test('a column may be named where its own name is not recognised', async () => {
  const path = tempFolder().write('x.csv', 'nr,what,id\n7,Lamp,x')
  const { items } = await readItems(path, { id: 'nr', title: 'What' })
  expect(items).toEqual([{ id: '7', title: 'Lamp' }])
})

test('markup stays text', async () => {
  const path = tempFolder().write('x.csv', 'id,title\n1,<script>alert(1)</script>')
  const { items } = await readItems(path)
  expect(items[0]!.title).toBe('<script>alert(1)</script>')
})

test('texts beyond their length are cut and counted', async () => {
  const path = tempFolder().write('x.csv', `id,title\n1,${'x'.repeat(499)}😀`)
  const { items, report } = await readItems(path)
  expect(items[0]!.title).toBe('x'.repeat(499))
  expect(report.warnings).toEqual([
    { what: 'titles longer than 500 characters: cut', count: 1, lines: [2] },
  ])
})

test.each([
  ['an empty file', '', 'the file is empty'],
  ['a file of blank lines', '\n \n', 'the file is empty'],
  ['no title column', 'id,year\n1,1', 'got id, year. Name it with --title COLUMN.'],
  ['a header alone', 'id,title\n', 'read 0 rows and could use none'],
  [
    'rows that are all bad',
    'id,title\n,A\n,B',
    '2 × rows without an id: skipped (lines 2, 3)',
  ],
  ['JSONL without an object', '{"id":\n', 'found no JSON object'],
  ['an empty JSON array', '[]', 'found no JSON object'],
])('%s is one clear error', async (_, content, message) => {
  const reading = readItems(tempFolder().write('items.csv', content))
  await expect(reading).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining(message),
  })
})

test('a named column that is not there is an error listing those that are', async () => {
  const reading = readItems(tempFolder().write('x.csv', 'id,title\n1,A'), {
    year: 'when',
  })
  await expect(reading).rejects.toThrow('no column "when" (--year)')
})

test('prices that cannot be read are counted, with their lines', async () => {
  const text = 'id,title,price\n1,A,call us\n2,B,5\n3,C,-5\n4,D,\n'
  const { items, report } = await readItems(tempFolder().write('x.csv', text))
  expect(items.map(({ price }) => price)).toEqual([undefined, 5, undefined, undefined])
  expect(report.warnings).toEqual([
    { what: 'prices that cannot be read: left out', count: 2, lines: [2, 4] },
  ])
})

test('lines that end in a carriage return alone are lines', async () => {
  const text = 'id,title\r1,A\r2,"B, with more"\r'
  const { items } = await readItems(tempFolder().write('old.csv', text))
  expect(items.map(({ title }) => title)).toEqual(['A', 'B, with more'])
})

test('items that share an address are counted', async () => {
  const text = 'id,title,url\n1,A,/p/0\n2,B,/p/0\n3,C,/p/1\n'
  const { report } = await readItems(tempFolder().write('x.csv', text))
  expect(report.notes).toEqual(['2 items share one address: /p/0'])
})
