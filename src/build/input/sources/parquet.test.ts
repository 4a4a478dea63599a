import { expect, test } from 'vitest'
import { openTable } from '../table.ts'
import { tempFolder } from '../temp-folder.test-data.ts'
import { slicesOf } from './parquet.ts'

/**
 * Three books in two row groups, packed with Snappy, as hyparquet-writer 0.17 writes them:
 * `id` INT64, `title` STRING, `published` TIMESTAMP.
 */
const BOOKS = Buffer.from(
  'UEFSMRUGFSQVKFwVBBUAFQQVABUEFQAAAAMDEDwBAAAAAAAAAAIAAAAAAAAAFQYVKBUsXBUEFQAV' +
    'BBUAFQQVAAAAAwMSRAQAAABEdW5lBgAAAMOJbWlsZRUGFSQVKFwVBBUAFQQVABUEFQAAAAMDEDwA' +
    '+CeI3////wBoiSgK+v//FQYVFBUYXBUCFQAVAhUAFQQVAAAAAwEIHAEAAAAAACAAFQYVFBUYXBUC' +
    'FQAVAhUAFQQVAAAAAwEIHAQAAABFbW1hFQYVBBUGXBUCFQIVAhUAFQQVAAAAAwAAFQQZTEgEcm9v' +
    'dBUGABUEJQIYAmlkABUMJQIYBXRpdGxlJQAAFQQlAhgJcHVibGlzaGVkJRIAFgYZLBk8JggcFQQZ' +
    'FQAZGAJpZBUCFgQWThZSJggAACZaHBUMGRUAGRgFdGl0bGUVAhYEFlIWViZaAAAmsAEcFQQZFQAZ' +
    'GAlwdWJsaXNoZWQVAhYEFk4WUiawAQAAFu4BFgQ2+gEAGTwmggIcFQQZFQAZGAJpZBUCFgIWPhZC' +
    'JoICAAAmxAIcFQwZFQAZGAV0aXRsZRUCFgIWPhZCJsQCAAAmhgMcFQQZFQAZGAlwdWJsaXNoZWQV' +
    'AhYCFi4WMCaGAwAAFqoBFgI2tAEAKAloeXBhcnF1ZXQZPBwAABwAABwAAAAZAQAAUEFSMQ==',
  'base64',
)

async function rowsOf(bytes: Uint8Array) {
  const table = await openTable(tempFolder().write('books.csv', bytes), () => {})
  const rows: (readonly unknown[])[] = []
  for await (const { line, cells } of table.rows) rows.push([line, ...cells])
  return { columns: table.columns, rows }
}

test('Parquet is read whatever its name, a row group at a time', async () => {
  expect(await rowsOf(BOOKS)).toEqual({
    columns: ['id', 'title', 'published'],
    rows: [
      [1, 1, 'Dune', '1965-08-01'],
      [2, 2, 'Émile', '1762-05-01'],
      // beyond what a number holds
      [3, '9007199254740993', 'Emma', null],
    ],
  })
})

test('Parquet that is cut short is one clear error', async () => {
  await expect(rowsOf(BOOKS.subarray(0, 300))).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringMatching(
      /books\.csv: the Parquet data cannot be read \(.*, row 1\)/,
    ),
  })
})

test('a row group of more than 64 MB is read in slices, each row once', () => {
  const group = (rows: number, bytes: number) => ({
    num_rows: BigInt(rows),
    total_byte_size: BigInt(bytes),
  })
  expect(slicesOf([group(10, 100), group(5001, 150e6), group(0, 0)])).toEqual([
    { rowStart: 0, rowEnd: 10 },
    { rowStart: 10, rowEnd: 1677 },
    { rowStart: 1677, rowEnd: 3344 },
    { rowStart: 3344, rowEnd: 5011 },
  ])
})
