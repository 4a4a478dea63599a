/** The constants of a sequence block, found on validation by turning one knob at a time. */
import {
  type DecaySettings,
  defaultDecaySettings,
} from '../../../pack/decay-settings.ts'
import type { SparseBlock } from '../../../pack/pack.ts'
import { roundSparse } from '../../../pack/sparse-block.ts'
import {
  evaluateSequential,
  type MeasureOptions,
  type RankFigures,
} from './evaluate.ts'
import { findPostings } from './follow.ts'
import { buildSequenceMatrix } from './matrix.ts'
import type { SequenceCase, Sequences } from './sequences.ts'
import { type SequenceSettings, sequenceDefaults } from './settings.ts'

// The constants that validation may turn, and by how much.

/** How the block is made, and how it is read. */
export interface SequenceTuning {
  readonly settings: SequenceSettings
  readonly decaySettings: DecaySettings
}

export interface Knob {
  readonly name: string
  /** Whether turning it makes another block. */
  readonly needsBlock: boolean
  readonly get: (tuning: SequenceTuning) => number
  readonly set: (tuning: SequenceTuning, value: number) => SequenceTuning
  /** Added in the first round, or multiplied with (`isFactor`); less in later rounds. */
  readonly step: number
  readonly isFactor?: boolean
  readonly isWhole?: boolean
  readonly least: number
  readonly most: number
}

type Range = Pick<Knob, 'step' | 'least' | 'most' | 'isFactor' | 'isWhole'>

function ofSettings(name: keyof SequenceSettings, range: Range): Knob {
  return {
    name,
    needsBlock: true,
    get: ({ settings }) => settings[name],
    set: (tuning, value) => ({
      ...tuning,
      settings: { ...tuning.settings, [name]: value },
    }),
    ...range,
  }
}

function ofDecaySettings(name: 'decay' | 'floor', range: Range): Knob {
  return {
    name,
    needsBlock: false,
    get: ({ decaySettings }) => decaySettings[name],
    set: (tuning, value) => ({
      ...tuning,
      decaySettings: { ...tuning.decaySettings, [name]: value },
    }),
    ...range,
  }
}

function ofReturns(name: keyof DecaySettings['returns'], range: Range): Knob {
  return {
    name: `returns.${name}`,
    needsBlock: false,
    get: ({ decaySettings }) => decaySettings.returns[name],
    set: ({ settings, decaySettings }, value) => ({
      settings,
      decaySettings: {
        ...decaySettings,
        returns: { ...decaySettings.returns, [name]: value },
      },
    }),
    ...range,
  }
}

/** Those that moved most on the sets of SCIENCE first. */
const ALWAYS: readonly Knob[] = [
  ofDecaySettings('decay', { step: 0.1, least: 0, most: 0.98 }),
  ofDecaySettings('floor', { step: 0.04, least: 0, most: 0.6 }),
  ofSettings('toPower', { step: 0.08, least: -0.2, most: 1 }),
  ofSettings('hop', { step: 0.6, least: 0, most: 6 }),
  ofSettings('lengthPower', { step: 0.15, least: -0.5, most: 1.5 }),
  ofSettings('countPower', { step: 0.15, least: 0.2, most: 1.4 }),
  ofSettings('fromPower', { step: 0.15, least: -0.3, most: 1 }),
  ofSettings('reverse', { step: 0.25, least: 0, most: 1.5 }),
  ofSettings('forward', { step: 0.1, least: 0.05, most: 0.98 }),
  ofSettings('backward', { step: 0.12, least: 0.05, most: 0.98 }),
  ofSettings('window', {
    step: 1.6,
    isFactor: true,
    isWhole: true,
    least: 1,
    most: 40,
  }),
  ofSettings('hopNeighbours', {
    step: 2,
    isFactor: true,
    isWhole: true,
    least: 4,
    most: 80,
  }),
]

const WITH_TIME: readonly Knob[] = [
  ofSettings('recency', { step: 0.6, least: 0, most: 6 }),
]

const WITH_RETURNS: readonly Knob[] = [
  ofReturns('newest', { step: 0.25, least: 0, most: 4 }),
  ofReturns('second', { step: 0.25, least: 0, most: 4 }),
  ofReturns('older', { step: 2.5, isFactor: true, least: 0.001, most: 4 }),
  ofReturns('fading', { step: 0.12, least: 0, most: 1 }),
]

/** @param has what the data show: an order of sequences, items that come again */
export function knobsFor(has: {
  readonly time: boolean
  readonly returns: boolean
}): readonly Knob[] {
  return [
    ...(has.returns ? WITH_RETURNS : []),
    ...ALWAYS,
    ...(has.time ? WITH_TIME : []),
  ]
}

/**
 * The value one turn away, within the knob's range and rounded to what can matter.
 *
 * @param direction 1 or −1
 * @param fineness 1 for a whole step, less for a finer one
 */
export function turned(
  knob: Knob,
  value: number,
  { direction, fineness }: { readonly direction: number; readonly fineness: number },
): number {
  const { step, isFactor, isWhole, least, most } = knob
  const moved = isFactor
    ? value * step ** (direction * fineness)
    : value + direction * fineness * step
  const inside = Math.min(most, Math.max(least, moved))
  return isWhole ? Math.round(inside) : Number(inside.toPrecision(4))
}

export interface SearchOptions {
  /** Mean entries an item, as the budget will allow. */
  readonly entriesPerItem: number
  /** Length of the list that is measured. */
  readonly length: number
  readonly start?: SequenceTuning
  readonly onProgress?: (done: number) => void
}

