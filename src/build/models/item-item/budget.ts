/** Bytes an item, estimated before anything is written. */

/** Bytes of CF an item takes by default, so that all its blocks are ≤ 280. */
export const CF_BYTES_PER_ITEM = 110

/** Of the whole block: its sections' table, its levels, the coder's tables. */
const BLOCK_BYTES = 600
/** The two factors, and a row's length. */
const ROW_BYTES = 3
/** A code of 4 bits takes about this many once coded. */
const CODE_BITS = 2.3
/** Bits of a gap are about GAP_BITS + GAP_SLOPE · log2(items / pairs an item). */
const GAP_BITS = 1.1
const GAP_SLOPE = 0.57

/** Bytes an item of `entries` entries an item, half as many pairs. */
export function pairBytes(entries: number, items: number): number {
  const pairs = entries / 2
  const gap = GAP_BITS + GAP_SLOPE * Math.max(0, Math.log2(items / Math.max(1, pairs)))
  const position = Math.ceil(Math.log2(Math.max(2, items)))
  const fixed = ROW_BYTES + BLOCK_BYTES / items
  return fixed + (position + pairs * (CODE_BITS + gap)) / 8
}

/** Bytes an item of a low-rank term: half a byte a dimension, and its scale. */
export function latentBytes(dim: number): number {
  return dim === 0 ? 0 : dim / 2 + 1
}

/** Of the budget: a smaller low-rank term adds little, a larger one leaves no pairs. */
const MIN_LATENT = 0.15
const MAX_LATENT = 0.7
const LATENT_DIMS = [32, 64, 128, 256]

/** The numbers of dimensions worth trying within a budget. */
export function latentDimsFor(bytesPerItem: number): number[] {
  return LATENT_DIMS.filter((dim) => {
    const share = latentBytes(dim) / bytesPerItem
    return share >= MIN_LATENT && share <= MAX_LATENT
  })
}

/** `dim`, halved until it leaves room for pairs; 0 if little would be left of it. */
export function latentDimWithin(dim: number, bytesPerItem: number): number {
  if (latentBytes(dim) <= MAX_LATENT * bytesPerItem) return dim
  return dim < 2 * LATENT_DIMS[0] ? 0 : latentDimWithin(dim / 2, bytesPerItem)
}

/** Mean entries an item that fill the budget, a whole number from 1 to the items. */
export function entriesFor(bytesPerItem: number, items: number): number {
  let entries = 1
  while (entries < items && pairBytes(entries + 1, items) <= bytesPerItem) entries++
  return entries
}

/** A budget cut down to whole entries an item, which is how `tuneCf` counts. */
export function wholeEntriesBudget(bytesPerItem: number, items: number): number {
  return pairBytes(entriesFor(bytesPerItem, items), items)
}
