/** What a caller asks of a list, checked. */
import { HearthError } from '../errors.ts'
import type { RecommendOptions } from './hearth.ts'

/** Items of a list whose caller gives no count. */
export const LIST_COUNT = 12

/** MMR's λ from familiar (surprise 0) to surprising (1). */
const FAMILIAR_LAMBDA = 0.95
const SURPRISING_LAMBDA = 0.45

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

const OPTIONS =
  'count compare surprise exclude filter boost threshold fallback mode perMaker ignore'.split(
    ' ',
  )

/**
 * A misspelt filter would show what it should hide.
 *
 * @throws HearthError `bad-argument` for an option that there is not, ids that are no list, or
 *   options that are no object
 */
export function checkOptions(options: object): void {
  checkKind('options', options, 'object')
  const { exclude } = options as RecommendOptions
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name))
  if (unknown === undefined && (exclude === undefined || Array.isArray(exclude))) return
  const what = unknown === undefined ? 'exclude: got no list' : `option: got ${unknown}`
  const expected = unknown === undefined ? 'a list of ids' : OPTIONS.join(', ')
  throw new HearthError('bad-argument', `invalid ${what}, expected ${expected}.`)
}

/** @throws HearthError `bad-argument` for a value of another type, or null */
export function checkKind(
  name: string,
  value: unknown,
  kind: 'object' | 'string' | 'function',
): void {
  const isRight = value !== null && (typeof value as string) === kind
  const got = value === null ? 'null' : typeof value
  if (!isRight) {
    throw new HearthError(
      'bad-argument',
      `invalid ${name}: got ${got}, expected ${kind}.`,
    )
  }
}

/**
 * The most of one maker that a caller asked for.
 *
 * @throws HearthError `bad-argument` if it is no integer from 1 to 50
 */
export function checkPerMaker(perMaker: number | undefined): void {
  if (perMaker === undefined) return
  if (Number.isInteger(perMaker) && perMaker >= 1 && perMaker <= 50) return
  throw new HearthError(
    'bad-argument',
    `invalid perMaker: got ${perMaker}, expected an integer from 1 to 50.`,
  )
}

/**
 * MMR's λ for the surprise a caller asked for.
 *
 * @throws HearthError `bad-argument` if it is no number from 0 to 1
 */
export function lambdaOf(surprise: number): number {
  if (surprise >= 0 && surprise <= 1) {
    return FAMILIAR_LAMBDA + (SURPRISING_LAMBDA - FAMILIAR_LAMBDA) * surprise
  }
  throw new HearthError(
    'bad-argument',
    `invalid surprise: got ${surprise}, expected a number from 0 to 1.`,
  )
}
