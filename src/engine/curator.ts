/**
 * The owner's hand: the rules of a pack, its overlay and what a call asks for → a curation,
 * masks and numbers by item index that lists are made within. Loaded only where there is any
 * of them.
 *
 * Every mask is made once for its filter (and, where it reads the clock, its day) and kept,
 * so that a click costs what it costs without.
 */
import { HearthError } from '../errors.ts'
import type { AttributeColumn } from '../pack/attribute-column.ts'
import type { ItemTable } from '../pack/items.ts'
import type { Overlay } from '../pack/overlay.ts'
import type { Pack } from '../pack/pack.ts'
import type { Rules } from '../pack/rules.ts'
import type { Curation } from '../scoring/curation.ts'
import {
  type CheckedNode,
  checkFilter,
  columnsOf,
  readsToday,
} from '../scoring/filter/check-filter.ts'
import { compileFilter } from '../scoring/filter/compile-filter.ts'
import { dayAt, dayOf } from '../scoring/filter/fields.ts'
import type { FilterSource } from '../scoring/filter/filter.ts'
import { parseFilter } from '../scoring/filter/parse-filter.ts'
import { filterText } from '../scoring/filter/print-filter.ts'
import { checkKind } from './check-options.ts'
import type { ListOptions } from './hearth.ts'

export interface CuratorParts {
  readonly pack: Pack
  /** As the overlay has them. */
  readonly items: ItemTable
  readonly overlay?: Overlay | undefined
  readonly readColumn: (name: string) => Promise<AttributeColumn>
  /** Every index in the order everyone is shown. */
  readonly common: Uint32Array
  /** Unix time, ms. */
  readonly now: () => number
}

export interface Curator {
  /**
   * @throws HearthError `bad-argument` for options out of their range, or a filter that does
   *   not parse or names what the catalogue lacks; `bad-pack` if a column cannot be read
   */
  curate(options: ListOptions): Promise<Curation>
  /** What is hidden from every list, by the rules and the overlay. */
  forbidden(): Promise<Uint8Array>
  /** Columns whose values are here, in the manifest's order. */
  loaded(): string[]
}

/** Masks and curations kept: a page has a few filters. */
const KEPT = 48

export function createCurator(parts: CuratorParts): Curator {
  const { pack, items, overlay, common, now } = parts
  const { itemCount, manifest } = pack
  const { rules = {}, columns: known = [] } = manifest
  const columns = new Map<string, AttributeColumn>()
  const reading = new Map<string, Promise<void>>()
  const checked = new Map<string, CheckedNode>()
  const masks = new Map<string, Uint8Array>()
  const curations = new Map<string, Curation>()

  function read(name: string): Promise<void> {
    const known = reading.get(name)
    if (known) return known
    const made = parts.readColumn(name).then((column) => {
      columns.set(name, column)
    })
    made.catch(() => reading.delete(name)) // the next call asks again
    reading.set(name, made)
    return made
  }
  const readAll = () => Promise.all(known.map(({ name }) => read(name)))

  function check(source: FilterSource): CheckedNode {
    const before = checked.get(source.text)
    if (before) return before
    const node = checkFilter(parseFilter(source), known, source)
    keep(checked, source.text, node)
    return node
  }

  /** [items] 1 where the filter holds; its columns are here. */
  function maskOf(source: FilterSource): Uint8Array {
    const node = check(source)
    const key = readsToday(node) ? `${dayAt(now())} ${source.text}` : source.text
    const before = masks.get(key)
    if (before) return before
    const mask = compileFilter(node, {
      ...{ itemCount, record: items.record, today: dayAt(now()) },
      column: (name) => columns.get(name)!.values,
    })
    keep(masks, key, mask)
    return mask
  }

  const indicesOf = (ids: readonly string[]) =>
    ids.flatMap((id) => items.indexOf(id) ?? [])

  /** Rules name their columns for everyone alike: those are read, and no others. */
  async function readForRules() {
    const own = rulesFilters(rules).flatMap((source) => columnsOf(check(source)))
    await Promise.all(own.map(read))
  }

  /**
   * A caller's filter may be a visitor's own choice. So that no request names it, all columns
   * are read with the first filter that needs one.
   */
  async function readFor(sources: readonly FilterSource[]) {
    if (sources.some((source) => columnsOf(check(source)).length > 0)) await readAll()
  }

  /** [items] 1 for what no list holds. */
  function forbiddenNow(): Uint8Array {
    const key = `forbidden ${dayAt(now())}`
    const before = masks.get(key)
    if (before) return before
    const passes = rules.filter && maskOf(sourceOf('filter', rules.filter))
    const oldest = dayAt(now()) - (rules.notOlderThanDays ?? 0)
    const mask = new Uint8Array(itemCount)
    for (let index = 0; index < itemCount; index++) {
      if (passes && passes[index] === 0) mask[index] = 1
      if (!rules.onlyInStock && rules.notOlderThanDays === undefined) continue
      const { available, published } = items.record(index)
      if (rules.onlyInStock && available === false) mask[index] = 1
      if (rules.notOlderThanDays === undefined || published === undefined) continue
      if ((dayOf(published) ?? Infinity) < oldest) mask[index] = 1
    }
    const hidden = [...(rules.hide ?? []), ...(overlay?.hidden ?? [])]
    for (const index of indicesOf(hidden)) mask[index] = 1
    keep(masks, key, mask)
    return mask
  }

  async function curate(options: ListOptions): Promise<Curation> {
    const asked = resolveOptions(options)
    const { filter, boosts, exclude, minMatch, fallback } = asked
    const sources = [filter, ...boosts.map(({ source }) => source)].filter(
      (source) => source !== undefined,
    )
    await Promise.all([readForRules(), readFor(sources)])
    // an empty filter states that others will follow: what they need is read ahead
    if (options.filter === '') void readAll().catch(() => {})
    const key = JSON.stringify([dayAt(now()), asked])
    const before = curations.get(key)
    if (before) return before
    const forbidden = forbiddenNow()
    const hidden = forbidden.slice()
    if (filter) {
      const mask = maskOf(filter)
      for (let index = 0; index < itemCount; index++) hidden[index] |= mask[index]! ^ 1
    }
    for (const index of indicesOf(exclude)) hidden[index] = 1
    const boost = boostOf([...ruleBoosts(rules), ...boosts])
    const pinned = indicesOf([...(overlay?.pinned ?? []), ...(rules.pin ?? [])])
    const curation: Curation = {
      ...{ key, hidden, forbidden, minMatch },
      ...(boost ? { boost } : {}),
      ...(rules.bury ? { buried: maskOf(sourceOf('bury', rules.bury)) } : {}),
      pins: [...new Set(pinned)].filter((index) => !hidden[index]),
      limits: rules,
      fallback: fallbackOf(fallback),
      isFiltered: filter !== undefined,
    }
    keep(curations, key, curation)
    return curation
  }

  function boostOf(boosts: readonly ResolvedBoost[]): Float32Array | undefined {
    if (boosts.length === 0) return undefined
    const sum = new Float32Array(itemCount)
    for (const { source, by } of boosts) {
      const mask = maskOf(source)
      for (let index = 0; index < itemCount; index++) sum[index]! += by * mask[index]!
    }
    return sum
  }

  function fallbackOf(fallback: ResolvedOptions['fallback']): Iterable<number> {
    if (fallback === 'popular') return common
    return fallback === 'none' ? [] : indicesOf(fallback)
  }

  return {
    curate,
    forbidden: async () => {
      await readForRules()
      return forbiddenNow()
    },
    loaded: () => known.map(({ name }) => name).filter((name) => columns.has(name)),
  }
}

