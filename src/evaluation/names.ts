/** Names of rows that an owner may ask for: parts of the score and baselines. */
import { HearthError } from '../errors.ts'
import { BASELINES } from './baselines/prepare-baselines.ts'
import { JUDGED_PARTS } from './pack-scores.ts'

export interface AskedRows {
  /** Out of JUDGED_PARTS. The fusion always comes along. */
  readonly parts: ReadonlySet<string>
  /** Out of BASELINES. */
  readonly baselines: ReadonlySet<string>
}

/**
 * @param names default: everything
 * @throws HearthError `bad-argument` for a name that is neither part nor baseline
 */
export function askedRows(names?: readonly string[]): AskedRows {
  const known: readonly string[] = [...JUDGED_PARTS, 'fusion', ...BASELINES]
  const unknown = names?.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw new HearthError(
      'bad-argument',
      `unknown part: got ${unknown}, expected one of ${known.join(', ')}.`,
    )
  }
  const asked = new Set(names ?? known)
  const of = (group: readonly string[]) =>
    new Set(group.filter((name) => asked.has(name)))
  return { parts: of(JUDGED_PARTS), baselines: of(BASELINES) }
}
