/**
 * Items' facts → the attributes block: which author, series, genres and years an item shares
 * with others.
 *
 *   ItemRecord[items] → AttributeBlock: at most 8 attribute values an item, highest idf first
 *
 * Deterministic: the same items give the same bytes.
 */
import { MAX_ATTRIBUTES_PER_ITEM } from '../../pack/attribute-block.ts'
import type { ItemRecord } from '../../pack/item.ts'
import type { AttributeBlock, AttributeValue, Relation } from '../../pack/pack.ts'

// A year as an attribute: a decade, or before FIRST_DECADE_YEAR a century.

const FIRST_DECADE_YEAR = 1800

/**
 * The span a year belongs to, in a visitor's words: 1987 → "1980s",
 * 1605 → "17th century", −750 → "8th century BC".
 *
 * @param year astronomical sign, but with no year 0: 1 follows −1
 * @returns undefined for a missing year, 0 or a number that is not whole
 */
export function yearSpan(year: number | undefined): string | undefined {
  if (year === undefined || !Number.isInteger(year) || year === 0) return undefined
  if (year >= FIRST_DECADE_YEAR) return `${Math.floor(year / 10) * 10}s`
  const century = Math.ceil(Math.abs(year) / 100)
  return `${century}${ordinalSuffix(century)} century${year < 0 ? ' BC' : ''}`
}

function ordinalSuffix(n: number): string {
  if (n % 100 >= 11 && n % 100 <= 13) return 'th'
  return ['th', 'st', 'nd', 'rd'][n % 10] ?? 'th'
}

/** Attribute values that a pack can number in 16 bits. */
const MAX_VALUES = 65_535

/** From the highest idf down; genres of one item are ordered among themselves by rarity. */
const RELATION_ORDER: readonly Relation[] = [
  'series',
  'author',
  'tag',
  'genre',
  'years',
]

interface Candidate extends AttributeValue {
  /** Order of first appearance: breaks ties. */
  readonly order: number
  /** Items that name it. */
  items: number
}

/**
 * An attribute that only one item names is dropped, as it connects nothing, unless it is an
 * author (whom a reason may still name). Names are compared without case and with spaces
 * squeezed; the first spelling is kept. Above `maxAttributes` the rarest go, later ones
 * first. An item without facts has no attributes.
 *
 * @param maxAttributes 1–65,535
 */
export function buildAttributes(
  items: readonly ItemRecord[],
  maxAttributes = MAX_VALUES,
): AttributeBlock {
  const candidates = new Map<string, Candidate>()
  const named = items.map((item) => candidatesOf(item, candidates))
  const rows = named.map((row) => mostDistinctive(row.filter(connects)))
  recount(candidates, rows)
  const kept = keepCommonest([...candidates.values()].filter(connects), maxAttributes)
  return toBlock(kept, rows)
}

/** The item's attributes in the order of its record, each once, counted in `candidates`. */
function candidatesOf(item: ItemRecord, candidates: Map<string, Candidate>) {
  const found = new Set<Candidate>()
  for (const { name, relation } of attributesOf(item)) {
    const key = `${relation}\0${name.toLowerCase()}`
    const candidate = candidates.get(key) ?? {
      name,
      relation,
      order: candidates.size,
      items: 0,
    }
    candidates.set(key, candidate)
    found.add(candidate)
  }
  for (const candidate of found) candidate.items++
  return [...found]
}

function attributesOf(item: ItemRecord): AttributeValue[] {
  const span = yearSpan(item.year)
  const all: AttributeValue[] = [
    { name: item.series?.name ?? '', relation: 'series' },
    ...(item.authors ?? []).map((name) => ({ name, relation: 'author' as const })),
    ...(item.genres ?? []).map((name) => ({ name, relation: 'genre' as const })),
    { name: span ?? '', relation: 'years' },
  ]
  return all
    .map(({ name, relation }) => ({ name: name.trim().replace(/\s+/g, ' '), relation }))
    .filter(({ name }) => name !== '')
}

function connects({ items, relation }: Candidate) {
  return items > 1 || (items === 1 && relation === 'author')
}

function mostDistinctive(row: Candidate[]): Candidate[] {
  const rank = (c: Candidate) => RELATION_ORDER.indexOf(c.relation)
  const rarity = (c: Candidate) => (c.relation === 'genre' ? c.items : 0)
  return row // the sort is stable: authors stay in the record's order
    .sort((a, b) => rank(a) - rank(b) || rarity(a) - rarity(b))
    .slice(0, MAX_ATTRIBUTES_PER_ITEM)
}

/** Cutting rows to 8 may leave an attribute with one item: count what is really held. */
function recount(
  candidates: ReadonlyMap<string, Candidate>,
  rows: readonly Candidate[][],
) {
  for (const candidate of candidates.values()) candidate.items = 0
  for (const row of rows) for (const candidate of row) candidate.items++
}

function keepCommonest(attributes: Candidate[], limit: number): Candidate[] {
  if (attributes.length <= limit) return attributes
  return [...attributes]
    .sort((a, b) => b.items - a.items || a.order - b.order)
    .slice(0, limit)
    .sort((a, b) => a.order - b.order)
}

function toBlock(
  kept: readonly Candidate[],
  rows: readonly Candidate[][],
): AttributeBlock {
  const indexOf = new Map(kept.map((candidate, index) => [candidate, index]))
  const indices: number[] = []
  const indptr = new Uint32Array(rows.length + 1)
  rows.forEach((row, r) => {
    for (const candidate of row) {
      const index = indexOf.get(candidate)
      if (index !== undefined) indices.push(index)
    }
    indptr[r + 1] = indices.length
  })
  return {
    values: kept.map(({ name, relation }) => ({ name, relation })),
    indptr,
    indices: Uint16Array.from(indices),
  }
}
