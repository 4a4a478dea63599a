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
import { CALIBRATION_PLACES, type CalibrationCurve } from '../../../pack/calibration.ts'
import { betweenPlaces, logEvents, sigmoid } from '../../../scoring/match.ts'
import { type Moment, SAMPLED_PLACES } from './moments.ts'

const PLACES = CALIBRATION_PLACES.length
const SLOPES = 3
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
  const { places, slopes } = inOrder(rowsOf(moments, levels))
  const [gap, lift, events] = slopes
  return {
    places: places.map((logit) => rounded(logit, 2)),
    gap: rounded(gap, 3),
    lift: rounded(lift, 3),
    events: rounded(events, 3),
    levels: [rounded(levels[0], 3), rounded(levels[1], 3)],
  }
}

/**
 * The best curve that keeps order: what would turn it round is tied (neighbouring places) or
 * left out (a gap below 0), and the rest fitted again.
 */
function inOrder(rows: Rows): Solution {
  let shape: Shape = { groupOf: CALIBRATION_PLACES.map((_, j) => j), hasGap: true }
  for (;;) {
    const solution = solve(rows, shape)
    const { places, slopes } = solution
    const rises = places.map((logit, j) => j > 0 && logit > places[j - 1]! + SETTLED)
    if (slopes[0] < 0) shape = { ...shape, hasGap: false }
    else if (rises.includes(true)) shape = { ...shape, groupOf: tied(shape, rises) }
    else return solution
  }
}

/** Places that are to be one with the place before them, and which they were. */
function tied({ groupOf }: Shape, rises: readonly boolean[]): number[] {
  const own: number[] = []
  for (const [j, group] of groupOf.entries()) {
    const isNew = j > 0 && group !== groupOf[j - 1] && !rises[j]
    own.push(j === 0 ? 0 : own[j - 1]! + (isNew ? 1 : 0))
  }
  return own
}

/** Which numbers there are to fit. */
interface Shape {
  /** [places] equal for places that share one logit, rising by 1. */
  readonly groupOf: readonly number[]
  readonly hasGap: boolean
}

interface Solution {
  readonly places: readonly number[]
  readonly slopes: readonly [gap: number, lift: number, events: number]
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

/**
 * What the curve reads of the items of all lists, flat: for each item its place before, the
 * way to the next, gap, level, log events, weight, and 1 if it was chosen.
 */
type Rows = Float64Array
const FIELDS = 7

function rowsOf(
  moments: readonly Moment[],
  [low, high]: readonly [number, number],
): Rows {
  const count = moments.reduce((sum, { scores }) => sum + scores.length, 0)
  const rows = new Float64Array(FIELDS * count)
  let end = 0
  for (const { scores, chosen, level, eventCount } of moments) {
    const within = Math.min(high, Math.max(low, level))
    for (let n = 0; n < scores.length; n++, end += FIELDS) {
      const place = SAMPLED_PLACES[n]!
      const { at, share } = betweenPlaces(place)
      rows[end] = at
      rows[end + 1] = share
      rows[end + 2] = scores[n]! - level
      rows[end + 3] = within
      rows[end + 4] = logEvents(eventCount)
      rows[end + 5] = 1 / Math.log2(1 + place)
      rows[end + 6] = chosen[n]!
    }
  }
  return rows
}

function solve(rows: Rows, shape: Shape): Solution {
  const groups = shape.groupOf.at(-1)! + 1
  const size = groups + SLOPES
  const numbers = new Float64Array(size)
  for (let step = 0; step < MAX_STEPS; step++) {
    const { hessian, gradient } = derivatives(rows, numbers, shape)
    if (!shape.hasGap) leaveOut(groups, { hessian, gradient })
    solveSpdInto(hessian, gradient, size)
    for (let i = 0; i < size; i++) numbers[i]! += gradient[i]!
    if (gradient.every((change) => Math.abs(change) < SETTLED)) break
  }
  return {
    places: shape.groupOf.map((group) => numbers[group]!),
    slopes: [numbers[groups]!, numbers[groups + 1]!, numbers[groups + 2]!],
  }
}

/** The second and first derivatives of the loss, the first with its sign turned. */
interface Derivatives {
  readonly hessian: Float64Array
  readonly gradient: Float64Array
}

/** So that this number stays what it is. */
function leaveOut(number: number, { hessian, gradient }: Derivatives) {
  const size = gradient.length
  for (let other = 0; other < size; other++) {
    hessian[number * size + other] = 0
    hessian[other * size + number] = 0
  }
  hessian[number * size + number] = 1
  gradient[number] = 0
}

function derivatives(
  rows: Rows,
  numbers: Float64Array,
  { groupOf }: Shape,
): Derivatives {
  const size = numbers.length
  const groups = size - SLOPES
  const hessian = new Float64Array(size * size)
  const gradient = new Float64Array(size)
  const x = new Float64Array(2 + SLOPES)
  const columns = new Uint8Array(2 + SLOPES)
  for (let slope = 0; slope < SLOPES; slope++) columns[2 + slope] = groups + slope
  for (let row = 0; row < rows.length; row += FIELDS) {
    const at = rows[row]!
    columns[0] = groupOf[at]!
    columns[1] = groupOf[Math.min(at + 1, PLACES - 1)]!
    x[0] = 1 - rows[row + 1]!
    for (let i = 1; i < x.length; i++) x[i] = rows[row + i]!
    let logit = 0
    for (let i = 0; i < x.length; i++) logit += x[i]! * numbers[columns[i]!]!
    const p = sigmoid(logit)
    const pull = rows[row + 5]! * (rows[row + 6]! - p)
    const curvature = rows[row + 5]! * p * (1 - p)
    for (let i = 0; i < x.length; i++) {
      gradient[columns[i]!]! += pull * x[i]!
      const line = columns[i]! * size
      for (let j = 0; j < x.length; j++) {
        hessian[line + columns[j]!]! += curvature * x[i]! * x[j]!
      }
    }
  }
  for (let group = 0; group + 1 < groups; group++) {
    smooth(group, numbers, { hessian, gradient })
  }
  for (let slope = groups; slope < size; slope++) {
    hessian[slope * size + slope]! += RIDGE
    gradient[slope]! -= RIDGE * numbers[slope]!
  }
  return { hessian, gradient }
}

/** Adds the penalty on the difference of a place and the next. */
function smooth(
  group: number,
  numbers: Float64Array,
  { hessian, gradient }: Derivatives,
) {
  const size = numbers.length
  const difference = numbers[group]! - numbers[group + 1]!
  gradient[group]! -= SMOOTHNESS * difference
  gradient[group + 1]! += SMOOTHNESS * difference
  hessian[group * size + group]! += SMOOTHNESS
  hessian[(group + 1) * size + group + 1]! += SMOOTHNESS
  hessian[group * size + group + 1]! -= SMOOTHNESS
  hessian[(group + 1) * size + group]! -= SMOOTHNESS
}
