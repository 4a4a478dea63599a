/** The catalogue by what an entry of a history may name: ids, addresses, titles, makers, words. */

import type { AttributeColumn, ColumnValue } from '../pack/attribute-column.ts'
import type { ItemRecord } from '../pack/item.ts'
import { type IdSpace, idsOfUrl, isbn13, type KnownIds } from './entry.ts'
import { makerKey, titleKeys } from './names.ts'
import { idsOf } from './services/service.ts'
import { columnKey } from './table.ts'

export interface IndexedItem {
  readonly index: number
  readonly title: string
  readonly makers: readonly string[]
  readonly year: number | undefined
  /** Of the title without brackets. */
  readonly words: readonly string[]
}

export interface CatalogueIndex {
  add(index: number, record: ItemRecord): void
  /** The item with one of these ids. */
  ofIds(ids: KnownIds): { readonly item: IndexedItem; readonly by: 'id' } | undefined
  ofAddress(
    url?: string,
  ): { readonly item: IndexedItem; readonly by: 'address' } | undefined
  ofFull(title: string): readonly IndexedItem[]
  ofMain(title: string): readonly IndexedItem[]
  /** Items of makers with one of their surnames. */
  ofMakers(makers: readonly string[]): Iterable<IndexedItem>
  /** Items with the rarest of these words. */
  ofWords(words: readonly string[]): readonly IndexedItem[]
}

/** Words that more items have tell nothing. */
const MAX_ITEMS_A_WORD = 2_000
const NONE: readonly IndexedItem[] = []

export interface CatalogueIndexOptions {
  /** The site's own, as `example.org`: relative addresses start there. Default: none. */
  readonly host?: string | undefined
  /** The owner's own columns: those named after an id space are read. Default: none. */
  readonly columns?: readonly AttributeColumn[] | undefined
}

export function createCatalogueIndex({
  host,
  columns = [],
}: CatalogueIndexOptions = {}): CatalogueIndex {
  const idColumns = columns.flatMap(({ name, values }) => {
    const space = ID_COLUMNS[columnKey(name)]
    return space ? [{ space, values }] : []
  })
  const byId = new Map<string, IndexedItem>()
  const byAddress = new Map<string, IndexedItem>()
  const byFull = new Map<string, IndexedItem[]>()
  const byMain = new Map<string, IndexedItem[]>()
  const byMaker = new Map<string, IndexedItem[]>()
  let byWord: Map<string, IndexedItem[]> | undefined
  const all: IndexedItem[] = []

  /** Made when the first entry asks: most are found before. */
  function words() {
    if (byWord) return byWord
    byWord = new Map()
    for (const item of all)
      for (const word of new Set(item.words)) push(byWord, word, item)
    return byWord
  }

  return {
    add: (index, { id, title, authors = [], year, url }) => {
      const { full, main } = titleKeys(title)
      const item = { index, title, makers: authors, year, words: full.split(' ') }
      all.push(item)
      push(byFull, full, item)
      if (main !== full) push(byMain, main, item)
      for (const key of new Set(authors.map(makerKey))) push(byMaker, key, item)
      const add = (space: IdSpace, own: string) => {
        if (!byId.has(`${space}:${own}`)) byId.set(`${space}:${own}`, item)
      }
      for (const [space, own] of idsOfItem(id, url)) add(space, own)
      for (const { space, values } of idColumns) {
        for (const own of idsOfCell(space, values[index])) add(space, own)
      }
      for (const address of [url, id]) {
        const key = address === undefined ? undefined : addressKey(address)
        if (key !== undefined && !byAddress.has(key)) byAddress.set(key, item)
      }
    },
    ofIds: (ids) => {
      for (const [space, id] of Object.entries(ids)) {
        const item = byId.get(`${space}:${id}`)
        if (item) return { item, by: 'id' }
      }
      return undefined
    },
    ofAddress: (url) => {
      if (url === undefined) return undefined
      for (const key of addressKeys(url, host)) {
        const item = byAddress.get(key)
        if (item) return { item, by: 'address' }
      }
      const [space, id] = Object.entries(idsOfUrl(url))[0] ?? []
      const item = space === undefined ? undefined : byId.get(`${space}:${id}`)
      return item && { item, by: 'address' }
    },
    ofFull: (title) => byFull.get(title) ?? NONE,
    ofMain: (title) => byMain.get(title) ?? NONE,
    ofMakers: (makers) =>
      new Set(makers.flatMap((maker) => byMaker.get(makerKey(maker)) ?? [])),
    ofWords: (wanted) => {
      const known = words()
      const lists = wanted.flatMap((word) => known.get(word) ?? [])
      if (lists.length === 0) return NONE
      const rarest = wanted
        .map((word) => known.get(word) ?? NONE)
        .filter((list) => list.length > 0 && list.length <= MAX_ITEMS_A_WORD)
        .sort((a, b) => a.length - b.length)
      return rarest[0] ?? NONE
    },
  }
}

