/** The settings are chosen: every new item is made, as loud as known items of its kind. */
import { type ColdSettings, createMixer, type NewItem } from './cold-mix.ts'
import { ridgeTable } from './cold-ridge.ts'
import { balanceCold } from './cold-scale.ts'
import type { ColdWorld } from './cold-search.ts'
import { emptyLikeness, kernelInto, likenessInto } from './kernel-items.ts'

/** Known items whose loudness is compared with what they were made to be. */
const BALANCED_SHARE = 0.1
const MOST_BALANCED = 400

export interface MadeItems {
  /** [fresh] */
  readonly made: readonly NewItem[]
  /** What strengths and vectors were multiplied by. */
  readonly factor: number
  /** α [known] of a new item, by its place in `fresh`. */
  readonly alpha: (f: number) => Float64Array
}

/** The balanced items are known ones, left out at first and taken in afterwards. */
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
  const balanced = Math.min(MOST_BALANCED, Math.floor(known.length * BALANCED_SHARE))
  const first = known.length - balanced
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
  const factor = balanceCold(world, { rows, made: remade }, { positives, seed })
  table.takeIn(known.length)
  const mix = mixerOf(known, hidden)
  const alpha = (f: number) => table.alpha(known.length + f)
  return {
    made: Array.from(fresh, (_, f) => louder(mix(alpha(f)), factor)),
    factor,
    alpha,
  }
}

function louder(item: NewItem, factor: number): NewItem {
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
