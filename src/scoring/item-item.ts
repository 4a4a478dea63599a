/**
 * Item-item scores: a visitor's sparse user vector times a block of the pack, and what each
 * history item gave.
 *
 *   score(j) = Σ over the user vector's items i of weight_i · value(i, j)
 */
import type { ScanTable } from '../math/scanner.ts'
import type { LatentTerm, SparseBlock } from '../pack/pack.ts'
import { addRowInto, dotAcross, dotWith } from './int8-vectors.ts'
import { REFUSED_FROM, type TasteView, type WeightedItem } from './score.ts'

/**
 * The low-rank term: out[j] = Σ over `user`, i ≠ j, of weight_i · given_i · taken_j
 *
 * @param out [items], overwritten
 * @param held `taken` as the scanner holds it; absent: read here
 */
export function latentInto(
  { given, taken }: LatentTerm,
  user: readonly WeightedItem[],
  out: Float32Array,
  held?: ScanTable,
): void {
  const query = new Float32Array(given.dim)
  for (const { index, weight } of user) {
    addRowInto(given, index, { weight, out: query })
  }
  if (held) held.scanInto(query, out)
  else {
    for (let index = 0; index < out.length; index++) {
      out[index] = dotWith(taken, index, query)
    }
  }
  for (const { index, weight } of user) {
    out[index] -= weight * dotAcross(given, index, { table: taken, index })
  }
}

/**
 * Weight of a refused item (times e⁻) beside a history weight of at most 1: weak negatives
 * of −0.05 to −0.1 help while the history is short.
 */
export const REFUSED_WEIGHT = -0.1

/**
 * The sparse user vector of cf and content: the history, with a refused item counting
 * (1 − e⁻) of its weight, and refused items with a small negative weight.
 *
 * @returns one entry an item; empty if no history item has a weight above 0
 */
export function userWeights({ history, negative }: TasteView): WeightedItem[] {
  const weights = new Map<number, number>()
  for (const { index, weight } of history) {
    const refused = refusalOf(negative, index)
    if (weight * (1 - refused) > 0) weights.set(index, weight * (1 - refused))
  }
  if (weights.size === 0) return []
  for (const index of negative.keys()) {
    const refused = refusalOf(negative, index)
    if (refused > 0)
      weights.set(index, (weights.get(index) ?? 0) + REFUSED_WEIGHT * refused)
  }
  return [...weights].map(([index, weight]) => ({ index, weight }))
}

/** Skips that count against items like them: those passed over most surely. */
const MAX_SKIPS = 60

/**
 * The user vector with what was passed over: −share·(1 − e^odds), that is, `share` of the
 * odds that its views took.
 *
 * @param share in [0, 1]; 0 gives `user` itself, as does an empty one: skips alone say too
 *   little of what somebody wants instead
 */
export function withSkips(
  user: readonly WeightedItem[],
  { passed }: Pick<TasteView, 'passed'>,
  share: number,
): readonly WeightedItem[] {
  if (!(share > 0) || !passed || passed.size === 0 || user.length === 0) return user
  const known = new Set(user.map(({ index }) => index))
  const skips = [...passed]
    .filter(([index]) => !known.has(index))
    .sort(([a, x], [b, y]) => x - y || a - b)
    .slice(0, MAX_SKIPS)
  return [
    ...user,
    ...skips.map(([index, odds]) => ({ index, weight: -share * -Math.expm1(odds) })),
  ]
}

/** e⁻ of an item that was refused, 0 of any other. */
export function refusalOf(
  negative: ReadonlyMap<number, number>,
  index: number,
): number {
  const eMinus = Math.min(1, negative.get(index) ?? 0)
  return eMinus >= REFUSED_FROM ? eMinus : 0
}

/**
 * out[j] = Σ over `user` of weight_i · value(i, j)
 *
 * @param out [items], overwritten
 * @param options.taken the block's `latent.taken` as the scanner holds it; default: read
 *   here, exactly but slowly
 */
export function itemItemScoresInto(
  block: SparseBlock,
  user: readonly WeightedItem[],
  out: Float32Array,
  { taken }: { readonly taken?: ScanTable } = {},
): void {
  if (block.latent) latentInto(block.latent, user, out, taken)
  else out.fill(0)
  scatter(block, user, out)
}

function scatter(
  { indptr, indices, codes, levels, scales, targets }: SparseBlock,
  user: readonly WeightedItem[],
  out: Float32Array,
): void {
  for (const { index, weight } of user) {
    const factor = weight * scales[index]
    const end = indptr[index + 1]
    for (let e = indptr[index]; e < end; e++) {
      const column = indices[e]
      out[column] += factor * levels[codes[e]] * (targets?.[column] ?? 1)
    }
  }
}

/**
 * Item → what `itemItemScoresInto` writes there, of a block without a low-rank term, for the
 * items that have a score at all: the entries of a few items reach few others.
 */
export function sparseItemItemScores(
  { indptr, indices, codes, levels, scales, targets }: SparseBlock,
  user: readonly WeightedItem[],
): Map<number, number> {
  const scores = new Map<number, number>()
  for (const { index, weight } of user) {
    const factor = weight * scales[index]
    for (let e = indptr[index]; e < indptr[index + 1]; e++) {
      const column = indices[e]
      const term = factor * levels[codes[e]] * (targets?.[column] ?? 1)
      scores.set(column, Math.fround((scores.get(column) ?? 0) + term))
    }
  }
  return scores
}

/**
 * What history item `from` adds to item `to`, per unit of weight, by the entries of the
 * block alone: the term of `itemItemScoresInto`, less the low-rank one.
 */
export function entryBetween(block: SparseBlock, from: number, to: number): number {
  const { levels, codes, scales, targets } = block
  const at = findIndex(block, from, to)
  return at < 0 ? 0 : levels[codes[at]] * scales[from] * (targets?.[to] ?? 1)
}

/** The same, by the low-rank term alone; 0 without one. */
export function latentBetween(
  { latent }: SparseBlock,
  from: number,
  to: number,
): number {
  if (!latent || from === to) return 0
  return dotAcross(latent.given, from, { table: latent.taken, index: to })
}

/** Binary search of a column within a row. @returns the entry, or −1 */
function findIndex({ indptr, indices }: SparseBlock, index: number, column: number) {
  let low = indptr[index]
  let high = indptr[index + 1] - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = indices[middle]
    if (found === column) return middle
    if (found < column) low = middle + 1
    else high = middle - 1
  }
  return -1
}
