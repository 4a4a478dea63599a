/**
 * Items nobody has chosen yet get a place in the CF block, from text and facts alone: each
 * becomes a mixture of known items (`cold-mix.ts`), by settings chosen on known items held
 * out (`cold-search.ts`), as large as gives new items their fair share of the lists
 * (`cold-scale.ts`).
 */

import { createRandom } from '../../../math/random.ts'
import type { ItemRecord } from '../../../pack/item.ts'
import type { PackSource, PairForm } from '../../../pack/pack-source.ts'
import type { OnProgress, Positives } from '../../dataset/dataset.ts'
import { coldOf, countsOf, popularityOf } from '../../dataset/positives.ts'
import type { LearnedModels } from '../../learn-models.ts'
import { orderRows } from '../item-item/order-rows.ts'
import {
  emptyLikeness,
  itemFeatures,
  kernelInto,
  likenessInto,
  presentFeatures,
  type TextVectors,
} from './kernel.ts'
import {
  type ColdSettings,
  coldDefaults,
  createMixer,
  type NewItem,
  type PairRows,
  ridgeTable,
  takeFactors,
} from './mix.ts'
import { calibrateColdStart } from './calibrate.ts'
import { bestOf, type ColdTrial, type ColdWorld, searchCold } from './tune.ts'

// New items in the towers' space, as mixtures of known ones:
// i = ReLU(mean + Σ α_i · (i_i − mean))        bias alike, within the known ones' range
// α is the kernel ridge's (cold-mix.ts). The item tower has a vector for them too, from
// content and attributes without an id; the ridge also reads words, names and years apart.

type Tower = NonNullable<PackSource['tower']>

export interface Mixtures {
  /** Item rows that α speaks of. */
  readonly known: Uint32Array
  /** Item rows to be placed. */
  readonly fresh: Uint32Array
  /** α [known] of a new item, by its place in `fresh`. */
  readonly alpha: (f: number) => Float64Array
}

/** Share of the mixture beside what the item tower itself says of a new item, 0–1. */
const MIXED = 0.5

/** @returns the tower with the new items' vectors and biases in place of its own */
export function placeInTower(tower: Tower, { known, fresh, alpha }: Mixtures): Tower {
  const { dim } = tower
  const vector = mixer(tower.items, dim, known)
  const bias = mixer(tower.bias, 1, known)
  const { low, high } = rangeOf(known, tower.bias)
  const items = tower.items.slice()
  const biases = tower.bias.slice()
  fresh.forEach((row, f) => {
    const mixed = vector(alpha(f))
    for (let d = 0; d < dim; d++) {
      const at = row * dim + d
      items[at] = MIXED * Math.max(0, mixed[d]) + (1 - MIXED) * items[at]
    }
    biases[row] = Math.min(high, Math.max(low, bias(alpha(f))[0]))
  })
  return { ...tower, items, bias: biases }
}

/** mean + Σ α_i · (x_i − mean) over rows of a row-major matrix. */
function mixer(values: Float32Array, dim: number, known: Uint32Array) {
  const mean = new Float64Array(dim)
  for (const row of known) {
    for (let d = 0; d < dim; d++) mean[d] += values[row * dim + d] / known.length
  }
  return (alpha: Float64Array) => {
    const sum = mean.slice()
    known.forEach((row, i) => {
      for (let d = 0; d < dim; d++) {
        sum[d] += alpha[i] * (values[row * dim + d] - mean[d])
      }
    })
    return sum
  }
}

function rangeOf(rows: Uint32Array, values: Float32Array) {
  let [low, high] = [Infinity, -Infinity]
  for (const row of rows) {
    low = Math.min(low, values[row])
    high = Math.max(high, values[row])
  }
  return { low, high }
}

// The settings are chosen: every new item is made, as large as known items of its kind.

/** Known items whose scale is compared with what they were made to be. */
const BALANCED_SHARE = 0.1
const MAX_CALIBRATED = 400

export interface MadeItems {
  /** [fresh] */
  readonly made: readonly NewItem[]
  /** What strengths and vectors were multiplied by. */
  readonly factor: number
  /** α [known] of a new item, by its place in `fresh`. */
  readonly alpha: (f: number) => Float64Array
}