export interface SequenceChoice extends SequenceTuning {
  /** Figures on the cases: of the chosen constants, and of those it started from. */
  readonly figures: RankFigures
  readonly startFigures: RankFigures
  /** Blocks that were made and measured. */
  readonly tried: number
  /** What was ranked: new items, or all with the return table. */
  readonly ranks: MeasureOptions['ranks']
}

/** Steps of the rounds, in parts of a knob's own. */
const ROUNDS = [1, 0.5, 0.25]
/** Turns of one knob in one direction, one after another. */
const MAX_TURNS = 3
/** Least relative gain of a turn, so that noise does not steer; less where a turn is cheap. */
const MIN_GAIN = 3e-4
const MIN_READING_GAIN = 1e-4
/** Times at most that all knobs of the reading are turned, one after another. */
const MAX_PASSES = 4
/** Returns that answers must make up for a return table to be learned. */
const MIN_RETURNS = 0.01

/** Where a search begins. */
export const sequenceStart: SequenceTuning = {
  settings: sequenceDefaults,
  decaySettings: { ...defaultDecaySettings, floor: 0.02 },
}

/**
 * @param train sequences whose next events are not among the cases
 * @param cases to choose by; at least one
 */
export function searchSequence(
  train: Sequences,
  cases: readonly SequenceCase[],
  options: SearchOptions,
): SequenceChoice {
  const ranks = returnShare(cases) >= MIN_RETURNS ? 'all' : 'new'
  const knobs = knobsFor({ time: train.isInTimeOrder, returns: ranks === 'all' })
  const trial = createTrial(train, cases, { ...options, ranks })
  const start = options.start ?? startFor(ranks)
  const { measure } = trial
  const first = measure(start)
  let best = { tuning: start, figures: first }
  ROUNDS.forEach((fineness, round) => {
    knobs.forEach((knob, k) => {
      best = turnKnob(knob, best, { fineness, measure })
      options.onProgress?.((round + (k + 1) / knobs.length) / ROUNDS.length)
    })
    best = settleReading(knobs, best, { fineness: fineness / 2, measure })
  })
  return {
    ...best.tuning,
    figures: best.figures,
    startFigures: first,
    tried: trial.built(),
    ranks,
  }
}

/** Share of the answers that the history holds already. */
export function returnShare(cases: readonly SequenceCase[]): number {
  const returns = cases.filter(({ recent, seen = recent, answer }) =>
    seen.includes(answer),
  )
  return returns.length / Math.max(1, cases.length)
}

function startFor(ranks: MeasureOptions['ranks']): SequenceTuning {
  if (ranks === 'new') return sequenceStart
  const returns = { newest: 0.25, second: 0.5, older: 0.1, fading: 0.7 }
  return {
    ...sequenceStart,
    decaySettings: { ...sequenceStart.decaySettings, returns },
  }
}

/**
 * What settings are compared by: a per cent more hits is worth a per cent of either measure
 * of their order. By hits and NDCG alone the search gave first places away for last ones.
 */
export function qualityOf({ hit, ndcg, mrr }: RankFigures): number {
  return Math.cbrt(hit * ndcg * mrr)
}

interface Tried {
  readonly tuning: SequenceTuning
  readonly figures: RankFigures
}

interface Turning {
  /** 1 for whole steps, less for finer ones. */
  readonly fineness: number
  readonly measure: (tuning: SequenceTuning) => RankFigures
}

/**
 * Turns what needs no other block until that helps no more: reading a block takes a
 * twentieth of the time of making one.
 */
function settleReading(knobs: readonly Knob[], start: Tried, turning: Turning): Tried {
  let best = start
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const before = best
    for (const knob of knobs) {
      if (!knob.needsBlock) best = turnKnob(knob, best, turning)
    }
    if (best === before) break
  }
  return best
}

/** Turns one knob as long as that helps: up, or else down. */
function turnKnob(knob: Knob, start: Tried, { fineness, measure }: Turning): Tried {
  const least = knob.needsBlock ? MIN_GAIN : MIN_READING_GAIN
  let best = start
  for (const direction of [1, -1]) {
    for (let turns = 0; turns < MAX_TURNS; turns++) {
      const value = knob.get(best.tuning)
      const next = turned(knob, value, { direction, fineness })
      if (next === value) break
      const tuning = knob.set(best.tuning, next)
      const figures = measure(tuning)
      const gain = qualityOf(figures) - qualityOf(best.figures)
      if (!(gain > least * qualityOf(best.figures))) break
      best = { tuning, figures }
    }
    if (best !== start) break
  }
  return best
}

/** Builds a block only when another one is asked for, and only its rows that cases read. */
function createTrial(
  train: Sequences,
  cases: readonly SequenceCase[],
  { entriesPerItem, length, ranks }: SearchOptions & Pick<MeasureOptions, 'ranks'>,
) {
  const postings = findPostings(train)
  const only = new Uint8Array(train.rowCount)
  for (const { recent } of cases) for (const row of recent) only[row] = 1
  const mostPerRow = Math.max(1, Math.round(entriesPerItem))
  let count = 0
  let made: { key: string; block: SparseBlock } | undefined
  return {
    measure({ settings, decaySettings }: SequenceTuning): RankFigures {
      const key = JSON.stringify(settings)
      if (made?.key !== key) {
        const rows = buildSequenceMatrix(train, settings, {
          mostPerRow,
          only,
          postings,
        })
        made = { key, block: roundSparse(rows) }
        count++
      }
      return evaluateSequential(made.block, cases, { decaySettings, length, ranks })
    },
    built: () => count,
  }
}
