import { HearthError } from '../errors.ts'

/**
 * The count a caller asked for.
 *
 * @throws HearthError `bad-argument` if it is no integer from 1 to 50
 */
export function checkCount(count: number): number {
  if (Number.isInteger(count) && count >= 1 && count <= 50) return count
  throw new HearthError(
    'bad-argument',
    `invalid count: got ${count}, expected an integer from 1 to 50.`,
  )
}
