import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sqlite from 'node-sqlite3-wasm'
import { expect, test } from 'vitest'
import { readInteractions } from '../read-interactions.ts'
import { readItems } from '../read-items.ts'
import { tempFolder } from '../temp-folder.test-data.ts'

const { Database } = sqlite

function database(sql: string): string {
  const path = join(tempFolder().path, 'shop.db')
  const made = new Database(path)
  made.exec(sql)
  made.close()
  return path
}

const MUSIC = `
  CREATE TABLE Artist (ArtistId INTEGER PRIMARY KEY, Name TEXT);
  CREATE TABLE Album (AlbumId INTEGER PRIMARY KEY, Title TEXT,
    ArtistId INTEGER REFERENCES Artist (ArtistId));
  CREATE TABLE Genre (GenreId INTEGER PRIMARY KEY, Name TEXT);
  CREATE TABLE Track (TrackId INTEGER PRIMARY KEY, Name TEXT, AlbumId INTEGER REFERENCES Album,
    GenreId INTEGER, UnitPrice REAL, FOREIGN KEY (GenreId) REFERENCES Genre (GenreId));
  CREATE TABLE Customer (CustomerId INTEGER PRIMARY KEY, FirstName TEXT, LastName TEXT,
    Email TEXT, Title TEXT);
  CREATE TABLE InvoiceLine (InvoiceId INTEGER, TrackId INTEGER, Quantity INTEGER);
  INSERT INTO Artist VALUES (1, 'AC/DC');
  INSERT INTO Album VALUES (1, 'Let There Be Rock', 1);
  INSERT INTO Genre VALUES (1, 'Rock');
  INSERT INTO Track VALUES (1, 'Go Down', 1, 1, 0.99), (2, 'Overdose', 1, NULL, 0.99);
  INSERT INTO Customer VALUES (1, 'Ann', 'A', 'ann@example.org', 'Dr'), (2, 'Bo', 'B', '', ''),
    (3, 'Cy', 'C', '', '');
  INSERT INTO InvoiceLine VALUES (1, 1, 1), (1, 2, 3), (2, 2, 1);`

test('the table of items is found, and foreign keys become names, two keys far', async () => {
  const path = database(MUSIC)
  const { items, report } = await readItems(path)
  const common = { authors: ['AC/DC'], price: 0.99 }
  expect(items).toEqual([
    { id: '1', title: 'Go Down', genres: ['Rock'], ...common },
    { id: '2', title: 'Overdose', ...common },
  ])
  expect(report.notes?.slice(0, 2)).toEqual([
    'the rows are those of table Track; not read: Customer, InvoiceLine, Artist, Album, Genre (another: --table NAME)',
    'names read through foreign keys: Artist (Album.ArtistId → Artist.Name), Album (AlbumId → Album.Title), Genre (GenreId → Genre.Name)',
  ])
})

test('interactions come from the table of users and items of the same file', async () => {
  const path = database(MUSIC)
  const indices = new Map([
    ['1', 0],
    ['2', 1],
  ])
  const { interactions } = await readInteractions(path, indices, { now: 0 })
  expect([...interactions.users]).toEqual([0, 0, 1])
  expect([...interactions.rows]).toEqual([0, 1, 1])
  expect([...interactions.weights]).toEqual([1, 3, 1])
})

test('another table is read where it is named, a view too', async () => {
  const path = database(`${MUSIC}
    CREATE VIEW Records AS SELECT AlbumId AS id, Title AS title FROM Album;`)
  const titles = async (table: string) =>
    (await readItems(path, {}, { table })).items.map(({ title }) => title)
  expect(await titles('album')).toEqual(['Let There Be Rock'])
  expect(await titles('Records')).toEqual(['Let There Be Rock'])
  await expect(titles('Albums')).rejects.toThrow(
    /no table "Albums" \(--table\) in .*shop\.db: got Artist, Album, Genre, Track/,
  )
})

test('names of people behind an account are not read for the ids of what they own', async () => {
  const path = database(`
    CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, password_hash TEXT);
    CREATE TABLE recipes (id INTEGER PRIMARY KEY, title TEXT, owner INTEGER REFERENCES users);
    INSERT INTO users VALUES (1, 'Ann', 'x');
    INSERT INTO recipes VALUES (1, 'Soup', 1);`)
  const { report, columns } = await readItems(path)
  expect(report.notes?.join()).not.toContain('foreign')
  expect(columns.unused).toEqual(['owner'])
})

test('whole numbers of any size and bytes are read as what they are', async () => {
  const path = database(`
    CREATE TABLE items (id INTEGER PRIMARY KEY, title TEXT, description BLOB);
    INSERT INTO items VALUES (9007199254740993, 'A', x'C389'), (2, 'B', x'FF00');`)
  const { items } = await readItems(path)
  expect(items).toEqual([
    { id: '2', title: 'B' },
    { id: '9007199254740993', title: 'A', description: 'É' },
  ])
})

test('a database in WAL mode is read with its newest changes, and nothing is written', async () => {
  const folder = tempFolder()
  const writer = new Database(join(folder.path, 'live.db'))
  writer.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL')
  writer.exec(
    "CREATE TABLE items (id TEXT, title TEXT); INSERT INTO items VALUES ('a', 'A')",
  )
  for (const end of ['', '-wal']) {
    folder.write(`copy.db${end}`, readFileSync(join(folder.path, `live.db${end}`)))
  }
  writer.close()
  const before = readdirSync(folder.path).map((name) => [
    name,
    readFileSync(join(folder.path, name)),
  ])
  const { items } = await readItems(join(folder.path, 'copy.db'))
  expect(items).toEqual([{ id: 'a', title: 'A' }])
  const after = readdirSync(folder.path).map((name) => [
    name,
    readFileSync(join(folder.path, name)),
  ])
  expect(after).toEqual(before)
})

test.each([
  ['damaged', 'SQLite format 3\0 and nothing more', 'SQLite reports "'],
  ['without a table', undefined, 'the database is empty'],
])('a database that is %s is one clear error', async (_, content, message) => {
  const path = database('CREATE TABLE a (id); DROP TABLE a')
  if (content !== undefined) writeFileSync(path, content)
  const reading = readItems(path)
  await expect(reading).rejects.toMatchObject({ code: 'bad-input' })
  await expect(reading).rejects.toThrow(message)
})

test('tables without a title are named in the error', async () => {
  const path = database('CREATE TABLE a (x); CREATE TABLE b (y)')
  await expect(readItems(path)).rejects.toThrow(
    /no table of items \(with a title column\) in .*shop\.db: got a, b\. Name one/,
  )
})
