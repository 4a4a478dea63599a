import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detectDelimiter, readCsvRecords } from './csv-records.ts'
import { collect, pieces } from './pieces.test-data.ts'
import { readLineBlocks } from './read-text.ts'

async function records(text: string, width: number) {
  const faults: number[] = []
  const blocks = readLineBlocks('x.csv', pieces(text))
  const warn = (_: string, line: number) => faults.push(line)
  const options = { delimiter: ',', width, warn } as const
  return { found: await collect(readCsvRecords(blocks, options)), faults }
}

test('a quoted cell may hold commas, quotes and line breaks; lines stay exact', async () => {
  const { found, faults } = await records('1,"a, ""b""\nc"\n\n2,d', 2)
  expect(found).toEqual([
    { line: 1, cells: ['1', 'a, "b"\nc'] },
    { line: 4, cells: ['2', 'd'] },
  ])
  expect(faults).toEqual([])
})

test('a stray quote in a cell is text', async () => {
  const { found } = await records('1,5" plate\n2,"9" plate",x\n3,ok', 2)
  expect(found.map(({ cells }) => cells)).toEqual([
    ['1', '5" plate'],
    ['3', 'ok'],
  ])
})

test('a quote that never closes costs one line, not the rest of the file', async () => {
  const { found, faults } = await records('1,a\n2,"b\n3,c\n4,"d"\n5,e', 2)
  expect(found.map(({ line }) => line)).toEqual([1, 3, 4, 5])
  expect(faults).toEqual([2])
})

test('rows of another width are reported; surplus empty cells are dropped', async () => {
  const { found, faults } = await records('1\n2,a,b\n3,c,,\n4,d', 2)
  expect(found.map(({ line }) => line)).toEqual([3, 4])
  expect(faults).toEqual([1, 2])
})

test('a quote that never closes costs one line of a long file too', async () => {
  const rest = Array.from({ length: 2000 }, (_, i) => `${i},${'x'.repeat(600)}`)
  const { found, faults } = await records(`1,a\n2,"b\n${rest.join('\n')}`, 2)
  expect(found.map(({ line }) => line)).toEqual([1, ...rest.map((_, i) => i + 3)])
  expect(faults).toEqual([2])
})

test('many broken quotes cost a line each', async () => {
  const lines = Array.from({ length: 3000 }, (_, i) =>
    i % 3 === 1 ? `${i},"b,x` : `${i},c`,
  )
  const { found, faults } = await records(lines.join('\n'), 2)
  expect(found).toHaveLength(2000)
  expect(faults).toHaveLength(1000)
})

test('only the lines of a piece, or of an open record, are held', async () => {
  let made = 0
  async function* endless() {
    for (;;) yield `${made++},"a\nb"\n`
  }
  let read = 0
  let held = 0
  const options = { delimiter: ',', width: 2, warn: () => {} } as const
  for await (const { line } of readCsvRecords(
    readLineBlocks('x.csv', endless()),
    options,
  )) {
    if (line !== 2 * read++ + 1) throw new Error(`record ${read} on line ${line}`)
    held = Math.max(held, made - read)
    if (read === 3000) break
  }
  expect(held).toBeLessThanOrEqual(1)
})

test('what is written as CSV is read as csv-parse reads it', async () => {
  const cell = fc.stringMatching(/^[ab,"\n ]{0,6}$/)
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }),
      async (rows) => {
        const text = rows.map((row) => row.map(quoted).join(',')).join('\n')
        const { found, faults } = await records(text, 2)
        expect(found.map(({ cells }) => cells)).toEqual(parse(text))
        expect(faults).toEqual([])
      },
    ),
  )
})

test.each([
  ['id,title', ','],
  ['id;title;a', ';'],
  ['id\ttitle, and more\tx', '\t'],
  ['title', ','],
])('the delimiter of %j is %j', (header, delimiter) => {
  expect(detectDelimiter(header)).toBe(delimiter)
})
