/** A measured probability → "about 1 in 4": no finer than it is known. */

import type { Messages } from './messages.ts'

/** A share in small numbers. */
export interface Chance {
  /** How many … */
  readonly of: number
  /** … in how many. */
  readonly among: number
}

/** Steps of about a fifth of the odds or more: finer ones are not known. */
const STEPS: readonly Chance[] = [
  { of: 9, among: 10 },
  { of: 4, among: 5 },
  { of: 3, among: 4 },
  { of: 2, among: 3 },
  { of: 1, among: 2 },
  { of: 2, among: 5 },
  { of: 1, among: 3 },
  { of: 1, among: 4 },
  { of: 1, among: 5 },
  { of: 1, among: 7 },
  { of: 1, among: 10 },
  { of: 1, among: 15 },
  { of: 1, among: 20 },
]
/** Below it there is nothing to count: a long shot. */
export const LONG_SHOT = 0.04

/**
 * The nearest step, by its odds.
 *
 * @param match of a recommended item, in (0, 1)
 * @returns undefined for a long shot
 */
export function chanceOf(match: number): Chance | undefined {
  if (!(match >= LONG_SHOT)) return undefined
  const distance = ({ of, among }: Chance) => Math.abs(logit(of / among) - logit(match))
  return STEPS.reduce((best, step) => (distance(step) < distance(best) ? step : best))
}

const logit = (p: number) => Math.log(p / (1 - p))

/**
 * The sentence of an item's `match`, e.g. "about 1 in 4 people in your place chose it".
 *
 * @returns undefined where it was not measured, or the table has no words for it
 */
export function chanceText(
  match: number | undefined,
  { chance }: Pick<Messages, 'chance'>,
): string | undefined {
  return match === undefined ? undefined : chance?.(chanceOf(match))
}
