/**
 * The cold-start model: items without any interaction get a place in the CF block, from text
 * and facts alone. Each becomes a mixture of known items (mix.ts), by settings chosen on
 * known items held out (tune.ts), on a scale that gives cold-start items their fair share of
 * the lists (calibrate.ts). It fills the blocks of other models and has none of its own.
 */

import { createRandom } from '../../../math/random.ts'
import type { ItemRecord } from '../../../pack/item.ts'
import type { PackSource, PairForm } from '../../../pack/pack-source.ts'
import type { OnProgress, Positives } from '../../dataset/dataset.ts'
import { coldOf, countsOf, popularityOf } from '../../dataset/positives.ts'
import { orderRows } from '../item-item/order-rows.ts'
import { type Model, resolveSettings, scoreBy } from '../model.ts'
import { calibrateColdStart } from './calibrate.ts'
import {
  emptyLikeness,
  itemFeatures,
  kernelInto,
  likenessInto,
  presentFeatures,
  type TextVectors,
} from './kernel.ts'
import {
  type ColdItem,
  type ColdSettings,
  coldDefaults,
  coldRanges,
  createMixer,
  type PairRows,
  ridgeTable,
  takeFactors,
} from './mix.ts'
import { bestOf, type ColdTrial, type ColdWorld, tuneCold } from './tune.ts'

export const coldStartModel = {
  defaults: coldDefaults,
  ranges: coldRanges,
  tune: tuneOn,
  fit: fitCold,
  score: scoreBy('cf'),
} satisfies Model<ColdInput, ColdSettings, ColdItems>

export interface ColdInput {
  /** CF of `positives`. */
  readonly rows: PairRows
  readonly items: readonly ItemRecord[]
  readonly positives: Positives
  /** Text vectors of the items; none without an encoder. */
  readonly texts: readonly TextVectors[]
  /** Default 1. */
  readonly seed?: number
  readonly onProgress?: OnProgress
}

interface ColdItems {
  /** CF with the cold-start items' pairs in it. */
  readonly rows: PairRows
  /** [items] users to be expected by the text; 0 for an item that has some. */
  readonly expectedUsers: Float32Array
  /** What each cold-start item is made of. */
  readonly mixtures: Mixtures
  readonly report: Omit<ColdReport, keyof ColdChoice>
}

interface ColdChoice {
  readonly chosen: ColdSettings
  /** In order; empty if there were too few known items to choose by. */
  readonly tried: readonly ColdTrial[]
}

export interface ColdReport extends ColdChoice {
  /** What cold-start items' scores were multiplied by, to be on the scale of known ones. */
  readonly factor: number
  /** Items that got a row, and known ones that they are mixtures of. */
  readonly items: number
  readonly known: number
  /** The features there were to compare items by. */
  readonly readBy: readonly string[]
  /** Mean pairs a cold-start item got. */
  readonly entriesPerItem: number
}

/** Known items that cold-start items are mixtures of, at most: the solution grows with its square. */
const MAX_KNOWN = 3000
/** Numbers in the ridge's table, at most: 8 B each. */
const MAX_NUMBERS = 6e7
const MIN_ENTRIES = 4

/** The settings that rank known items best when they are held out. */
function tuneOn(input: ColdInput): ColdChoice {
  const { seed = 1, onProgress } = input
  const tried = tuneCold(worldOf(input).world, {
    seed,
    onTrial: (done) => onProgress?.('choosing how to read cold-start items', done),
  })
  return { chosen: tried.length > 0 ? bestOf(tried).settings : coldDefaults, tried }
}

/** @returns undefined if no item is cold, or none is known */
function fitCold(
  input: ColdInput,
  changes?: Partial<ColdSettings>,
): ColdItems | undefined {
  const settings = resolveSettings(coldStartModel, changes)
  const { rows, items, seed = 1, onProgress } = input
  const { world, cold } = worldOf(input)
  if (cold.length === 0 || world.known.length === 0) return undefined
  onProgress?.('reading cold-start items', 0)
  // a pair is in two rows, and a cold-start item's costs as much as a known one's
  const perItem = rows.indices.length / 2 / (items.length - cold.length)
  const entries = Math.max(MIN_ENTRIES, Math.round(perItem))
  const { made, factor, alpha } = makeItems(world, { cold, settings, entries, seed })
  onProgress?.('reading cold-start items', 1)
  const expectedUsers = new Float32Array(items.length)
  cold.forEach((item, c) => {
    expectedUsers[item] = made[c].users
  })
  const given = made.reduce((sum, { indices }) => sum + indices.length, 0)
  return {
    rows: mergeItems(rows, cold, made),
    expectedUsers,
    mixtures: { known: world.known, cold, alpha },
    report: {
      factor,
      ...{ items: cold.length, known: world.known.length },
      readBy: presentFeatures(world.features),
      entriesPerItem: given / cold.length,
    },
  }
}

