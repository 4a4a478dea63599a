/** Unit vectors → groups of like ones: spherical k-means from seeds that are far apart. */
import { createRandom } from '../math/random.ts'
import { dot, unit } from '../math/vectors.ts'

export interface UnitVectors {
  readonly dim: number
  /** [rows, dim], unit rows (or zero). */
  readonly vectors: Float32Array
}

const GROUPS = 24
/** Rows the centres are learned from. */
const SAMPLE = 4000
const ROUNDS = 8
const SEED = 7

/** @returns [rows] the group of each, below 24; a zero vector is in a group of its own, 24 */
export function clusterVectors({ dim, vectors }: UnitVectors): Uint8Array {
  const rowCount = vectors.length / dim
  const rowOf = (row: number) => vectors.subarray(row * dim, (row + 1) * dim)
  const all = Array.from({ length: rowCount }, (_, row) => row)
  const filled = all.filter((row) => !isZero(rowOf(row)))
  const sample = sampleOf(filled)
  let centres = farthestFirst(sample, rowOf)
  for (let round = 0; round < ROUNDS; round++) {
    const sums = centres.map(() => new Float32Array(dim))
    for (const row of sample) addTo(sums[nearest(rowOf(row), centres)]!, rowOf(row))
    centres = sums.map((sum, group) => (isZero(sum) ? centres[group]! : unit(sum)))
  }
  const groups = new Uint8Array(rowCount).fill(GROUPS)
  if (centres.length > 0) {
    for (const row of filled) groups[row] = nearest(rowOf(row), centres)
  }
  return groups
}

function sampleOf(rows: readonly number[]): number[] {
  const random = createRandom(SEED)
  const shuffled = [...rows]
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = random.integer(at + 1)
    const row = shuffled[at]!
    shuffled[at] = shuffled[other]!
    shuffled[other] = row
  }
  return shuffled.slice(0, SAMPLE)
}

/** Each next centre is the row least like all before it. */
function farthestFirst(
  rows: readonly number[],
  rowOf: (row: number) => Float32Array,
): Float32Array[] {
  const first = rows[0]
  if (first === undefined) return []
  const centres = [rowOf(first)]
  const likeness = Float32Array.from(rows, (row) => dot(rowOf(row), centres[0]!))
  while (centres.length < Math.min(GROUPS, rows.length)) {
    const at = likeness.reduce(
      (best, value, i) => (value < likeness[best]! ? i : best),
      0,
    )
    const centre = rowOf(rows[at]!)
    centres.push(centre)
    rows.forEach((row, i) => {
      likeness[i] = Math.max(likeness[i]!, dot(rowOf(row), centre))
    })
  }
  return centres
}

function nearest(vector: Float32Array, centres: readonly Float32Array[]): number {
  let [best, most] = [0, -Infinity]
  centres.forEach((centre, group) => {
    const likeness = dot(vector, centre)
    if (likeness > most) [best, most] = [group, likeness]
  })
  return best
}

function addTo(sum: Float32Array, vector: Float32Array): void {
  for (let k = 0; k < sum.length; k++) sum[k] = sum[k]! + vector[k]!
}

function isZero(vector: Float32Array): boolean {
  return vector.every((value) => value === 0)
}