function push(map: Map<string, IndexedItem[]>, key: string, item: IndexedItem) {
  if (key === '') return
  const list = map.get(key)
  if (list) list.push(item)
  else map.set(key, [item])
}

/**
 * The ids that an item states beyond doubt: its own where its form is that of one space
 * (`tt0111161`, an ISBN of 13 digits), and that of a known site in its address. A bare number
 * is of no known space.
 */
function* idsOfItem(id: string, url?: string): Generator<readonly [IdSpace, string]> {
  if (/^tt\d{7,10}$/.test(id)) yield ['imdb', id]
  const isbn = /^(?:97[89][\d-]{10,14}|[\d-]{9,12}[\dX])$/.test(id)
    ? isbn13(id)
    : undefined
  if (isbn !== undefined) yield ['isbn', isbn]
  if (/^10\.\d{4,9}\//.test(id)) yield ['doi', id.toLowerCase()]
  if (url === undefined) return
  for (const [space, own] of Object.entries(idsOfUrl(url)))
    yield [space as IdSpace, own]
  const inAddress = /(?:^|\D)(97[89]\d{10})(?:\D|$)/.exec(url)?.[1]
  const other = inAddress === undefined ? undefined : isbn13(inAddress)
  if (other !== undefined) yield ['isbn', other]
}

/** Names that owners give the columns of an id space. */
const ID_COLUMNS: Readonly<Record<string, IdSpace>> = {
  ...{ isbn: 'isbn', isbn10: 'isbn', isbn13: 'isbn', ean: 'isbn' },
  ...{ imdb: 'imdb', imdbid: 'imdb', tconst: 'imdb', tmdb: 'tmdb', tmdbid: 'tmdb' },
  ...{ appid: 'steam', steamid: 'steam', steamappid: 'steam' },
  ...{ movieid: 'movielens', movielensid: 'movielens' },
  ...{ goodreadsid: 'goodreads', goodreadsbookid: 'goodreads', doi: 'doi' },
}

/** A number of TMDB may be a film's or a show's: the titles tell. */
function idsOfCell(space: IdSpace, value: ColumnValue | undefined): readonly string[] {
  if (value === undefined || typeof value === 'boolean') return []
  const texts = typeof value === 'object' ? value : [String(value)]
  return texts.flatMap((text) => {
    const forms =
      space === 'tmdb' && /^\d+$/.test(text) ? [`movie/${text}`, `tv/${text}`] : [text]
    return forms.flatMap((form) => idsOf({ [space]: form })[space] ?? [])
  })
}

const RELATIVE = 'path:'
/** Parameters that state where a visitor came from. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid|ref|ref_src|mc_cid|mc_eid|igshid|si)$/

/** One form for an address: no protocol, `www.`, fragment, tracking, index page or last slash. */
function addressKey(url: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(url) || url.startsWith('//')) return absoluteKey(url)
  const path = url.replace(/^(?:\.?\/)+/, '').replace(/#.*$/, '')
  return path.includes('/') || path.includes('.')
    ? RELATIVE + trimPath(path)
    : undefined
}

function absoluteKey(url: string): string | undefined {
  const parsed = parseUrl(url)
  return parsed && hostOf(parsed) + parsed.pathKey
}

interface ParsedUrl {
  readonly host: string
  readonly pathKey: string
}
const hostOf = ({ host }: ParsedUrl) => host.replace(/^www\./, '')

function parseUrl(url: string): ParsedUrl | undefined {
  let parsed: URL
  try {
    parsed = new URL(url, 'https://invalid.example')
  } catch {
    return undefined // no address after all
  }
  if (!/^https?:$/.test(parsed.protocol)) return undefined
  for (const name of [...parsed.searchParams.keys()]) {
    if (TRACKING.test(name)) parsed.searchParams.delete(name)
  }
  const path = trimPath(parsed.pathname)
  return { host: parsed.host.toLowerCase(), pathKey: path + parsed.search }
}

const trimPath = (path: string) =>
  path.replace(/\/(?:index\.(?:html?|php))?$/, '').replace(/\.html?$/, '')

/** Keys by which an address may be an item's: whole, and on the site's own host as a path. */
function* addressKeys(url: string, host?: string): Generator<string> {
  const parsed = parseUrl(url)
  if (!parsed) return
  yield hostOf(parsed) + parsed.pathKey
  if (host === undefined || hostOf(parsed) !== host.replace(/^www\./, '')) return
  let rest = parsed.pathKey.replace(/^\/+/, '')
  for (;;) {
    yield RELATIVE + rest
    const slash = rest.indexOf('/')
    if (slash < 0) return
    rest = rest.slice(slash + 1)
  }
}
