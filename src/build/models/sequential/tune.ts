/**
 * The hyperparameters of a sequence block and its decay settings, found on validation by
 * coordinate search: one number at a time.
 */
import {
  type DecaySettings,
  defaultDecaySettings,
} from '../../../pack/decay-settings.ts'
import type { SparseBlock } from '../../../pack/pack.ts'
import { roundSparse } from '../../../pack/sparse-block.ts'
import { evaluateSequential, type RankFigures, type RankOptions } from './evaluate.ts'
import { findPostings } from './follow.ts'
import { buildSequenceMatrix } from './matrix.ts'
import type { SequenceCase, Sequences } from './sequences.ts'
import { type SequenceSettings, sequenceDefaults, sequenceRanges } from './settings.ts'

// The numbers that validation may change, and by how much.

/** How the block is made, and how its events decay. */
export interface SequenceTuning {
  readonly settings: SequenceSettings
  readonly decaySettings: DecaySettings
}

interface Hyperparameter {
  readonly name: string
  /** Whether changing it makes another block. */
  readonly needsBlock: boolean
  readonly get: (tuning: SequenceTuning) => number
  readonly set: (tuning: SequenceTuning, value: number) => SequenceTuning
  readonly step: Step
  readonly range: {
    readonly min: number
    readonly max: number
    readonly isWhole?: true
  }
}

/** Added in the first round, or multiplied with (`isFactor`); less in later rounds. */
interface Step {
  readonly size: number
  readonly isFactor?: boolean
}

function ofSettings(name: keyof SequenceSettings, step: Step): Hyperparameter {
  return {
    name,
    needsBlock: true,
    get: ({ settings }) => settings[name],
    set: (tuning, value) => ({
      ...tuning,
      settings: { ...tuning.settings, [name]: value },
    }),
    step,
    range: sequenceRanges[name],
  }
}

function ofDecaySettings(
  name: 'decay' | 'floor',
  step: Step,
  range: Hyperparameter['range'],
): Hyperparameter {
  return {
    name,
    needsBlock: false,
    get: ({ decaySettings }) => decaySettings[name],
    set: (tuning, value) => ({
      ...tuning,
      decaySettings: { ...tuning.decaySettings, [name]: value },
    }),
    step,
    range,
  }
}

function ofReturns(
  name: keyof DecaySettings['returns'],
  step: Step,
  range: Hyperparameter['range'],
): Hyperparameter {
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
    step,
    range,
  }
}

/** First those that moved most on the data sets of bench/RESULTS.md, *Next clicks*. */
const ALWAYS: readonly Hyperparameter[] = [
  ofDecaySettings('decay', { size: 0.1 }, { min: 0, max: 0.98 }),
  ofDecaySettings('floor', { size: 0.04 }, { min: 0, max: 0.6 }),
  ofSettings('toPower', { size: 0.08 }),
  ofSettings('hop', { size: 0.6 }),
  ofSettings('lengthPower', { size: 0.15 }),
  ofSettings('countPower', { size: 0.15 }),
  ofSettings('fromPower', { size: 0.15 }),
  ofSettings('reverse', { size: 0.25 }),
  ofSettings('forward', { size: 0.1 }),
  ofSettings('backward', { size: 0.12 }),
  ofSettings('window', { size: 1.6, isFactor: true }),
  ofSettings('hopNeighbours', { size: 2, isFactor: true }),
]

const WITH_TIME: readonly Hyperparameter[] = [ofSettings('recency', { size: 0.6 })]

const WITH_RETURNS: readonly Hyperparameter[] = [
  ofReturns('newest', { size: 0.25 }, { min: 0, max: 4 }),
  ofReturns('second', { size: 0.25 }, { min: 0, max: 4 }),
  ofReturns('older', { size: 2.5, isFactor: true }, { min: 0.001, max: 4 }),
  ofReturns('fading', { size: 0.12 }, { min: 0, max: 1 }),
]

/** @param has what the data have: an order of the sequences, items that come again */
function hyperparametersFor(has: {
  readonly time: boolean
  readonly returns: boolean
}): readonly Hyperparameter[] {
  return [
    ...(has.returns ? WITH_RETURNS : []),
    ...ALWAYS,
    ...(has.time ? WITH_TIME : []),
  ]
}

/**
 * The value one step away, within the hyperparameter's range and rounded to what can matter.
 *
 * @param direction 1 or −1
 * @param fineness 1 for a whole step, less for a finer one
 */
