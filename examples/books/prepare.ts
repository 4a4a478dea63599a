/**
 * goodbooks-10k (books.csv.gz, ratings.csv.gz) → the demo catalogue: `catalogue.jsonl`,
 * clean and readable, and `ratings.csv`.
 *
 * `npx tsx examples/books/prepare.ts <folder of the two files> <folder to write>`
 */
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openTable, type Table } from '../../src/build/input/table.ts'
import type { ItemRecord } from '../../src/pack/item.ts'
import { type RawBook, toItem, withKnownSeries } from './book-item.ts'

export interface Prepared {
  readonly books: number
  readonly ratings: number
}

/** @throws HearthError `bad-input` when a file cannot be read or has other columns */
export async function prepareBooks(from: string, to: string): Promise<Prepared> {
  await mkdir(to, { recursive: true })
  const books = await prepareCatalogue(
    join(from, 'books.csv.gz'),
    join(to, 'catalogue.jsonl'),
  )
  const ratings = await copyRatings(
    join(from, 'ratings.csv.gz'),
    join(to, 'ratings.csv'),
  )
  return { books, ratings }
}

async function prepareCatalogue(from: string, to: string): Promise<number> {
  const items: ItemRecord[] = []
  for await (const book of readRecords(await openTable(from, refuse))) {
    items.push(toItem(book as unknown as RawBook))
  }
  const lines = withKnownSeries(items).map((item) => `${JSON.stringify(item)}\n`)
  await writeFile(to, lines.join(''))
  return lines.length
}

async function copyRatings(from: string, to: string): Promise<number> {
  const out = createWriteStream(to)
  out.write('user,item,rating\n')
  let count = 0
  for await (const { user_id, book_id, rating } of readRecords(
    await openTable(from, refuse),
  )) {
    const hasRoom = out.write(`${user_id},${book_id},${rating}\n`)
    if (!hasRoom) await new Promise<void>((resolve) => out.once('drain', resolve))
    count++
  }
  await new Promise<void>((resolve, reject) => {
    out.once('error', reject)
    out.end(resolve)
  })
  return count
}

async function* readRecords({ columns, rows }: Table) {
  for await (const { cells } of rows) {
    yield Object.fromEntries(columns.map((name, i) => [name, String(cells[i] ?? '')]))
  }
}

function refuse(what: string, line: number): never {
  throw new Error(`line ${line}: ${what}`)
}

async function main([from, to]: readonly string[]) {
  if (!from || !to) {
    console.error('usage: prepare.ts <folder of books.csv.gz and ratings.csv.gz> <out>')
    process.exitCode = 1
    return
  }
  const { books, ratings } = await prepareBooks(from, to)
  console.log(`${books} books and ${ratings} ratings written to ${to}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(process.argv.slice(2))
}
