/**
 * What another policy would have earned, estimated from a log of what one policy showed.
 *
 * Of each entry of the log are known: its reward r (a click: 1 or 0), the propensity p with
 * which it was shown, and the probability t with which the evaluated policy would have shown
 * it in the same place. With the weight w = t/p and n entries:
 *
 *   IPS    mean of w·r                                  unbiased; wide where weights are great
 *   SNIPS  Σ w'·r / Σ w',  w' = min(w, clip)            narrow; biased by what is clipped
 *   DR     mean of e + w'·(r − q)                       q, e: what a model expects of the entry
 *                                                       shown, and of the evaluated policy
 *   Δ      mean of (w₁ − w₂)·(r − β)                    of two policies on one log; entries on
 *                                                       which both agree add no variance
 *
 * IPS after Horvitz and Thompson 1952, SNIPS after Swaminathan and Joachims 2015, DR after
 * Dudík, Langford and Li 2011, the difference after Jeunen and Ustimenko 2024 (arXiv
 * 2405.10024). Their β is the one of least variance; a few heavy entries choose it in a small
 * log, and its intervals then hold the truth as rarely as two times in three: here β is the
 * mean reward of the log. Intervals: see
 * `skewed-interval.ts`.
 *
 * None of them can see what the logging policy never shows. Where the evaluated policy does,
 * the weights' mean is below 1, which is why an estimate has it; where it would have shown
 * nothing of the log, the interval is all that a value can be.
 */
import { assertLength, HearthError } from '../errors.ts'
import { type Interval, skewedInterval, UNBOUNDED } from './skewed-interval.ts'

/** What was shown, by whom, and what came of it. All arrays have one number an entry. */
export interface PolicyLog {
  /** What came of it, 0 … `maxReward`. */
  readonly rewards: ArrayLike<number>
  /** The probability with which it was shown, in (0, 1]. */
  readonly propensities: ArrayLike<number>
  /** The probability with which the evaluated policy shows it there, in [0, 1]. */
  readonly targets: ArrayLike<number>
  /** The slate that it stood in: entries of one are taken for dependent. Default: all apart. */
  readonly slates?: ArrayLike<number>
}

/** What a model of rewards expects, in the unit of the rewards. */
export interface ExpectedRewards {
  /** [entries] of the entry that was shown. */
  readonly shown: ArrayLike<number>
  /** [entries] of the evaluated policy in its place: Σ over items of probability · expected. */
  readonly target: ArrayLike<number>
}

export interface OffPolicyOptions {
  /**
   * The greatest weight that SNIPS and DR use, > 0; Infinity clips nothing.
   * Default √n of n entries, with which the bias fades as the log grows (Ionides 2008,
   * *Truncated importance sampling*): a fixed 10 left the truth out of a third of the
   * intervals at 2,000 entries. IPS and differences are never clipped.
   */
  readonly clip?: number
  /** The greatest reward there is, > 0. Default 1. */
  readonly maxReward?: number
}

export interface OffPolicyEstimate extends Interval {
  /** Reward an entry. By IPS and DR it may leave 0 … maxReward; the interval never does. */
  readonly estimate: number
  /** (Σ w)²/Σ w²: how many entries of equal weight would be as informative. */
  readonly effectiveSize: number
  /** Of the weights before clipping: about 1 where the log shows what the policy would. */
  readonly meanWeight: number
  /** Entries whose weight was clipped, of all: 0 … 1. */
  readonly clippedShare: number
}

export interface PolicyDifference extends Interval {
  /** Reward an entry of the evaluated policy less that of the other, −maxReward … maxReward. */
  readonly estimate: number
  /** Mean of w₁ − w₂: about 0 where the log shows what either policy would. */
  readonly meanGap: number
  /** Entries that the two policies show with unequal probabilities. */
  readonly disagreements: number
}

/**
 * Inverse propensity scoring.
 *
 * @throws HearthError `bad-argument` if a propensity is not in (0, 1], a number is out of its
 *   range or not a number, lengths differ, or the log is empty
 */
export function estimateIps(
  log: PolicyLog,
  options: Pick<OffPolicyOptions, 'maxReward'> = {},
): OffPolicyEstimate {
  const { maxReward } = resolveOptions(options, log)
  const weights = weightsOf(log, Infinity, maxReward)
  const earned = weights.used.map((weight, i) => weight * log.rewards[i]!)
  return estimateOf(log, weights, maxReward, {
    ...centred(earned),
    stepUp: weights.greatest * maxReward,
    stepDown: 0,
  })
}

/**
 * Clipped, self-normalised inverse propensity scoring: 0 … maxReward.
 *
 * @throws HearthError `bad-argument` as `estimateIps`
 */
export function estimateSnips(
  log: PolicyLog,
  options: OffPolicyOptions = {},
): OffPolicyEstimate {
  const { clip, maxReward } = resolveOptions(options, log)
  const weights = weightsOf(log, clip, maxReward)
  const share = meanOf(weights.used) || 1
  const mean = meanOf(weights.used.map((w, i) => w * log.rewards[i]!)) / share
  return estimateOf(log, weights, maxReward, {
    mean,
    // To first order a ratio deviates by w'·(r − mean) over the mean of w'.
    deviations: weights.used.map((w, i) => (w * (log.rewards[i]! - mean)) / share),
    stepUp: (weights.greatest * (maxReward - mean)) / share,
    stepDown: (weights.greatest * mean) / share,
  })
}

/**
 * The doubly robust estimate: right where the propensities or the model are.
 *
 * @throws HearthError `bad-argument` as `estimateIps`; `expected` is in 0 … maxReward
 */
