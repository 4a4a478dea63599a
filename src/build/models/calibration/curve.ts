/**
 * One curve of a calibration: a logistic regression that keeps order.
 *
 *   minimise  Σ w(place)·log loss + smoothness·Σ (places[j] − places[j+1])² + ridge·slopes²
 *   with      places never rising, gap ≥ 0
 *
 * w(place) = 1 / log2(1 + place): the first places are shown most. Order is kept as in
 * Platt scaling with a slope of 0 or more; what is known of the whole list (its level, the
 * number of events) may move all of it either way.
 */
import { solveSpdInto } from '../../../math/cholesky.ts'
import {
  CALIBRATION_PLACES,
  type CalibrationCurve,
} from '../../../pack/calibration.ts'
import { betweenPlaces, logEvents, sigmoid } from '../../../scoring/match.ts'
import { type Moment, SAMPLED_PLACES } from './moments.ts'

const PLACES = CALIBRATION_PLACES.length
const GAP = PLACES
const LIFT = PLACES + 1
const EVENTS = PLACES + 2
const SIZE = PLACES + 3
/** Steps of Newton's method; it settles in under ten. */
const MAX_STEPS = 30
/** Change of every number below which it has settled. */
const SETTLED = 1e-7
/** Places without data take their neighbours' logit; with data it hardly counts. */
const SMOOTHNESS = 0.5
/** Holds a slope that nothing tells of at 0. */
const RIDGE = 1
/** Share of the levels beyond either end: odd lists should not stretch the range. */
const ODD_SHARE = 0.05

/** @param moments at least one, each with a list */
export function fitCurve(moments: readonly Moment[]): CalibrationCurve {
  const levels = rangeOf(moments.map(({ level }) => level))
  const rows = moments.flatMap((moment) => rowsOf(moment, levels))
  const free = solve(rows, new Set())
  const solution = free[GAP]! < 0 ? solve(rows, new Set([GAP])) : free
  const places = neverRising(solution.subarray(0, PLACES), weightsOf(rows))
  return {
    places: Array.from(places, (logit) => rounded(logit, 2)),
    gap: rounded(solution[GAP]!, 3),
    lift: rounded(solution[LIFT]!, 3),
    events: rounded(solution[EVENTS]!, 3),
    levels: [rounded(levels[0], 3), rounded(levels[1], 3)],
  }
}

/** More digits would only pretend: .01 of a logit is a quarter of a percent at most. */
function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits)) + 0 // no −0
}

/** The levels but the odd ones at either end. */
function rangeOf(levels: readonly number[]): [low: number, high: number] {
  const sorted = [...levels].sort((a, b) => a - b)
  const odd = Math.floor(ODD_SHARE * sorted.length)
  return [sorted[odd]!, sorted[sorted.length - 1 - odd]!]
}

/** One item of a list: what the curve reads of it, and whether it was chosen. */
interface Row {
  readonly at: number
  readonly share: number
  readonly gap: number
  readonly lift: number
  readonly events: number
  readonly weight: number
  readonly chosen: number
}

function rowsOf(
  { scores, chosen, level, eventCount }: Moment,
  [low, high]: readonly [number, number],
): Row[] {
  return Array.from(scores, (score, n) => {
    const place = SAMPLED_PLACES[n]!
    return {
      ...betweenPlaces(place),
      gap: score - level,
      lift: Math.min(high, Math.max(low, level)),
      events: logEvents(eventCount),
      weight: 1 / Math.log2(1 + place),
      chosen: chosen[n]!,
    }
  })
}

/** @param fixed numbers that stay 0 */
function solve(rows: readonly Row[], fixed: ReadonlySet<number>): Float64Array {
  const solution = new Float64Array(SIZE)
  for (let step = 0; step < MAX_STEPS; step++) {
    const { hessian, gradient } = derivatives(rows, solution)
    for (const number of fixed) {
      gradient[number] = 0
      for (let other = 0; other < SIZE; other++) {
        hessian[number * SIZE + other] = hessian[other * SIZE + number] = 0
      }
      hessian[number * SIZE + number] = 1
    }
    solveSpdInto(hessian, gradient, SIZE)
    for (let i = 0; i < SIZE; i++) solution[i]! += gradient[i]!
    if (gradient.every((change) => Math.abs(change) < SETTLED)) break
  }
  return solution
}

/** Of the negative loss; the penalties included. */
function derivatives(rows: readonly Row[], solution: Float64Array) {
  const hessian = new Float64Array(SIZE * SIZE)
  const gradient = new Float64Array(SIZE)
  const x = new Float64Array(5)
  for (const row of rows) {
    const next = Math.min(row.at + 1, PLACES - 1)
    const columns = [row.at, next, GAP, LIFT, EVENTS]
    x.set([1 - row.share, row.share, row.gap, row.lift, row.events])
    const logit = columns.reduce((sum, column, i) => sum + x[i]! * solution[column]!, 0)
    const p = sigmoid(logit)
    const curvature = row.weight * p * (1 - p)
    for (let i = 0; i < columns.length; i++) {
      gradient[columns[i]!]! += row.weight * (row.chosen - p) * x[i]!
      for (let j = 0; j < columns.length; j++) {
        hessian[columns[i]! * SIZE + columns[j]!]! += curvature * x[i]! * x[j]!
      }
    }
  }
  for (let j = 0; j + 1 < PLACES; j++) smooth(hessian, gradient, { j, solution })
  for (let slope = PLACES; slope < SIZE; slope++) {
    hessian[slope * SIZE + slope]! += RIDGE
    gradient[slope]! -= RIDGE * solution[slope]!
  }
  return { hessian, gradient }
}

/** Adds the penalty on the difference of two neighbouring places, and a trace of size. */
function smooth(
  hessian: Float64Array,
  gradient: Float64Array,
  { j, solution }: { readonly j: number; readonly solution: Float64Array },
) {
  const difference = solution[j]! - solution[j + 1]!
  gradient[j]! -= SMOOTHNESS * difference
  gradient[j + 1]! += SMOOTHNESS * difference
  hessian[j * SIZE + j]! += SMOOTHNESS
  hessian[(j + 1) * SIZE + j + 1]! += SMOOTHNESS
  hessian[j * SIZE + j + 1]! -= SMOOTHNESS
  hessian[(j + 1) * SIZE + j]! -= SMOOTHNESS
}

/** [places] how much data stands behind each. */
function weightsOf(rows: readonly Row[]): Float64Array {
  const weights = new Float64Array(PLACES).fill(SMOOTHNESS)
  for (const { at, share, weight } of rows) {
    weights[at]! += (1 - share) * weight
    weights[Math.min(at + 1, PLACES - 1)]! += share * weight
  }
  return weights
}

/**
 * The nearest numbers that never rise: neighbours that do are pooled (Ayer et al. 1955,
 * pool adjacent violators).
 */
export function neverRising(values: Float64Array, weights: Float64Array): Float64Array {
  const pools: { mean: number; weight: number; size: number }[] = []
  for (const [i, value] of values.entries()) {
    let pool = { mean: value, weight: weights[i]!, size: 1 }
    for (let last = pools.at(-1); last && last.mean < pool.mean; last = pools.at(-1)) {
      const weight = last.weight + pool.weight
      const mean = (last.mean * last.weight + pool.mean * pool.weight) / weight
      pool = { mean, weight, size: last.size + pool.size }
      pools.pop()
    }
    pools.push(pool)
  }
  return Float64Array.from(pools.flatMap(({ mean, size }) => Array(size).fill(mean)))
}
