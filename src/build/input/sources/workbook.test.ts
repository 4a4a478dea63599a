import { zipSync } from 'fflate'
import { writeOds } from 'hucre/ods'
import { writeXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { collect } from '../pieces.test-data.ts'
import { readItems } from '../read-items.ts'
import { openTable } from '../table.ts'
import { tempFolder } from '../temp-folder.test-data.ts'

const DAY = new Date(Date.UTC(2016, 4, 9))
const BOOKS = [
  ['Our books of 2016'],
  [],
  ['ID', 'Title', 'Price', 'Published', 'In stock', 'Title'],
  [1, 'Dune', 9.5, DAY, true, 'second'],
  [],
  [2, 'Émile', null, null, false, null],
]

async function xlsx(
  sheets: readonly { name: string; rows: unknown[][]; hidden?: boolean }[],
) {
  const bytes = await writeXlsx({
    sheets: sheets.map(({ name, rows, hidden }) => ({
      name,
      rows: rows as (string | number | boolean | Date | null)[][],
      ...(hidden && { hidden }),
    })),
  })
  return tempFolder().write('books.xlsx', bytes)
}

async function rowsOf(path: string) {
  const table = await openTable(path, () => {})
  const rows = await collect(table.rows)
  return {
    columns: table.columns,
    rows: rows.map(({ line, cells }) => [line, ...cells]),
  }
}

test('a sheet is read from its header down: numbers, days, flags, lines', async () => {
  const path = await xlsx([{ name: 'Books', rows: BOOKS }])
  expect(await rowsOf(path)).toEqual({
    columns: ['ID', 'Title', 'Price', 'Published', 'In stock', 'Title (2)'],
    rows: [
      [4, 1, 'Dune', 9.5, '2016-05-09', true, 'second'],
      [6, 2, 'Émile', undefined, undefined, false, undefined],
    ],
  })
})

test('of several sheets the one of items is read, and no hidden one', async () => {
  const path = await xlsx([
    {
      name: 'Notes',
      rows: [
        ['Who', 'What'],
        ['Ann', 'call the printer'],
      ],
    },
    { name: 'Old', rows: BOOKS, hidden: true },
    {
      name: 'New',
      rows: [
        ['sku', 'Name', 'Price'],
        ['a', 'Emma', 3],
      ],
    },
  ])
  const { items, report } = await readItems(path)
  expect(items).toEqual([{ id: 'a', title: 'Emma', price: 3 }])
  expect(report.notes?.[0]).toBe(
    'the rows are those of sheet New; not read: Notes (another: --table NAME)',
  )
  await expect(readItems(path, {}, { table: 'Old' })).rejects.toThrow(
    'no table "Old" (--table)',
  )
})

test('an OpenDocument sheet is read the same', async () => {
  const rows = [
    ['id', 'title', 'published'],
    ['a', 'Emma', DAY],
  ]
  const bytes = await writeOds({ sheets: [{ name: 'Books', rows }] })
  const { items } = await readItems(tempFolder().write('books.ods', bytes))
  expect(items).toEqual([
    { id: 'a', title: 'Emma', published: '2016-05-09', year: 2016 },
  ])
})

test('formulas give their last value, and one that failed nothing', async () => {
  const sheet = `<worksheet><sheetData>
    <row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>title</v></c></row>
    <row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>A()</f><v>Dune</v></c></row>
    <row r="3"><c r="A3"><v>3</v></c><c r="B3" t="e"><v>#N/A</v></c></row>
  </sheetData></worksheet>`
  const path = tempFolder().write('x.xlsx', zipSync(workbookOf({ sheet })))
  expect((await rowsOf(path)).rows).toEqual([
    [2, 2, 'Dune'],
    [3, 3, undefined],
  ])
})

function workbookOf({ sheet, names = '' }: { sheet: string; names?: string }) {
  const relations =
    'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const files = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${relations}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>${names}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheet,
  }
  const encoder = new TextEncoder()
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, encoder.encode(text)]),
  )
}

test.each([
  ['a document', { 'word/document.xml': 'x' }, 'a Word or PowerPoint document'],
  ['a binary workbook', { 'xl/workbook.bin': 'x' }, 'a binary workbook (.xlsb)'],
  ['no sheet', { 'docProps/app.xml': 'x' }, 'an Office file without a sheet'],
])('%s in the place of a workbook is refused by name', async (_, files, message) => {
  const encoder = new TextEncoder()
  const entries = Object.entries({ '[Content_Types].xml': 'x', ...files })
  const bytes = zipSync(
    Object.fromEntries(entries.map(([name, text]) => [name, encoder.encode(text)])),
  )
  const path = tempFolder().write('x.xlsx', bytes)
  await expect(readItems(path)).rejects.toThrow(message)
})

test('a workbook that unpacks to too much is refused before anything is unpacked', async () => {
  const texts = new Uint8Array(101 * 1024 * 1024)
  const files = { ...workbookOf({ sheet: '' }), 'xl/sharedStrings.xml': texts }
  const path = tempFolder().write('bomb.xlsx', zipSync(files))
  await expect(readItems(path)).rejects.toThrow(
    'bomb.xlsx looks like a workbook that unpacks to 106 MB. Save its sheet as CSV',
  )
})

test('a workbook that is cut short, or empty, is one clear error', async () => {
  const whole = await writeXlsx({ sheets: [{ name: 'A', rows: [['id', 'title']] }] })
  const { write } = tempFolder()
  await expect(readItems(write('a.xlsx', whole.slice(0, 400)))).rejects.toThrow(
    /broken archive: .*a\.xlsx, the data is damaged/,
  )
  await expect(readItems(write('b.xlsx', whole))).rejects.toThrow(
    'no sheet of the workbook has a header and a row',
  )
})
