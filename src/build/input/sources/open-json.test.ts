import { expect, test } from 'vitest'
import { openTable } from '../table.ts'
import { tempFolder } from '../temp-folder.test-data.ts'

async function rowsOf(content: string) {
  const faults: number[] = []
  const warn = (_: string, line: number) => faults.push(line)
  const table = await openTable(tempFolder().write('x.json', content), warn)
  const rows: Record<string, unknown>[] = []
  const lines: number[] = []
  for await (const { line, cells } of table.rows) {
    lines.push(line)
    const entries = table.columns.map((name, i) => [name, cells[i]] as const)
    rows.push(Object.fromEntries(entries.filter(([, cell]) => cell !== undefined)))
  }
  return { rows, lines, faults, notes: table.notes }
}

const TWO = [
  { id: 1, title: 'Dune' },
  { id: 2, title: 'Emma' },
]

test.each([
  ['on one line', undefined],
  ['on many', 2],
])('a list inside an object is read, %s', async (_, space) => {
  const document = { total: 2, products: TWO, facets: [{ name: 'a' }] }
  const { rows, faults, notes } = await rowsOf(JSON.stringify(document, null, space))
  expect(rows).toEqual(TWO)
  expect(faults).toEqual([])
  expect(notes).toEqual(['the rows are those of "products" (2 objects)'])
})

test('the largest list within three levels is read, and others are named', async () => {
  const document = { data: { page: { items: TWO } }, seen: [...TWO, 3].slice(0, 2) }
  const { rows, notes } = await rowsOf(
    JSON.stringify({ ...document, data: { page: { items: [...TWO, { id: 3 }] } } }),
  )
  expect(rows).toHaveLength(3)
  expect(notes).toEqual([
    'the rows are those of "data.page.items" (3 objects)',
    'not read in the document: "seen" (2 objects) (another: --table NAME)',
  ])
})

test('rows of a document have the lines they start on', async () => {
  const { lines } = await rowsOf('{"a": 1,\n "items": [\n{"id": 1},\n\n{"id":\n2}]\n}')
  expect(lines).toEqual([3, 5])
})

test('a dictionary by id has its keys as ids, unless its members have their own', async () => {
  const { rows } = await rowsOf('{"a1": {"title": "Dune"}, "a2": {"title": "Emma"}}')
  expect(rows).toEqual([
    { id: 'a1', title: 'Dune' },
    { id: 'a2', title: 'Emma' },
  ])
  const own = await rowsOf('{"a1": {"id": 7, "title": "A"}, "a2": {"title": "B"}}')
  expect(own.rows.map(({ id }) => id)).toEqual([7, 'a2'])
})

test('a dictionary wins over the lists its members hold', async () => {
  const variants = [{ size: 1 }, { size: 2 }, { size: 3 }]
  const document = { a: { title: 'A', variants }, b: { title: 'B', variants } }
  const { rows } = await rowsOf(JSON.stringify({ products: document }))
  expect(rows.map(({ id, title }) => [id, title])).toEqual([
    ['a', 'A'],
    ['b', 'B'],
  ])
})

test('an object of unlike objects is no dictionary', async () => {
  const document = { data: { items: TWO, id: 1 }, meta: { total: 2 } }
  expect((await rowsOf(JSON.stringify(document))).rows).toEqual(TWO)
})

test('a table by columns, as pandas writes it, is put together', async () => {
  const { rows } = await rowsOf('{"id":{"0":1,"1":2},"title":{"0":"Dune","1":"Emma"}}')
  expect(rows).toEqual(TWO)
})

test('a JSON Feed has its items read', async () => {
  const version = 'https://jsonfeed.org/version/1.1'
  const { rows } = await rowsOf(JSON.stringify({ version, title: 'Blog', items: TWO }))
  expect(rows).toEqual(TWO)
})

test('a product with variants is one product, not its variants', async () => {
  const product = { id: 9, title: 'Shirt', variants: TWO }
  for (const space of [undefined, 1]) {
    const { rows } = await rowsOf(JSON.stringify(product, null, space))
    expect(rows).toEqual([product])
  }
})

test('nested objects stay, and their fields are columns of their own', async () => {
  const item = { id: 1, image: { src: 'a.jpg', size: { width: 3 } }, tags: [{ a: 1 }] }
  const { rows } = await rowsOf(JSON.stringify([item, { id: 2, image: null }]))
  expect(rows).toEqual([
    {
      ...item,
      'image.src': 'a.jpg',
      'image.size': { width: 3 },
      'image.size.width': 3,
    },
    { id: 2, image: null },
  ])
})

test('JSONL stays JSONL, with a broken line among its first two', async () => {
  for (const text of [
    '{"id":1}\n{"id":\n{"id":2}',
    '{"id":1,"a}\n{"id":1}\n{"id":2}',
  ]) {
    const { rows, faults } = await rowsOf(text)
    expect(rows).toEqual([{ id: 1 }, { id: 2 }])
    expect(faults).toHaveLength(1)
  }
})

test.each([
  ['a comma too many', '{"items": [\n{"id": 1},\n]}', 'unexpected "]" (line 3)'],
  ['no comma', '{"items": [\n{"id": 1}\n{"id": 2}]}', 'unexpected "{" (line 3)'],
  ['an end too early', '{"items": [\n{"id": 1}', 'no JSON object that ends (line 2)'],
  [
    'more after the end',
    '{"items":\n[]}\n{"items":\n[]}',
    'goes on after its end (line 3)',
  ],
  ['a word that is no value', '{"items":\n[x]}', 'unexpected "x" (line 2)'],
  ['nesting without end', `{"items":\n${'['.repeat(2000)}`, 'nested over 1000 deep'],
])('a document with %s is refused by line', async (_, content, message) => {
  await expect(rowsOf(content)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining(message),
  })
})
