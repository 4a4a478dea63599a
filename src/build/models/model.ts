/**
 * A model is a folder with the same few verbs, whatever it learns. Its entry file, named
 * for the model, exports one object that has them:
 *
 *   defaults, ranges   its settings, and what each may be
 *   tune → settings    chooses settings by validation
 *   fit → fitted       learns from the data; deterministic for the same input and seed
 *   quantise → block   what reading the written block gives, without the bytes between
 *   write → bytes, read → block        beside each other in `pack`
 *   score → [items]    what the page computes from the block
 *
 * `models.test.ts` holds all models to it.
 */

import { HearthError } from '../../errors.ts'
import type { FusedComponent } from '../../pack/pack.ts'
import { constantFusion } from '../../scoring/fusion.ts'
import type { ScoreRequest, ScoringPack } from '../../scoring/score.ts'
import { scoreAll } from '../../scoring/score-all.ts'

/**
 * @typeParam Visitor what scoring knows of a visitor: a taste, or for ratings what they
 *   rated
 */
export interface Model<Input, Settings extends object, Fitted, Visitor = ScoreRequest> {
  /** Used where the data is too little to choose others by. */
  readonly defaults: Settings
  readonly ranges: Ranges<Settings>
  /**
   * @param settings what differs from the defaults
   * @returns something without any entries, or undefined, where there is too little to
   *   learn from
   * @throws HearthError `bad-argument` for a setting out of range
   */
  readonly fit: (
    input: Input,
    settings?: Partial<Settings>,
  ) => Fitted | undefined | Promise<Fitted | undefined>
  /** Absent where settings are fixed, or where `fit` is a search by validation itself. */
  readonly tune?: (...given: never) => unknown
  /** Absent where only writing quantises. */
  readonly quantise?: (...given: never) => unknown
  /** Both absent for cold start, which fills the blocks of others, and fusion (manifest). */
  readonly write?: (...given: never) => Uint8Array
  readonly read?: (bytes: Uint8Array, ...given: never) => unknown
  /** @returns [items] higher is better; by the page's own functions */
  readonly score: (scoring: ScoringPack, visitor: Visitor) => Float32Array
}

export interface NumberRange {
  readonly min: number
  /** Default: none. */
  readonly max?: number
  /** Whether only integers will do. */
  readonly isWhole?: boolean
}

/** What a setting may be: a number within a range, true or false, one of some names. */
export type Range = NumberRange | 'boolean' | readonly string[]
export type Ranges<Settings> = { readonly [Name in keyof Settings]: Range }

/** For settings that must be above 0. */
export const ABOVE_ZERO = Number.MIN_VALUE

/**
 * The defaults with what differs from them.
 *
 * @throws HearthError `bad-argument` for a setting out of range
 */
export function resolveSettings<Settings extends object>(
  { defaults, ranges }: Pick<Model<never, Settings, unknown>, 'defaults' | 'ranges'>,
  settings: Partial<Settings> = {},
): Settings {
  const resolved = { ...defaults, ...settings }
  for (const name of Object.keys(ranges) as (keyof Settings & string)[]) {
    const value: unknown = resolved[name]
    const range = ranges[name]
    if (isWithin(value, range)) continue
    throw new HearthError(
      'bad-argument',
      `invalid ${name}: got ${value}, expected ${wordsFor(range)}.`,
    )
  }
  return resolved
}

/** Whether a value is in its range; NaN is in none. */
export function isWithin(value: unknown, range: Range): boolean {
  if (range === 'boolean') return typeof value === 'boolean'
  if (isNames(range)) return range.some((name) => name === value)
  const { min, max = Infinity, isWhole = false } = range
  return (
    typeof value === 'number' &&
    value >= min &&
    value <= max &&
    (!isWhole || Number.isInteger(value))
  )
}

function isNames(range: Range): range is readonly string[] {
  return Array.isArray(range)
}

function wordsFor(range: Range): string {
  if (range === 'boolean') return 'true or false'
  if (isNames(range)) return range.join(' or ')
  const { min, max, isWhole } = range
  const kind = isWhole ? 'an integer' : 'a number'
  if (max !== undefined) return `${kind} from ${min} to ${max}`
  return min === ABOVE_ZERO ? `${kind} above 0` : `${kind} of ${min} or more`
}

/** A component as the page computes it, before fusion weighs it. */
export function scoreBy(
  component: FusedComponent,
): Model<never, object, never>['score'] {
  const fusion = constantFusion({ [component]: 1 })
  return (scoring, request) =>
    scoreAll(scoring, { ...request, fusion }).components[component]
}