function stepFrom(
  { step: { size, isFactor }, range: { min, max, isWhole } }: Hyperparameter,
  value: number,
  { direction, fineness }: { readonly direction: number; readonly fineness: number },
): number {
  const moved = isFactor
    ? value * size ** (direction * fineness)
    : value + direction * fineness * size
  const inside = Math.min(max, Math.max(min, moved))
  return isWhole ? Math.round(inside) : Number(inside.toPrecision(4))
}

export interface SearchOptions {
  /** Mean entries an item, as the budget will allow. */
  readonly entriesPerItem: number
  /** Length of the list that is evaluated. */
  readonly length: number
  readonly start?: SequenceTuning
  readonly onProgress?: (done: number) => void
}

export interface SequenceChoice extends SequenceTuning {
  /** Figures on the cases: of the chosen hyperparameters, and of those it started from. */
  readonly figures: RankFigures
  readonly startFigures: RankFigures
  /** Blocks that were made and evaluated. */
  readonly tried: number
  /** What was ranked: unseen items, or all with the return table. */
  readonly ranks: RankOptions['ranks']
}

/** The step of each round, as a share of the hyperparameter's own. */
const ROUNDS = [1, 0.5, 0.25]
/** Steps of one hyperparameter in one direction, one after another. */
const MAX_STEPS = 3
/** Least relative gain of a step, so that noise does not steer; less where a step is cheap. */
const MIN_GAIN = 3e-4
const MIN_DECAY_GAIN = 1e-4
/** Passes at most over the hyperparameters that need no other block. */
const MAX_PASSES = 4
/** Share of the answers that must be returns for a return table to be learned. */
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
export function tuneSequence(
  train: Sequences,
  cases: readonly SequenceCase[],
  options: SearchOptions,
): SequenceChoice {
  const ranks = returnShare(cases) >= MIN_RETURNS ? 'all' : 'new'
  const hyperparameters = hyperparametersFor({
    time: train.isInTimeOrder,
    returns: ranks === 'all',
  })
  const trial = createTrial(train, cases, { ...options, ranks })
  const start = options.start ?? startFor(ranks)
  const { evaluate } = trial
  const first = evaluate(start)
  let best = { tuning: start, figures: first }
  ROUNDS.forEach((fineness, round) => {
    hyperparameters.forEach((hyperparameter, h) => {
      best = climb(hyperparameter, best, { fineness, evaluate })
      options.onProgress?.((round + (h + 1) / hyperparameters.length) / ROUNDS.length)
    })
    best = tuneDecay(hyperparameters, best, { fineness: fineness / 2, evaluate })
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

function startFor(ranks: RankOptions['ranks']): SequenceTuning {
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

interface Climb {
  /** 1 for whole steps, less for finer ones. */
  readonly fineness: number
  readonly evaluate: (tuning: SequenceTuning) => RankFigures
}

/**
 * Changes what needs no other block until that helps no more: evaluating a block takes a
 * twentieth of the time of making one.
 */
function tuneDecay(
  hyperparameters: readonly Hyperparameter[],
  start: Tried,
  how: Climb,
): Tried {
  let best = start
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const before = best
    for (const hyperparameter of hyperparameters) {
      if (!hyperparameter.needsBlock) best = climb(hyperparameter, best, how)
    }
    if (best === before) break
  }
  return best
}

/** Changes one number as long as that helps: up, or else down. */
function climb(
  hyperparameter: Hyperparameter,
  start: Tried,
  { fineness, evaluate }: Climb,
): Tried {
  const minGain = hyperparameter.needsBlock ? MIN_GAIN : MIN_DECAY_GAIN
  let best = start
  for (const direction of [1, -1]) {
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      const value = hyperparameter.get(best.tuning)
      const next = stepFrom(hyperparameter, value, { direction, fineness })
      if (next === value) break
      const tuning = hyperparameter.set(best.tuning, next)
      const figures = evaluate(tuning)
      const gain = qualityOf(figures) - qualityOf(best.figures)
      if (!(gain > minGain * qualityOf(best.figures))) break
      best = { tuning, figures }
    }
    if (best !== start) break
  }
  return best
}

/** Builds a block only when the settings change, and only its rows that the cases use. */
function createTrial(
  train: Sequences,
  cases: readonly SequenceCase[],
  { entriesPerItem, length, ranks }: SearchOptions & Pick<RankOptions, 'ranks'>,
) {
  const postings = findPostings(train)
  const only = new Uint8Array(train.rowCount)
  for (const { recent } of cases) for (const item of recent) only[item] = 1
  const mostPerRow = Math.max(1, Math.round(entriesPerItem))
  let count = 0
  let made: { key: string; block: SparseBlock } | undefined
  return {
    evaluate({ settings, decaySettings }: SequenceTuning): RankFigures {
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
