/**
 * Item records as JSON columns: one list a field, names that repeat listed once. About
 * half the size of a list of records, and quicker to parse.
 *
 *   format, version       'hearth-items', 2
 *   rows                  index of each item, or the first one's if they follow each other
 *   ids, titles           [items]
 *   names                 { authors, genres, series, languages }: lists of names
 *   authors, genres       [items] numbers of `names`, one or a list
 *   languages             [items] a number of `names`
 *   series                [items] a number of `names`, or [number, position]
 *   years, descriptions   [items]
 *   urls, images          { start, rest: [items] }: the start that all share, written once
 *   prices                [items]
 *   currencies            { names, of: [items] }: numbers of the names listed
 *   available             [items] 1, or 0 for what is sold out
 *   published             [items] ISO days
 *   groups                { names, of: [items] }: numbers of the names listed
 *   imageSizes            [items] [width, height] in px
 *
 * From `authors` on, a field that no record has is left out; a record without it holds
 * null.
 */
import { HearthError } from '../errors.ts'
import { badPack } from './bad-pack.ts'
import type { ItemRecord } from './item.ts'
import {
  asFinite,
  asInteger,
  asList,
  asObject,
  asText,
  asTexts,
  inside,
  type Place,
  parseJson,
} from './json-check.ts'
import { plainLine } from './plain-line.ts'
import { safeUrl } from './safe-url.ts'

const SHARD_FORMAT = 'hearth-items'
const SHARD_VERSION = 2

/** What one record holds of one field. */
type Cell = number | string | readonly number[] | null

type NamedField = 'authors' | 'genres' | 'series' | 'languages'

/** Links with the start they share written once. */
interface Links {
  readonly start: string
  readonly rest: readonly Cell[]
}

/** @throws HearthError `bad-argument` for a record without id or with an unsafe link */
export function encodeShard(
  items: readonly ItemRecord[],
  rows: number | readonly number[],
): Uint8Array {
  items.forEach(assertRecord)
  const name = {
    authors: createNames(),
    genres: createNames(),
    series: createNames(),
    languages: createNames(),
  }
  const columns = {
    authors: writeColumn(items, ({ authors }) => authors?.map(name.authors.indexOf)),
    genres: writeColumn(items, ({ genres }) => genres?.map(name.genres.indexOf)),
    languages: writeColumn(items, ({ language }) => {
      return language === undefined ? undefined : name.languages.indexOf(language)
    }),
    series: writeColumn(items, ({ series }) => {
      if (!series) return undefined
      const { position } = series
      const index = name.series.indexOf(series.name)
      return position === undefined ? [index] : [index, position]
    }),
    years: writeColumn(items, ({ year }) => year),
    descriptions: writeColumn(items, ({ description }) => description),
    urls: writeLinks(items.map(({ url }) => url)),
    images: writeLinks(items.map(({ image }) => image)),
    prices: writeColumn(items, ({ price }) => price),
    currencies: writeNamed(items.map(({ currency }) => currency)),
    available: writeColumn(items, ({ available }) => {
      return available === undefined ? undefined : Number(available)
    }),
    published: writeColumn(items, ({ published }) => published),
    groups: writeNamed(items.map(({ group }) => group)),
    imageSizes: writeColumn(
      items,
      ({ imageSize: size }) => size && [size.width, size.height],
    ),
  }
  const shard = {
    format: SHARD_FORMAT,
    version: SHARD_VERSION,
    rows,
    ids: items.map(({ id }) => id),
    titles: items.map(({ title }) => title),
    names: {
      authors: name.authors.list,
      genres: name.genres.list,
      series: name.series.list,
      languages: name.languages.list,
    },
    ...columns, // JSON leaves the undefined ones out
  }
  return new TextEncoder().encode(JSON.stringify(shard))
}

function assertRecord(item: ItemRecord) {
  const { id, year, series, url, image, price, imageSize } = item
  const link = [url, image].find((text) => text !== undefined && !safeUrl(text))
  const number = [year, series?.position, price].find(
    (value) => value !== undefined && !Number.isFinite(value),
  )
  const side = imageSize && [imageSize.width, imageSize.height].find(isNoSide)
  if (side !== undefined) {
    throw new HearthError(
      'bad-argument',
      `invalid item ${JSON.stringify(id)}: got an image side of ${side} px, expected an integer from 1 to ${SIDE_RANGE.max}.`,
    )
  }
  if (id && link === undefined && number === undefined) return
  throw new HearthError(
    'bad-argument',
    `invalid item ${JSON.stringify(id)}: got link ${link} or number ${number}, expected an id, http(s) or relative links and finite numbers.`,
  )
}

