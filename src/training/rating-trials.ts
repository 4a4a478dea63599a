/** Trials of a rating head: the error of any variances, from likenesses computed once. */
import type { RatingTerm } from '../catalogue/rating-head.ts'
import { solveSpdInto } from '../math/cholesky.ts'
import type { Likeness } from '../scoring/item-likeness.ts'
import type { RatingBias } from './rating-bias.ts'
import type { RatingCase } from './rating-cases.ts'

export type Variances = Readonly<Record<RatingTerm, number>>

export interface TrialInput {
  readonly likeness: Readonly<Record<Exclude<RatingTerm, 'visitor'>, Likeness>>
  /** The others are not asked for. */
  readonly terms: readonly RatingTerm[]
  readonly bias: RatingBias
  readonly low: number
  readonly high: number
}

/** One user, ready to be solved for. */
interface Prepared {
  /** [known] what is left of the ratings beside mean and item bias. */
  readonly residuals: Float64Array
  /** [targets] mean + item bias, and what was given. */
  readonly base: Float64Array
  readonly given: Float64Array
  /** Term → [known + targets, known], the likeness to each known item. */
  readonly tables: ReadonlyMap<RatingTerm, Float32Array>
}

/** @returns variances → root mean squared error over the cases' targets */
export function prepareTrials(
  cases: readonly RatingCase[],
  input: TrialInput,
): (variances: Variances) => number {
  const users = cases.map((each) => prepare(each, input))
  const count = users.reduce((sum, { given }) => sum + given.length, 0)
  return (variances) => {
    const errors = users.reduce((sum, user) => sum + errorOf(user, variances, input), 0)
    return Math.sqrt(errors / count)
  }
}

function prepare(
  { known, targets }: RatingCase,
  { likeness, terms, bias }: TrialInput,
): Prepared {
  const baseOf = (row: number) => bias.mean + bias.item[row]
  const columns = known.map(({ row }) => row)
  const rows = [...columns, ...targets.map(({ row }) => row)]
  const tableOf = (term: RatingTerm) => {
    const of = term === 'visitor' ? () => 1 : likeness[term]
    return Float32Array.from(rows.flatMap((row) => columns.map((c) => of(row, c))))
  }
  return {
    residuals: Float64Array.from(known, ({ row, rating }) => rating - baseOf(row)),
    base: Float64Array.from(targets, ({ row }) => baseOf(row)),
    given: Float64Array.from(targets, ({ rating }) => rating),
    tables: new Map(terms.map((term) => [term, tableOf(term)])),
  }
}

/** Sum of squared errors over one user's targets. */
function errorOf(
  { residuals, base, given, tables }: Prepared,
  variances: Variances,
  { low, high }: TrialInput,
): number {
  const size = residuals.length
  const kernel = new Float64Array((size + given.length) * size)
  for (const [term, table] of tables) {
    const variance = variances[term]
    if (variance === 0) continue
    for (let at = 0; at < kernel.length; at++) kernel[at] += variance * table[at]
  }
  const system = kernel.slice(0, size * size)
  for (let n = 0; n < size; n++) system[n * size + n] += 1
  const weights = residuals.slice()
  solveSpdInto(system, weights, size)
  let sum = 0
  for (let target = 0; target < given.length; target++) {
    let rating = base[target]
    const start = (size + target) * size
    for (let n = 0; n < size; n++) rating += weights[n] * kernel[start + n]
    sum += (Math.min(high, Math.max(low, rating)) - given[target]) ** 2
  }
  return sum
}
