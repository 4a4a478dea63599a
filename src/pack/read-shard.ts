/** The reader beside `encodeShard`: every cell is checked, records are made on demand. */
import { badPack } from './bad-pack.ts'
import type { ItemRecord } from './item.ts'
import { type NamedField, SHARD_FORMAT } from './item-shard.ts'
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
import { safeUrl } from './safe-url.ts'

/** One shard's items, by their place in the shard. */
export interface Shard {
  /** Index of the first item, or of each. */
  readonly rows: number | readonly number[]
  readonly ids: readonly string[]
  record(index: number): ItemRecord
}

type Read<T> = (index: number) => T | undefined
type Check<T> = (cell: unknown, place: Place) => T

/** @throws HearthError `bad-pack` unless the bytes are a whole, sound shard */
export function readShard(file: string, bytes: Uint8Array): Shard {
  const place = { file, at: '' }
  const json = asObject(parseJson(file, bytes), place)
  if (json.format !== SHARD_FORMAT || json.version !== 1) {
    throw badPack(
      file,
      `got ${json.format} ${json.version}, expected ${SHARD_FORMAT} 1.`,
    )
  }
  const ids = asTexts(json.ids, inside(place, 'ids'))
  const count = ids.length
  const titles = asTexts(json.titles, inside(place, 'titles'), count)
  const shard = { json, place, count }
  const authors = named(shard, 'authors')
  const genres = named(shard, 'genres')
  const languages = named(shard, 'languages')
  const series = seriesColumn(shard)
  const year = column(shard, 'years', asFinite)
  const description = column(shard, 'descriptions', asText)
  const url = links(shard, 'urls')
  const image = links(shard, 'images')
  const record = (index: number) =>
    withoutUndefined({
      id: ids[index],
      title: titles[index],
      authors: authors(index),
      year: year(index),
      genres: genres(index),
      series: series(index),
      url: url(index),
      image: image(index),
      description: description(index),
      language: languages(index)?.[0],
    })
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
function column<T>({ json, place, count }: RawShard, field: string, check: Check<T>) {
  if (json[field] === undefined) return () => undefined
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
  return asTexts(asObject(json.names, at)[field], inside(at, field))
}

function named(shard: RawShard, field: NamedField): Read<readonly string[]> {
  const names = namesOf(shard, field)
  const range = { min: 0, max: names.length - 1 }
  return column(shard, field, (cell, place) =>
    asArray(cell).map((index) => names[asInteger(index, place, range)]),
  )
}

function seriesColumn(shard: RawShard): Read<NonNullable<ItemRecord['series']>> {
  const names = namesOf(shard, 'series')
  const range = { min: 0, max: names.length - 1 }
  return column(shard, 'series', (cell, place) => {
    const [index, position] = asArray(cell)
    const name = names[asInteger(index, place, range)]
    return position === undefined
      ? { name }
      : { name, position: asFinite(position, place) }
  })
}

/** A lone number stands for a list of one. */
function asArray(cell: unknown): readonly unknown[] {
  return Array.isArray(cell) ? cell : [cell]
}

/** Links that the writer would have refused are left out. */
function links({ json, place, count }: RawShard, field: string): Read<string> {
  if (json[field] === undefined) return () => undefined
  const at = inside(place, field)
  const { start, rest } = asObject(json[field], at)
  const prefix = asText(start, at)
  const read = cellsOf(rest, at, { count, check: asText })
  return (index) => {
    const end = read(index)
    return end === undefined ? undefined : safeUrl(prefix + end)
  }
}

type Loose<T> = { [K in keyof T]: T[K] | undefined }

function withoutUndefined(record: Loose<Required<ItemRecord>>): ItemRecord {
  const present = Object.entries(record).filter(([, value]) => value !== undefined)
  return Object.fromEntries(present) as unknown as ItemRecord
}