/** Of a picture, px. */
const SIDE_RANGE = { min: 1, max: 65_535 }

function isNoSide(side: number): boolean {
  const { min, max } = SIDE_RANGE
  return !(Number.isInteger(side) && side >= min && side <= max)
}

/** Numbers names in the order they come. */
function createNames() {
  const list: string[] = []
  const known = new Map<string, number>()
  const indexOf = (name: string) => {
    const index = known.get(name) ?? list.length
    if (index === list.length) {
      known.set(name, index)
      list.push(name)
    }
    return index
  }
  return { list, indexOf }
}

/** A list with one name is written as the number alone; an empty one as absent. */
function writeColumn(
  items: readonly ItemRecord[],
  cellOf: (item: ItemRecord) => Cell | undefined,
): Cell[] | undefined {
  const cells = items.map((item) => {
    const cell = cellOf(item) ?? null
    if (!Array.isArray(cell)) return cell
    return cell.length > 1 ? cell : (cell[0] ?? null)
  })
  return cells.some((cell) => cell !== null) ? cells : undefined
}

function writeLinks(urls: readonly (string | undefined)[]): Links | undefined {
  const present = urls.filter((url) => url !== undefined)
  if (present.length === 0) return undefined
  let start = present[0]
  for (const url of present) {
    while (!url.startsWith(start)) start = start.slice(0, -1)
  }
  return { start, rest: urls.map((url) => url?.slice(start.length) ?? null) }
}

/** A column whose names repeat, with its own list of them. */
function writeNamed(values: readonly (string | undefined)[]) {
  if (values.every((value) => value === undefined)) return undefined
  const names = createNames()
  const of = values.map((value) => (value === undefined ? null : names.indexOf(value)))
  return { names: names.list, of }
}

/** One shard's items, by their place in the shard. */
export interface Shard {
  /** Index of the first item, or of each. */
  readonly rows: number | readonly number[]
  readonly ids: readonly string[]
  record(index: number): ItemRecord
}

type Read<T> = (index: number) => T | undefined
/** Of every field but the two that each item has. */
type Readers = {
  readonly [K in Exclude<keyof ItemRecord, 'id' | 'title'>]-?: Read<
    NonNullable<ItemRecord[K]>
  >
}
/** Of a column that the shard lacks. */
const NO_CELLS = () => undefined
type Check<T> = (cell: unknown, place: Place) => T

/** @throws HearthError `bad-pack` unless the bytes are a whole, sound shard */
export function readShard(file: string, bytes: Uint8Array): Shard {
  const place = { file, at: '' }
  const json = asObject(parseJson(file, bytes), place)
  if (json.format !== SHARD_FORMAT || json.version !== SHARD_VERSION) {
    throw badPack(
      file,
      `got ${json.format} ${json.version}, expected ${SHARD_FORMAT} ${SHARD_VERSION}.`,
    )
  }
  const ids = asTexts(json.ids, inside(place, 'ids'))
  const count = ids.length
  const titles = asTexts(json.titles, inside(place, 'titles'), count)
  const shard = { json, place, count }
  const authors = readNamed(shard, 'authors')
  const genres = readNamed(shard, 'genres')
  const languages = readNamed(shard, 'languages')
  const series = readSeries(shard)
  const year = readColumn(shard, 'years', asFinite)
  const description = readColumn(shard, 'descriptions', asText)
  const url = readLinks(shard, 'urls')
  const image = readLinks(shard, 'images')
  const price = readColumn(shard, 'prices', asFinite)
  const currency = readOwnNames(shard, 'currencies')
  const available = readColumn(shard, 'available', asFlag)
  const published = readColumn(shard, 'published', asText)
  const group = readOwnNames(shard, 'groups')
  const imageSize = readColumn(shard, 'imageSizes', asSize)
  const columns: Readers = {
    ...{ authors, year, genres, series, group, imageSize, url, image, description },
    language: (index) => languages(index)?.[0],
    ...{ price, currency, available, published },
    was: NO_CELLS,
  }
  // a filter reads every record: only what the shard holds is looked for
  const present = Object.entries(columns).filter(([, read]) => read !== NO_CELLS)
  const record = (index: number) => {
    const made: Record<string, unknown> = {
      id: ids[index],
      title: plainLine(titles[index]!),
    }
    for (const [name, read] of present) {
      const value = read(index)
      if (value !== undefined) made[name] = value
    }
    return made as unknown as ItemRecord
  }
  return { rows: readRows(json.rows, inside(place, 'rows'), count), ids, record }
}