function worldOf({ rows, items, positives, texts, seed = 1 }: ColdInput) {
  const counts = countsOf(positives)
  const cold = Uint32Array.from(counts, (_, item) => item).filter(
    (item) => !counts[item],
  )
  const world: ColdWorld = {
    strengths: takeFactors(rows),
    pairs: rows.pairs,
    counts,
    known: chooseKnown(counts, cold.length, seed),
    features: itemFeatures(items, texts),
    positives,
  }
  return { world, cold }
}

/** The items with most users, of whom most can be learned, in random order. */
function chooseKnown(counts: Uint32Array, cold: number, seed: number): Uint32Array {
  // n(n + cold) numbers
  const room = (Math.sqrt(cold * cold + 4 * MAX_NUMBERS) - cold) / 2
  const most = Math.min(MAX_KNOWN, Math.max(1, Math.floor(room)))
  const order = Uint32Array.from(counts, (_, item) => item)
  const best = order.sort((a, b) => counts[b] - counts[a] || a - b).slice(0, most)
  return createRandom(seed).shuffleInto(best.filter((item) => counts[item] > 0))
}

/** `rows` with the cold-start items' pairs in both directions, and their factors and vectors. */
function mergeItems(
  rows: PairRows,
  cold: Uint32Array,
  made: readonly ColdItem[],
): PairRows {
  const pairs = mergeForm(rows.pairs, cold, made)
  const { rowFactors: a, columnFactors: t } = pairs
  const added = Array.from({ length: rows.rows }, () => [] as [number, number][])
  made.forEach(({ indices, strengths }, c) => {
    const item = cold[c]
    indices.forEach((other, e) => {
      added[other].push([item, strengths[e] * a[other] * t[item]])
      added[item].push([other, strengths[e] * a[item] * t[other]])
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
  cold: Uint32Array,
  made: readonly ColdItem[],
): PairForm {
  const { latent } = pairs
  const rowFactors = pairs.rowFactors.slice()
  const columnFactors = pairs.columnFactors.slice()
  const vectors = latent?.vectors.slice()
  made.forEach((item, c) => {
    rowFactors[cold[c]] = item.rowFactor
    columnFactors[cold[c]] = item.columnFactor
    vectors?.set(item.latent, cold[c] * item.latent.length)
  })
  return {
    ...pairs,
    rowFactors,
    columnFactors,
    ...(latent && vectors ? { latent: { dim: latent.dim, vectors } } : {}),
  }
}

// Every cold-start item is made by the chosen settings, then scaled.

/** Known items that are made as if cold, to compare the scales: a share, and a ceiling. */
const CALIBRATION_SHARE = 0.1
const MAX_CALIBRATION = 400

interface MadeItems {
  /** [cold] */
  readonly made: readonly ColdItem[]
  /** What strengths and vectors were multiplied by. */
  readonly factor: number
  /** α [known] of a cold-start item, by its place in `cold`. */
  readonly alpha: (c: number) => Float64Array
}

/** The items to calibrate by are known ones, left out at first and taken in afterwards. */
function makeItems(
  world: ColdWorld,
  options: {
    /** Item indices. */
    readonly cold: Uint32Array
    readonly settings: ColdSettings
    /** Pairs a cold-start item gets at most. */
    readonly entries: number
    readonly seed: number
  },
): MadeItems {
  const { cold, settings, entries, seed } = options
  const { known } = world
  const table = tableOf(world, cold, settings)
  const calibrated = Math.min(
    MAX_CALIBRATION,
    Math.floor(known.length * CALIBRATION_SHARE),
  )
  const first = known.length - calibrated
  const hidden = Uint8Array.from(world.counts, (count) => (count === 0 ? 1 : 0))
  const mixerOf = (of: Uint32Array, hides: Uint8Array) =>
    createMixer(world, { known: of, settings, hidden: hides, entries })
  table.takeIn(first)
  const held = known.slice(first)
  const trial = hidden.slice()
  for (const item of held) trial[item] = 1
  const mixFirst = mixerOf(known.slice(0, first), trial)
  const remade = Array.from(held, (_, h) => mixFirst(table.alpha(first + h)))
  const { positives } = world
  const factor = calibrateColdStart(
    world,
    { indices: held, made: remade },
    { positives, seed },
  )
  table.takeIn(known.length)
  const mix = mixerOf(known, hidden)
  const alpha = (c: number) => table.alpha(known.length + c)
  return {
    made: Array.from(cold, (_, c) => scaled(mix(alpha(c)), factor)),
    factor,
    alpha,
  }
}

function scaled(item: ColdItem, factor: number): ColdItem {
  const times = (values: Float32Array) => values.map((x) => x * factor)
  return { ...item, strengths: times(item.strengths), latent: times(item.latent) }
}

function tableOf(
  { features, known }: ColdWorld,
  cold: Uint32Array,
  settings: ColdSettings,
) {
  const likeness = emptyLikeness(known.length)
  const picks = Uint32Array.from(known, (_, i) => i)
  const size = { known: known.length, cold: cold.length, ridge: settings.ridge }
  return ridgeTable(size, (row, out, at) => {
    const item = row < known.length ? known[row] : cold[row - known.length]
    likenessInto(features, item, { others: known, out: likeness })
    kernelInto(likeness, settings, { picks, out, at })
  })
}

// Cold-start items in the towers' space, as mixtures of known ones:
//   i = ReLU(mean + Σ α_i · (i_i − mean))        bias alike, within the known ones' range
// α is the kernel ridge's (mix.ts). The item tower has a vector for them too, from content
// and attributes without an id; the ridge also compares words, names and years.

type Tower = NonNullable<PackSource['tower']>

interface Mixtures {
  /** Item indices that α is over. */
  readonly known: Uint32Array
  /** Item indices to be placed. */
  readonly cold: Uint32Array
  /** α [known] of a cold-start item, by its place in `cold`. */
  readonly alpha: (c: number) => Float64Array
}

/** Share of the mixture in a cold-start item's vector; the rest is the item tower's own, 0–1. */
const MIXED = 0.5

/** @returns the tower with the cold-start items' vectors and biases in place of its own */
export function placeInTower(tower: Tower, { known, cold, alpha }: Mixtures): Tower {
  const { dim } = tower
  const vector = mixer(tower.items, dim, known)
  const bias = mixer(tower.bias, 1, known)
  const { low, high } = rangeOf(known, tower.bias)
  const items = tower.items.slice()
  const biases = tower.bias.slice()
  cold.forEach((item, c) => {
    const mixed = vector(alpha(c))
    for (let d = 0; d < dim; d++) {
      const at = item * dim + d
      items[at] = MIXED * Math.max(0, mixed[d]) + (1 - MIXED) * items[at]
    }
    biases[item] = Math.min(high, Math.max(low, bias(alpha(c))[0]))
  })
  return { ...tower, items, bias: biases }
}

/** mean + Σ α_i · (x_i − mean) over rows of a row-major matrix. */
function mixer(values: Float32Array, dim: number, known: Uint32Array) {
  const mean = new Float64Array(dim)
  for (const item of known) {
    for (let d = 0; d < dim; d++) mean[d] += values[item * dim + d] / known.length
  }
  return (alpha: Float64Array) => {
    const sum = mean.slice()
    known.forEach((item, i) => {
      for (let d = 0; d < dim; d++) {
        sum[d] += alpha[i] * (values[item * dim + d] - mean[d])
      }
    })
    return sum
  }
}

function rangeOf(rows: Uint32Array, values: Float32Array) {
  let [low, high] = [Infinity, -Infinity]
  for (const item of rows) {
    low = Math.min(low, values[item])
    high = Math.max(high, values[item])
  }
  return { low, high }
}

// The learned blocks with the cold-start items in them.

interface AddedColdItems extends Pick<PackSource, 'cf' | 'tower'> {
  /** [items] of known items as ever; of cold-start items what is to be expected. */
  readonly popularity?: Float32Array
  /** Absent where no item is cold, or CF has nothing to mix. */
  readonly report?: ColdReport
  /** What an owner should know. */
  readonly note?: string
}

/**
 * Cold-start items get pairs in CF, a place in the towers' space and an expected popularity,
 * all as mixtures of known items by one kernel ridge, so that they compete with them.
 *
 * @param chosen settings of a former build; default: chosen on known items held out
 * @returns the blocks that change: none where no item is cold
 */
export function addColdItems(
  { cf, tower }: Pick<PackSource, 'cf' | 'tower'>,
  input: Omit<ColdInput, 'rows'>,
  chosen?: ColdSettings,
): AddedColdItems {
  const cold = coldOf(countsOf(input.positives))
  if (cold === 0) return {}
  const withRows = cf?.pairs && { ...input, rows: cf as PairRows }
  const tuned = withRows && (chosen ? { chosen, tried: [] } : tuneOn(withRows))
  const added = withRows && fitCold(withRows, tuned?.chosen)
  if (!tuned || !added) {
    return {
      note: `${cold} items have no positive interactions, and no rows: CF is off.`,
    }
  }
  const { rows, mixtures, expectedUsers } = added
  const report = { ...tuned, ...added.report }
  return {
    cf: rows,
    ...(tower ? { tower: placeInTower(tower, mixtures) } : {}),
    popularity: withExpected(input.positives, expectedUsers),
    report,
    note: noteOf(input.positives, report),
  }
}

/** As `popularityOf`, with the users expected of cold-start items. */
function withExpected(positives: Positives, users: Float32Array): Float32Array {
  const most = countsOf(positives).reduce((a, b) => Math.max(a, b), 1)
  return popularityOf(positives).map((known, item) =>
    users[item] > 0 ? Math.log1p(users[item]) / Math.log1p(most) : known,
  )
}

function noteOf(positives: Positives, report: ColdReport): string {
  const { items, known, entriesPerItem, readBy } = report
  const counts = countsOf(positives)
  const all = counts.length - coldOf(counts)
  const of = known < all ? `the ${known} most chosen of ${all}` : `${known}`
  return (
    `${items} items were chosen by nobody yet: each is linked to about ` +
    `${entriesPerItem.toFixed(0)} others, as the known items most like it are ` +
    `(of ${of}), read by ${readBy.join(', ') || 'nothing'}.`
  )
}
