import { gzipSync, strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { openTable } from '../table.ts'
import { tempFolder } from '../temp-folder.test-data.ts'

async function read(name: string, content: string | Uint8Array) {
  const table = await openTable(tempFolder().write(name, content), () => {})
  const rows: (readonly unknown[])[] = []
  for await (const { cells } of table.rows) rows.push(cells)
  return { columns: table.columns, rows, notes: table.notes }
}

const CSV = strToU8('id,title\n1,Dune\n2,Emma\n')

test('the first table of a zip archive is read, and it and the others are named', async () => {
  const files = {
    '__MACOSX/._a.csv': CSV,
    'README.txt': CSV,
    'data/a.csv': CSV,
    'b.json': CSV,
  }
  const { rows, notes } = await read('x.zip', zipSync(files))
  expect(rows).toEqual([
    ['1', 'Dune'],
    ['2', 'Emma'],
  ])
  expect(notes).toEqual([
    'it is a zip archive: data/a.csv is read',
    'not read in the archive: b.json',
  ])
})

test('stored files and long ones come whole; a document inside is read twice', async () => {
  expect(
    (await read('x.zip', zipSync({ 'a.csv': CSV }, { level: 0 }))).rows,
  ).toHaveLength(2)
  const items = Array.from({ length: 50_000 }, (_, id) => ({ id, title: `T${id}` }))
  const json = strToU8(JSON.stringify({ items }))
  const { rows, notes } = await read('x.zip', zipSync({ 'a.json': json }))
  expect(rows).toHaveLength(items.length)
  expect(notes).toEqual([
    'it is a zip archive: a.json is read',
    'the rows are those of "items" (50000 objects)',
  ])
})

const XLSX = { '[Content_Types].xml': CSV, 'xl/workbook.xml': CSV }

test.each([
  [
    'items.csv',
    zipSync({ 'a.csv': CSV }),
    'looks like a zip archive. Rename it to .zip',
  ],
  ['items.csv', zipSync(XLSX), 'the workbook cannot be read (not XML: line 1'],
  ['items.xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), 'an old Excel or Office file'],
  ['items.zip', zipSync({ 'a.png': CSV }), 'looks like a zip archive without a table'],
  ['items.zip', zipSync({}), 'looks like an empty zip archive'],
  ['items.zip', zipSync({ 'a.csv': CSV }).subarray(0, 40), 'a.csv in it is cut short'],
  ['items.csv', strToU8('ARROW1\0\0'), 'looks like an Arrow or Feather table. Save'],
  ['items.csv', gzipSync(strToU8('SQLite format 3\0')), 'a SQLite database. Unpack it'],
  [
    'items.csv',
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10),
    'looks like a PNG image',
  ],
  ['items.csv', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'looks like a JPEG image'],
  ['items.csv', strToU8('%PDF-1.7\n'), 'looks like a PDF'],
  ['items.csv', strToU8('\n<!DOCTYPE html>\n<html>'), 'looks like a web page (HTML)'],
  ['items.csv', strToU8('<!-- a --><html lang="en">'), 'looks like a web page (HTML)'],
  [
    'a.csv',
    strToU8('version https://git-lfs.github.com/spec/v1\n'),
    'a Git LFS pointer',
  ],
])(
  '%s that is something else is refused by its name: %#',
  async (name, content, message) => {
    await expect(read(name, content)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(message),
    })
  },
)

test('damaged and locked archives are one clear error', async () => {
  const bytes = zipSync({ 'a.csv': strToU8('id,title\n'.repeat(1000)) })
  const locked = Uint8Array.from(bytes)
  locked[6] = 1
  await expect(read('x.zip', locked)).rejects.toThrow('it has a password')
  const damaged = Uint8Array.from(bytes).fill(0xff, 36, 60)
  await expect(read('x.zip', damaged)).rejects.toThrow('the data is damaged')
})
