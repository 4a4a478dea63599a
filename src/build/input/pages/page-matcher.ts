/** Addresses of pages → the items those pages are of. */
import { type PageAddress, pageAddress } from './page-address.ts'

/** Two items have the address: it tells neither. */
const AMBIGUOUS = -1

type Index = Map<string, number>

/** Sets of parameters that items of one path differ by, the largest first. */
type ParamSets = Map<string, readonly (readonly string[])[]>

export interface PageMatcher {
  /** Items that have an address. */
  readonly size: number
  /** @returns the item's index; undefined where the page is of no item, or of several */
  find(address: string): number | undefined
}

/**
 * Matches by host and path; by path alone where that is one item's. Capitals, a last slash,
 * `index.html`, `.html`, escapes and parameters of campaigns make no difference. Parameters
 * count where the item's own address has them (`/product.php?id=7`).
 *
 * @param urls [items] absolute or relative; undefined where the item has none
 */
export function createPageMatcher(urls: readonly (string | undefined)[]): PageMatcher {
  const index: Index = new Map()
  const sets: ParamSets = new Map()
  let size = 0
  urls.forEach((url, item) => {
    if (url === undefined) return
    size++
    const address = pageAddress(url)
    const names = [...address.params.keys()].sort()
    for (const place of new Set(placesOf(address))) {
      addSet(sets, place, names)
      add(index, keyOf(place, names, address)!, item)
    }
  })
  const found = new Map<string, number | undefined>()
  return {
    size,
    find(text) {
      // most lines of a log ask for a page that was asked for before
      if (found.has(text)) return found.get(text)
      const item = look(pageAddress(text), index, sets)
      if (found.size >= MAX_REMEMBERED) found.clear()
      found.set(text, item)
      return item
    },
  }
}

const MAX_REMEMBERED = 100_000

function look(address: PageAddress, index: Index, sets: ParamSets) {
  for (const path of pathsOf(address.path)) {
    for (const place of placesOf({ ...address, path })) {
      for (const names of sets.get(place) ?? []) {
        const item = index.get(keyOf(place, names, address) ?? '')
        if (item !== undefined && item !== AMBIGUOUS) return item
      }
    }
  }
  return undefined
}

/** The keys of a page, the surest first: as written with its host, then in small letters. */
function placesOf({ host, path }: PageAddress): string[] {
  const small = path.toLowerCase()
  // `=` before what is compared as written, `~` before what is in small letters
  const places = [`=${path}`, `~${small}`]
  return host === undefined
    ? places
    : [`=//${host}${path}`, `~//${host}${small}`, ...places]
}

function add(index: Index, key: string, item: number): void {
  const known = index.get(key)
  index.set(key, known === undefined || known === item ? item : AMBIGUOUS)
}

function addSet(sets: ParamSets, place: string, names: readonly string[]): void {
  const known = sets.get(place) ?? []
  const isKnown = known.some((other) => other.join('&') === names.join('&'))
  if (isKnown) return
  sets.set(
    place,
    [...known, names].sort((a, b) => b.length - a.length),
  )
}

/** @returns undefined where the address lacks one of the parameters */
function keyOf(
  place: string,
  names: readonly string[],
  { params }: PageAddress,
): string | undefined {
  if (names.length === 0) return place
  const values = names.map((name) => params.get(name))
  if (values.some((value) => value === undefined)) return undefined
  return `${place}?${names.map((name, i) => `${name}=${values[i]}`).join('&')}`
}

const LANGUAGE = /^\/[a-z]{2}(?:[-_][a-z]{2})?(?=\/)/i
const COLLECTION = /^(.*)\/collections\/[^/]+(\/products\/.+)$/

/**
 * The path, and what it is without the language or the collection before it:
 * `/de/products/x` and `/collections/shirts/products/x` show `/products/x`.
 */
function pathsOf(path: string): string[] {
  const outside = path.replace(COLLECTION, '$1$2')
  return [
    ...new Set([
      path,
      outside,
      path.replace(LANGUAGE, ''),
      outside.replace(LANGUAGE, ''),
    ]),
  ]
}
