/** How much of a signal is left after a while: newer events matter more. */
import { HearthError } from '../errors.ts'

export const DAY_MS = 86_400_000
/** A month-old click counts half: interests move over weeks, not hours. */
export const TASTE_HALF_LIFE_DAYS = 30

/**
 * 2^(−age / half-life).
 * @param ageMs milliseconds since the event; an event from the future (a clock that was
 *   set back) counts as new
 * @param halfLifeDays days until half is left, > 0
 * @returns share left in [0, 1]; 1 at age 0
 * @throws HearthError `bad-argument` if the age is NaN or the half-life is not above 0
 */
export function decay(ageMs: number, halfLifeDays = TASTE_HALF_LIFE_DAYS): number {
  if (Number.isNaN(ageMs)) {
    throw new HearthError('bad-argument', 'wrong age: got NaN, expected milliseconds.')
  }
  if (!(halfLifeDays > 0)) {
    throw new HearthError(
      'bad-argument',
      `wrong half-life: got ${halfLifeDays}, expected days above 0.`,
    )
  }
  return 2 ** (-Math.max(0, ageMs) / (halfLifeDays * DAY_MS))
}