export function estimateDr(
  log: PolicyLog,
  expected: ExpectedRewards,
  options: OffPolicyOptions = {},
): OffPolicyEstimate {
  const { clip, maxReward } = resolveOptions(options, log)
  const weights = weightsOf(log, clip, maxReward)
  const size = log.rewards.length
  assertRange('expected.shown', expected.shown, size, maxReward)
  assertRange('expected.target', expected.target, size, maxReward)
  let stepUp = 0
  let stepDown = 0
  const earned = weights.used.map((weight, i) => {
    stepUp = Math.max(stepUp, weight * (maxReward - expected.shown[i]!))
    stepDown = Math.max(stepDown, weight * expected.shown[i]!)
    return expected.target[i]! + weight * (log.rewards[i]! - expected.shown[i]!)
  })
  return estimateOf(log, weights, maxReward, { ...centred(earned), stepUp, stepDown })
}

/**
 * What the evaluated policy (`log.targets`) earns more than another one, on one log.
 *
 * @param others [entries] the probability with which the other policy shows each, in [0, 1]
 * @throws HearthError `bad-argument` as `estimateIps`
 */
export function estimateDifference(
  log: PolicyLog,
  others: ArrayLike<number>,
  options: Pick<OffPolicyOptions, 'maxReward'> = {},
): PolicyDifference {
  const { maxReward } = resolveOptions(options, log)
  const weights = weightsOf(log, Infinity, maxReward)
  const otherWeights = weightsOf(
    { ...log, targets: others },
    Infinity,
    maxReward,
    'others',
  )
  const gaps = weights.used.map((weight, i) => weight - otherWeights.used[i]!)
  const beta = meanOf(Float64Array.from(log.rewards))
  let [stepUp, stepDown, disagreements] = [0, 0, 0]
  const earned = gaps.map((gap, i) => {
    stepUp = Math.max(stepUp, gap * (maxReward - beta), -gap * beta)
    stepDown = Math.max(stepDown, -gap * (maxReward - beta), gap * beta)
    if (log.targets[i] !== others[i]) disagreements++
    return gap * (log.rewards[i]! - beta)
  })
  const of = { ...centred(earned), stepUp, stepDown, slates: log.slates }
  return {
    estimate: of.mean,
    ...within(skewedInterval(of), -maxReward, maxReward),
    meanGap: weights.meanWeight - otherWeights.meanWeight,
    disagreements,
  }
}

interface Weights {
  readonly used: Float64Array
  readonly greatest: number
  readonly meanWeight: number
  readonly clippedShare: number
}

/** The weights of a log whose numbers are checked here, once. */
function weightsOf(
  log: PolicyLog,
  clip: number,
  maxReward: number,
  name = 'targets',
): Weights {
  const size = log.rewards.length
  if (size === 0) {
    throw new HearthError(
      'bad-argument',
      'empty log: got 0 entries, expected at least 1. Wait until something was shown.',
    )
  }
  assertRange('rewards', log.rewards, size, maxReward)
  assertRange('propensities', log.propensities, size, 1, 'above 0')
  assertRange(name, log.targets, size, 1)
  if (log.slates) assertLength('slates', log.slates, size)
  const used = new Float64Array(size)
  let [greatest, sum, clipped] = [0, 0, 0]
  for (let i = 0; i < size; i++) {
    const weight = log.targets[i]! / log.propensities[i]!
    if (weight > clip) clipped++
    used[i] = Math.min(weight, clip)
    greatest = Math.max(greatest, used[i])
    sum += weight
  }
  return { used, greatest, meanWeight: sum / size, clippedShare: clipped / size }
}

function estimateOf(
  log: PolicyLog,
  { used, meanWeight, clippedShare }: Weights,
  maxReward: number,
  of: {
    readonly mean: number
    readonly deviations: Float64Array
    readonly stepUp: number
    readonly stepDown: number
  },
): OffPolicyEstimate {
  const sum = used.reduce((total, weight) => total + weight, 0)
  const squares = used.reduce((total, weight) => total + weight * weight, 0)
  const interval = sum > 0 ? skewedInterval({ ...of, slates: log.slates }) : UNBOUNDED
  return {
    estimate: of.mean,
    ...within(interval, 0, maxReward),
    effectiveSize: squares > 0 ? (sum * sum) / squares : 0,
    meanWeight,
    clippedShare,
  }
}

/** An interval cut to where the value can be. */
function within(interval: Interval, least: number, greatest: number): Interval {
  const cut = (limit: number) => Math.min(greatest, Math.max(least, limit))
  return { ...interval, lower: cut(interval.lower), upper: cut(interval.upper) }
}

function centred(earned: Float64Array) {
  const mean = meanOf(earned)
  return { mean, deviations: earned.map((value) => value - mean) }
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function resolveOptions(options: OffPolicyOptions, { rewards }: PolicyLog) {
  const resolved = { clip: Math.sqrt(rewards.length || 1), maxReward: 1, ...options }
  for (const [name, value] of Object.entries(resolved)) {
    if (value > 0 && (name === 'clip' || value < Infinity)) continue
    throw new HearthError(
      'bad-argument',
      `invalid ${name}: got ${value}, expected a number above 0.`,
    )
  }
  return resolved
}

/** Throws `bad-argument` unless there are `size` numbers of 0 … `greatest`. */
function assertRange(
  name: string,
  values: ArrayLike<number>,
  size: number,
  greatest: number,
  above?: 'above 0',
) {
  assertLength(name, values, size)
  for (let i = 0; i < size; i++) {
    const value = values[i]!
    if (value <= greatest && (above ? value > 0 : value >= 0)) continue
    const range = above ? `above 0, up to ${greatest}` : `from 0 to ${greatest}`
    throw new HearthError(
      'bad-argument',
      `invalid ${name}[${i}]: got ${value}, expected a number ${range}.`,
    )
  }
}