/** The calibrated items are known ones, left out at first and taken in afterwards. */
export function makeItems(
  world: ColdWorld,
  options: {
    /** Item rows. */
    readonly fresh: Uint32Array
    readonly settings: ColdSettings
    /** Pairs a new item gets at most. */
    readonly entries: number
    readonly seed: number
  },
): MadeItems {
  const { fresh, settings, entries, seed } = options
  const { known } = world
  const table = tableOf(world, fresh, settings)
  const calibrated = Math.min(MAX_CALIBRATED, Math.floor(known.length * BALANCED_SHARE))
  const first = known.length - calibrated
  const hidden = Uint8Array.from(world.counts, (count) => (count === 0 ? 1 : 0))
  const mixerOf = (of: Uint32Array, hides: Uint8Array) =>
    createMixer(world, { known: of, settings, hidden: hides, entries })
  table.takeIn(first)
  const rows = known.slice(first)
  const trial = hidden.slice()
  for (const row of rows) trial[row] = 1
  const mixFirst = mixerOf(known.slice(0, first), trial)
  const remade = Array.from(rows, (_, b) => mixFirst(table.alpha(first + b)))
  const { positives } = world
  const factor = calibrateColdStart(world, { rows, made: remade }, { positives, seed })
  table.takeIn(known.length)
  const mix = mixerOf(known, hidden)
  const alpha = (f: number) => table.alpha(known.length + f)
  return {
    made: Array.from(fresh, (_, f) => larger(mix(alpha(f)), factor)),
    factor,
    alpha,
  }
}

function larger(item: NewItem, factor: number): NewItem {
  const times = (values: Float32Array) => values.map((x) => x * factor)
  return { ...item, strengths: times(item.strengths), latent: times(item.latent) }
}

function tableOf(
  { features, known }: ColdWorld,
  fresh: Uint32Array,
  settings: ColdSettings,
) {
  const likeness = emptyLikeness(known.length)
  const picks = Uint32Array.from(known, (_, i) => i)
  const size = { known: known.length, fresh: fresh.length, ridge: settings.ridge }
  return ridgeTable(size, (row, out, at) => {
    const item = row < known.length ? known[row] : fresh[row - known.length]
    likenessInto(features, item, { others: known, out: likeness })
    kernelInto(likeness, settings, { picks, out, at })
  })
}

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
  /** What new items' scores were multiplied by, to be as large as known ones. */
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
const MAX_KNOWN = 3000
/** Numbers in the ridge's table, at most: 8 B each. */
const MAX_NUMBERS = 6e7
const MIN_ENTRIES = 4
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
  const entries = Math.max(MIN_ENTRIES, Math.round(perItem))
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
  const room = (Math.sqrt(fresh * fresh + 4 * MAX_NUMBERS) - fresh) / 2
  const most = Math.min(MAX_KNOWN, Math.max(1, Math.floor(room)))
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

// The learned parts with the items in them that nobody has chosen yet.

export interface ColdParts extends LearnedModels {
  /** [rows] of known items as ever; of new ones what lets itself be expected. */
  readonly popularity?: Float32Array
  /** Absent where nothing was new, or CF holds nothing to mix. */
  readonly cold?: ColdReport
}

/**
 * New items get pairs in CF, a place in the towers' space and a popularity to be expected:
 * all mixtures of known items by one kernel ridge, so that they compete with them.
 */
export function withColdItems(learned: LearnedModels, input: ColdInput): ColdParts {
  const fresh = coldOf(countsOf(input.positives))
  if (fresh === 0) return learned
  const { cf, tower, notes } = learned
  const added = cf?.pairs && addColdItems(cf as PairRows, input)
  if (!added) return { ...learned, notes: [...notes, unread(fresh)] }
  const { rows, mixtures, expectedUsers, report } = added
  return {
    ...learned,
    cf: rows,
    ...(tower ? { tower: placeInTower(tower, mixtures) } : {}),
    popularity: expected(input, expectedUsers),
    cold: report,
    notes: [...notes, noteOf(input, report)],
  }
}

/** As `popularityOf`, with the users expected of new items. */
function expected({ positives }: ColdInput, users: Float32Array): Float32Array {
  const most = countsOf(positives).reduce((a, b) => Math.max(a, b), 1)
  return popularityOf(positives).map((known, row) =>
    users[row] > 0 ? Math.log1p(users[row]) / Math.log1p(most) : known,
  )
}

function unread(fresh: number): string {
  return `${fresh} items have no positive interactions, and no rows: CF is off.`
}

function noteOf({ positives }: ColdInput, report: ColdReport): string {
  const { items, known, entriesPerItem, readBy } = report
  const counts = countsOf(positives)
  const all = counts.length - coldOf(counts)
  const of = known < all ? `the ${known} most chosen of ${all}` : `${known}`
  return (
    `${items} items have no positive interactions: they got rows of ` +
    `${entriesPerItem.toFixed(0)} pairs by kernel ridge over ${of} known items, ` +
    `read by ${readBy.join(', ') || 'nothing'}.`
  )
}
