/**
 * Which items to ask a new visitor about ("do you know and like it?"), one after another: well
 * known, unlike each other, and each answer worth the most for the rest.
 *
 * A Gaussian process over the best-known items, K their likeness (the mean of the cosines that
 * the pack has, to the power SHARPNESS), each answer a noisy look at one of them:
 *
 *   worth(i) = known(i) · (1 + ½·m_i) · Σ_j known(j)·e^{m_j} · K_ij² / (K_ii + σ²)
 *
 * the fall of variance over what matters to this visitor, times the chance of an answer. After
 * each question K ← K − K_i·K_iᵀ/(K_ii + σ²), so what is near it is worth little; after a yes
 * the mean m rises around it, and the next questions go there. That many know it and that its
 * answer is worth much are the two classic criteria: Rashid et al. 2002 (IUI, "Getting to know you").
 */
import type { ItemRecord } from '../pack/item.ts'
import type { Pack } from '../pack/pack.ts'
import { likenesses } from './item-similarity.ts'

/** Items that a question may be about, the best known: 240² cosines take some 50 ms. */
export const ELICITED_FROM = 240
/** σ²: an answer is as uncertain as half of what one item's liking varies. */
const NOISE = 0.5
/**
 * Power of the mean cosine: vectors of towers all point one way more or less, and what is a
 * little alike is not alike. An odd whole power keeps signs, and a kernel a kernel.
 */
const SHARPNESS = 3
/** Places in the common order until an item is half as well known as the first. */
const HALF_KNOWN = 200

interface Asking {
  /** Item indices, the best known first. */
  readonly candidates: readonly number[]
  /** What was asked or answered already; none of it comes again. */
  readonly answered: ReadonlySet<number>
  /** Answered with a yes. */
  readonly liked: readonly number[]
  /** Items wanted, ≥ 0. */
  readonly count: number
  readonly record: (index: number) => ItemRecord
}

/**
 * Pure: the same pack and answers give the same items. One of a maker, a series and a group; more
 * of one only where there are not `count` without, as in a shop of one brand.
 */
export function itemsToAsk(
  pack: Pack,
  { candidates, answered, liked, count, record }: Asking,
): number[] {
  const n = candidates.length
  const kernel = kernelOf(pack, candidates)
  const known = Float64Array.from(
    { length: n },
    (_, place) => 2 ** (-place / HALF_KNOWN),
  )
  const mean = new Float64Array(n)
  const yes = new Set(liked)
  const taken = new Set<string>()
  const open = new Uint8Array(n).fill(1)
  candidates.forEach((index, place) => {
    if (!answered.has(index)) return
    open[place] = 0
    for (const name of namesOf(record(index))) taken.add(name)
    observe(kernel, mean, place, yes.has(index) ? 1 : undefined)
  })
  const chosen: number[] = []
  const passedOver: number[] = []
  while (chosen.length < count) {
    const place = mostWorth(kernel, { known, mean, open })
    if (place < 0) break
    open[place] = 0
    const names = namesOf(record(candidates[place]!))
    if (names.some((name) => taken.has(name))) {
      passedOver.push(candidates[place]!)
      continue
    }
    for (const name of names) taken.add(name)
    chosen.push(candidates[place]!)
    observe(kernel, mean, place, undefined)
  }
  return [...chosen, ...passedOver.slice(0, count - chosen.length)]
}

/** [n, n] likeness of the candidates, sharpened, diagonal 1. */
function kernelOf(pack: Pack, candidates: readonly number[]): Float64Array[] {
  const { tower, content, idf } = likenesses(pack)
  const kernels = [
    ...(pack.tower ? [tower] : []),
    ...(pack.content ? [content] : []),
    idf,
  ]
  const rows = candidates.map(() => new Float64Array(candidates.length))
  candidates.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const sum = kernels.reduce((total, like) => total + like(a, candidates[j]!), 0)
      rows[i]![j] = rows[j]![i] = i === j ? 1 : (sum / kernels.length) ** SHARPNESS
    }
  })
  return rows
}

/** Conditions the process on an answer at `place`; without one only its variance falls. */
function observe(
  kernel: readonly Float64Array[],
  mean: Float64Array,
  place: number,
  answer: number | undefined,
) {
  const near = kernel[place]!.slice()
  const total = near[place]! + NOISE
  const surprise = answer === undefined ? 0 : answer - mean[place]!
  for (let i = 0; i < near.length; i++) {
    const gain = near[i]! / total
    mean[i] += gain * surprise
    if (gain === 0) continue
    const target = kernel[i]!
    for (let j = 0; j < near.length; j++) target[j] -= gain * near[j]!
  }
}

/** @returns its place; −1 if none is open. Ties: the better known */
function mostWorth(
  kernel: readonly Float64Array[],
  {
    known,
    mean,
    open,
  }: {
    readonly known: Float64Array
    readonly mean: Float64Array
    readonly open: Uint8Array
  },
): number {
  const weights = known.map((share, place) => share * Math.exp(mean[place]!))
  let best = -1
  let most = -Infinity
  kernel.forEach((near, place) => {
    if (!open[place]) return
    let fall = 0
    for (let j = 0; j < near.length; j++) fall += weights[j]! * near[j]! ** 2
    const worth =
      (known[place]! * (1 + mean[place]! / 2) * fall) / (near[place]! + NOISE)
    if (worth <= most) return
    most = worth
    best = place
  })
  return best
}

/** What only one question may be about. */
function namesOf({ id, authors = [], series, group }: ItemRecord): string[] {
  return [
    `i${id}`,
    ...authors.slice(0, 1).map((name) => `a${name}`),
    ...(series ? [`s${series.name}`] : []),
    ...(group === undefined ? [] : [`g${group}`]),
  ]
}