interface RawShard {
  readonly json: Record<string, unknown>
  readonly place: Place
  readonly count: number
}

const INDEX_RANGE = { min: 0, max: 2 ** 32 - 1 }

function readRows(value: unknown, place: Place, count: number) {
  if (!Array.isArray(value)) return asInteger(value, place, INDEX_RANGE)
  return asList(value, place, count).map((index) =>
    asInteger(index, place, INDEX_RANGE),
  )
}

/** Checks each cell of a list that may be missing, and cells that may be null. */
function readColumn<T>(
  { json, place, count }: RawShard,
  field: string,
  check: Check<T>,
) {
  if (json[field] === undefined) return NO_CELLS
  return cellsOf(json[field], inside(place, field), { count, check })
}

function cellsOf<T>(
  value: unknown,
  place: Place,
  { count, check }: { readonly count: number; readonly check: Check<T> },
): Read<T> {
  const cells = asList(value, place, count)
  for (let i = 0; i < count; i++) if (cells[i] !== null) check(cells[i], place)
  return (index) => (cells[index] === null ? undefined : check(cells[index], place))
}

function namesOf({ json, place }: RawShard, field: NamedField): string[] {
  const at = inside(place, 'names')
  return asTexts(asObject(json.names, at)[field], inside(at, field)).map(plainLine)
}

function readNamed(shard: RawShard, field: NamedField): Read<readonly string[]> {
  const names = namesOf(shard, field)
  const range = { min: 0, max: names.length - 1 }
  return readColumn(shard, field, (cell, place) =>
    asArray(cell).map((index) => names[asInteger(index, place, range)]),
  )
}

function readSeries(shard: RawShard): Read<NonNullable<ItemRecord['series']>> {
  const names = namesOf(shard, 'series')
  const range = { min: 0, max: names.length - 1 }
  return readColumn(shard, 'series', (cell, place) => {
    const [index, position] = asArray(cell)
    const name = names[asInteger(index, place, range)]
    return position === undefined
      ? { name }
      : { name, position: asFinite(position, place) }
  })
}

function asFlag(cell: unknown, place: Place): boolean {
  return asInteger(cell, place, { min: 0, max: 1 }) === 1
}

function asSize(cell: unknown, place: Place): NonNullable<ItemRecord['imageSize']> {
  const [width, height] = asList(cell, place, 2).map((side) =>
    asInteger(side, place, SIDE_RANGE),
  )
  return { width: width!, height: height! }
}

function readOwnNames({ json, place, count }: RawShard, field: string): Read<string> {
  if (json[field] === undefined) return NO_CELLS
  const at = inside(place, field)
  const { names, of } = asObject(json[field], at)
  const list = asTexts(names, at)
  const range = { min: 0, max: list.length - 1 }
  return cellsOf(of, at, {
    count,
    check: (cell, where) => list[asInteger(cell, where, range)]!,
  })
}

/** A lone number stands for a list of one. */
function asArray(cell: unknown): readonly unknown[] {
  return Array.isArray(cell) ? cell : [cell]
}

/** Links that the writer would have refused are left out. */
function readLinks({ json, place, count }: RawShard, field: string): Read<string> {
  if (json[field] === undefined) return NO_CELLS
  const at = inside(place, field)
  const { start, rest } = asObject(json[field], at)
  const prefix = asText(start, at)
  const read = cellsOf(rest, at, { count, check: asText })
  return (index) => {
    const end = read(index)
    return end === undefined ? undefined : safeUrl(prefix + end)
  }
}