function keep<T>(kept: Map<string, T>, key: string, value: T) {
  kept.set(key, value)
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
}

interface ResolvedBoost {
  readonly source: FilterSource
  readonly by: number
}

interface ResolvedOptions {
  readonly filter: FilterSource | undefined
  readonly boosts: readonly ResolvedBoost[]
  readonly exclude: readonly string[]
  readonly minMatch: number
  readonly fallback: 'popular' | 'none' | readonly string[]
}

const sourceOf = (rule: string, text: string): FilterSource => ({
  ...{ text: text.trim(), label: `rules.${rule}`, code: 'bad-pack' },
})

const ruleBoosts = ({ boost = [] }: Rules): ResolvedBoost[] =>
  boost.map(({ filter, by }, place) => ({
    source: sourceOf(`boost[${place}].filter`, filter),
    by,
  }))

const rulesFilters = (rules: Rules): FilterSource[] => [
  ...(rules.filter ? [sourceOf('filter', rules.filter)] : []),
  ...(rules.bury ? [sourceOf('bury', rules.bury)] : []),
  ...ruleBoosts(rules).map(({ source }) => source),
]

function resolveOptions(options: ListOptions): ResolvedOptions {
  const { filter = '', boost = [], exclude = [], threshold = 0 } = options
  const { fallback = 'none' } = options
  const text = filterText(filter)
  if (!(threshold >= 0 && threshold < 1)) {
    throw wrong('threshold', threshold, 'a probability from 0 to below 1')
  }
  if (!isIds(exclude)) throw wrong('exclude', exclude, 'a list of ids, each a text')
  if (fallback !== 'popular' && fallback !== 'none' && !isIds(fallback)) {
    throw wrong('fallback', fallback, '"popular", "none" or a list of ids')
  }
  if (!Array.isArray(boost)) throw wrong('boost', boost, 'a list of { filter, by }')
  return {
    filter: text === '' ? undefined : { text },
    boosts: boost.map((one, place) => {
      checkKind(`boost[${place}]`, one, 'object')
      const { filter: own, by } = one
      const source = { text: filterText(own ?? ''), label: `boost[${place}].filter` }
      if (source.text === '') throw wrong(source.label, own, 'a filter')
      if (!Number.isFinite(by)) throw wrong(`boost[${place}].by`, by, 'a number')
      return { source, by }
    }),
    exclude,
    minMatch: threshold,
    fallback,
  }
}

const isIds = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((id) => typeof id === 'string')

function wrong(name: string, value: unknown, expected: string): HearthError {
  const shown = JSON.stringify(value)?.slice(0, 60) ?? String(value)
  return new HearthError(
    'bad-argument',
    `invalid ${name}: got ${shown}, expected ${expected}.`,
  )
}
