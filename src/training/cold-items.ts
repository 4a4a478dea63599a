/**
 * Items nobody has chosen yet get a place in the CF block, from text and facts alone: each
 * becomes a mixture of known items (`cold-mix.ts`), by settings chosen on known items held
 * out (`cold-search.ts`), as loud as gives new items their fair share of the lists
 * (`cold-scale.ts`).
 */
import type { ItemRecord } from '../catalogue/item-record.ts'
import type { PairForm } from '../catalogue/pack-source.ts'
import { createRandom } from '../math/random.ts'
import { makeItems } from './cold-make.ts'
import {
  type ColdSettings,
  coldDefaults,
  type NewItem,
  type PairRows,
  takeFactors,
} from './cold-mix.ts'
import { bestOf, type ColdTrial, type ColdWorld, searchCold } from './cold-search.ts'
import type { Mixtures } from './cold-tower.ts'
import type { OnProgress, Positives } from './dataset.ts'
import { itemFeatures, presentFeatures, type TextVectors } from './kernel-features.ts'
import { orderRows } from './order-rows.ts'
import { countsOf } from './positives.ts'

export interface ColdInput {
  readonly items: readonly ItemRecord[]
  readonly positives: Positives
  /** Text vectors of the items; none without an encoder. */
  readonly texts: readonly TextVectors[]
  /** Settings to make them by. Default: found on known items held out. */
  readonly settings?: ColdSettings
  /** Default 1. */
  readonly seed?: number
  readonly onProgress?: OnProgress
}

export interface ColdReport {
  readonly chosen: ColdSettings
  /** Items that got a row, and known ones that they are mixtures of. */
  readonly items: number
  readonly known: number
  /** What there was to tell items by. */
  readonly readBy: readonly string[]
  readonly tried: readonly ColdTrial[]
  /** What new items' scores were multiplied by, to be as loud as known ones. */
  readonly factor: number
  /** Mean pairs a new item got. */
  readonly entriesPerItem: number
}

export interface ColdItems {
  readonly rows: PairRows
  /** [items] users that the text lets one expect; 0 for an item that has some. */
  readonly expectedUsers: Float32Array
  /** What each new item is made of. */
  readonly mixtures: Mixtures
  readonly report: ColdReport
}

/** Known items that new ones are mixtures of, at most: the solution grows with its square. */
const MOST_KNOWN = 3000
/** Numbers in the ridge's table, at most: 8 B each. */
const MOST_NUMBERS = 6e7
const LEAST_ENTRIES = 4
/**
 * @param rows CF of `positives`
 * @returns undefined if no item is new, or none is known
 */
export function addColdItems(rows: PairRows, input: ColdInput): ColdItems | undefined {
  const { items, positives, texts, seed = 1, onProgress } = input
  const counts = countsOf(positives)
  const fresh = Uint32Array.from(counts, (_, row) => row).filter((row) => !counts[row])
  const known = chooseKnown(counts, fresh.length, seed)
  if (fresh.length === 0 || known.length === 0) return undefined
  const world = {
    strengths: takeFactors(rows),
    pairs: rows.pairs,
    counts,
    known,
    features: itemFeatures(items, texts),
    positives,
  }
  const { settings, tried } = settle(world, input)
  onProgress?.('reading new items', 0)
  // a pair is in two rows, and a new item's costs as much as a known one's
  const perItem = rows.indices.length / 2 / (items.length - fresh.length)
  const entries = Math.max(LEAST_ENTRIES, Math.round(perItem))
  const { made, factor, alpha } = makeItems(world, { fresh, settings, entries, seed })
  onProgress?.('reading new items', 1)
  const expectedUsers = new Float32Array(items.length)
  fresh.forEach((row, f) => {
    expectedUsers[row] = made[f].users
  })
  const given = made.reduce((sum, { indices }) => sum + indices.length, 0)
  return {
    rows: mergeItems(rows, fresh, made),
    expectedUsers,
    mixtures: { known, fresh, alpha },
    report: {
      ...{ chosen: settings, tried, factor },
      ...{ items: fresh.length, known: known.length },
      readBy: presentFeatures(world.features),
      entriesPerItem: given / fresh.length,
    },
  }
}

/** The settings given, or the best that a search finds. */
function settle(world: ColdWorld, { settings, seed = 1, onProgress }: ColdInput) {
  if (settings) return { settings, tried: [] }
  const tried = searchCold(world, {
    seed,
    onTrial: (done) => onProgress?.('choosing how to read new items', done),
  })
  return { settings: tried.length > 0 ? bestOf(tried).settings : coldDefaults, tried }
}

/** The best known of them, of whom most can be learned, in random order. */
function chooseKnown(counts: Uint32Array, fresh: number, seed: number): Uint32Array {
  // n(n + fresh) numbers
  const room = (Math.sqrt(fresh * fresh + 4 * MOST_NUMBERS) - fresh) / 2
  const most = Math.min(MOST_KNOWN, Math.max(1, Math.floor(room)))
  const order = Uint32Array.from(counts, (_, row) => row)
  const best = order.sort((a, b) => counts[b] - counts[a] || a - b).slice(0, most)
  return createRandom(seed).shuffleInto(best.filter((row) => counts[row] > 0))
}

/** `rows` with the new items' pairs in both directions, and their factors and vectors. */
function mergeItems(
  rows: PairRows,
  fresh: Uint32Array,
  made: readonly NewItem[],
): PairRows {
  const pairs = mergeForm(rows.pairs, fresh, made)
  const { rowFactors: a, columnFactors: t } = pairs
  const added = Array.from({ length: rows.rows }, () => [] as [number, number][])
  made.forEach(({ indices, strengths }, f) => {
    const item = fresh[f]
    indices.forEach((row, e) => {
      added[row].push([item, strengths[e] * a[row] * t[item]])
      added[item].push([row, strengths[e] * a[item] * t[row]])
    })
  })
  const extra = added.reduce((sum, list) => sum + list.length, 0)
  const indptr = new Uint32Array(rows.rows + 1)
  const indices = new Uint32Array(rows.indices.length + extra)
  const values = new Float32Array(indices.length)
  let end = 0
  added.forEach((entries, row) => {
    for (let e = rows.indptr[row]; e < rows.indptr[row + 1]; e++) {
      entries.push([rows.indices[e], rows.values[e]])
    }
    for (const [column, value] of entries.sort((x, y) => x[0] - y[0])) {
      indices[end] = column
      values[end++] = value
    }
    indptr[row + 1] = end
  })
  const order = rows.pairs.order && { order: orderRows({ indptr, indices }) }
  return { ...rows, indptr, indices, values, pairs: { ...pairs, ...order } }
}

function mergeForm(
  pairs: PairForm,
  fresh: Uint32Array,
  made: readonly NewItem[],
): PairForm {
  const { latent } = pairs
  const rowFactors = pairs.rowFactors.slice()
  const columnFactors = pairs.columnFactors.slice()
  const vectors = latent?.vectors.slice()
  made.forEach((item, f) => {
    rowFactors[fresh[f]] = item.rowFactor
    columnFactors[fresh[f]] = item.columnFactor
    vectors?.set(item.latent, fresh[f] * item.latent.length)
  })
  return {
    ...pairs,
    rowFactors,
    columnFactors,
    ...(latent && vectors ? { latent: { dim: latent.dim, vectors } } : {}),
  }
}
