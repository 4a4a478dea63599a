/** How far a typical visitor's sequence scores lie apart: see `SequenceReading.spread`. */
import type { PackSource, SparseRows } from '../catalogue/pack-source.ts'
import type { SequenceReading } from '../catalogue/sequence-reading.ts'
import { roundSparse } from '../catalogue/sparse-block.ts'
import { ageWeight } from '../scoring/sequence-rows.ts'
import type { SequenceCase } from './sequence-cases.ts'

/** Cases looked at: a mean of so many is steady enough for a unit. */
const MOST_CASES = 2000

/**
 * Rows and their reading as a pack wants them, the spread measured on these visitors.
 *
 * @param cases whose last events are read; what came next is not
 */
export function withSpread(
  rows: SparseRows,
  reading: SequenceReading,
  cases: readonly SequenceCase[],
): Pick<PackSource, 'sequence' | 'sequenceReading'> {
  const spread = typicalSpread(rows, reading, cases)
  return {
    sequence: rows,
    sequenceReading: { ...reading, ...(spread > 0 ? { spread } : {}) },
  }
}

/**
 * Mean over the cases, but for those of whom the block says nothing, of the standard
 * deviation over all rows. @returns 0 if it says nothing of any
 */
export function typicalSpread(
  source: SparseRows,
  reading: Pick<SequenceReading, 'decay' | 'floor'>,
  cases: readonly SequenceCase[],
): number {
  const { rows, indptr, indices, codes, levels, scales } = roundSparse(source)
  const sums = new Float64Array(rows)
  const step = Math.max(1, cases.length / MOST_CASES)
  let total = 0
  let count = 0
  for (let at = 0; at < cases.length; at += step) {
    const { recent } = cases[Math.floor(at)]
    sums.fill(0)
    recent.forEach((row, age) => {
      const factor = ageWeight(age, reading) * scales[row]
      for (let e = indptr[row]; e < indptr[row + 1]; e++) {
        sums[indices[e]] += factor * levels[codes[e]]
      }
    })
    const deviation = deviationOf(sums)
    if (!(deviation > 0)) continue
    total += deviation
    count++
  }
  return count === 0 ? 0 : Number((total / count).toPrecision(4))
}

function deviationOf(values: Float64Array): number {
  let sum = 0
  let square = 0
  for (const value of values) {
    sum += value
    square += value * value
  }
  const mean = sum / values.length
  return Math.sqrt(Math.max(0, square / values.length - mean * mean))
}
