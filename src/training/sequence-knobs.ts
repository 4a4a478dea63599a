/** The constants that validation may turn, and by how much. */
import type { SequenceReading } from '../catalogue/sequence-reading.ts'
import type { SequenceSettings } from './sequence-settings.ts'

/** How the block is made, and how it is read. */
export interface SequenceTuning {
  readonly settings: SequenceSettings
  readonly reading: SequenceReading
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

function ofReading(name: 'decay' | 'floor', range: Range): Knob {
  return {
    name,
    needsBlock: false,
    get: ({ reading }) => reading[name],
    set: (tuning, value) => ({
      ...tuning,
      reading: { ...tuning.reading, [name]: value },
    }),
    ...range,
  }
}

function ofReturns(name: keyof SequenceReading['returns'], range: Range): Knob {
  return {
    name: `returns.${name}`,
    needsBlock: false,
    get: ({ reading }) => reading.returns[name],
    set: ({ settings, reading }, value) => ({
      settings,
      reading: { ...reading, returns: { ...reading.returns, [name]: value } },
    }),
    ...range,
  }
}

/** Those that moved most on the sets of SCIENCE first. */
const ALWAYS: readonly Knob[] = [
  ofReading('decay', { step: 0.1, least: 0, most: 0.98 }),
  ofReading('floor', { step: 0.04, least: 0, most: 0.6 }),
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
