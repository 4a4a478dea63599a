import { expect, test } from 'vitest'
import { openTable } from '../table.ts'
import { tempFolder } from '../temp-folder.test-data.ts'

async function read(content: string) {
  const table = await openTable(tempFolder().write('x.dat', content), () => {})
  const rows: (readonly unknown[])[] = []
  const lines: number[] = []
  for await (const { line, cells } of table.rows) {
    rows.push(cells)
    lines.push(line)
  }
  return { columns: table.columns, rows, lines, notes: table.notes }
}

test.each([',', ';', '\t', '|', '::'])('cells may be separated by %j', async (mark) => {
  const text = [
    ['id', 'title', 'year'],
    ['7', 'Dune', '1965'],
  ]
  const { columns, rows, notes } = await read(text.map((r) => r.join(mark)).join('\n'))
  expect(columns).toEqual(['id', 'title', 'year'])
  expect(rows).toEqual([['7', 'Dune', '1965']])
  expect(notes).toEqual([])
})

test.each([
  ['MovieLens ratings', '1::1193::5::978300760', 'user, item, rating, time'],
  ['MovieLens movies', "1::A, B: C (1995)::Animation|Children's", 'id, title, genres'],
  ['MovieLens users', '1::F::1::10::48067', 'user, gender, age, occupation, zip'],
  ['MovieLens 100K', '196\t242\t3\t881250949', 'user, item, rating, time'],
  ['Amazon ratings', 'A2EF,5555991584,5.0,978480000', 'user, item, rating, time'],
  [
    'YooChoose clicks',
    '1,2014-04-07T10:51:09.277Z,214536502,0',
    'session, time, item, category',
  ],
  ['pairs of numbers', '1,2', 'user, item'],
  ['numbers with a rating', '1,2,4.5', 'user, item, rating'],
  ['numbers with a time', '1,2,978300760', 'user, item, time'],
])('%s are read without a header, and it is reported', async (_, line, columns) => {
  const { rows, lines, notes } = await read(`${line}\n${line}\n`)
  expect(rows).toHaveLength(2)
  expect(lines).toEqual([1, 2])
  expect(notes).toEqual([`it has no header: its columns are taken for ${columns}`])
})

test('the genre flags of MovieLens 100K become a list', async () => {
  const flags = '0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0'
  const { columns, rows } = await read(
    `1|Toy Story (1995)|01-Jan-1995||http://a|${flags}`,
  )
  expect(columns).toEqual([
    'id',
    'title',
    'date',
    'video release date',
    'url',
    'genres',
  ])
  expect(rows[0]![5]).toEqual(['Animation', "Children's", 'Comedy'])
})

test('a first line of numbers in no known shape stays a header, and it is reported', async () => {
  const { columns, notes } = await read('1,2,3,4,5\n1,2,3,4,5')
  expect(columns).toEqual(['1', '2', '3', '4', '5'])
  expect(notes).toEqual(['its first line is all numbers (line 1), taken for a header'])
})
