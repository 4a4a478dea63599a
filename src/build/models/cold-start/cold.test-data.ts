/** A small catalogue of known items for the tests of cold-start ones. */
import type { Random } from '../../../math/random.ts'
import { positivesOf } from '../../planted.test-data.ts'
import type { PairRows } from './mix.ts'

/** s of a dense symmetric matrix [n, n], between factors. */
export function pairRows(
  dense: readonly (readonly number[])[],
  rowFactors: readonly number[],
  columnFactors: readonly number[],
  vectors?: readonly (readonly number[])[],
): PairRows {
  const n = dense.length
  const indptr = new Uint32Array(n + 1)
  const indices: number[] = []
  const values: number[] = []
  dense.forEach((row, i) => {
    row.forEach((s, j) => {
      if (i === j || s <= 0) return
      indices.push(j)
      values.push(rowFactors[i] * s * columnFactors[j])
    })
    indptr[i + 1] = indices.length
  })
  return {
    kind: 'item-item',
    rows: n,
    columns: n,
    indptr,
    indices: Uint32Array.from(indices),
    values: Float32Array.from(values),
    pairs: {
      rowFactors: Float32Array.from(rowFactors),
      columnFactors: Float32Array.from(columnFactors),
      ...(vectors
        ? {
            latent: {
              dim: vectors[0].length,
              vectors: Float32Array.from(vectors.flat()),
            },
          }
        : {}),
    },
  }
}

const KINDS = ['sea', 'moor', 'war']

/**
 * Items of three kinds, known by their genre and a word of their title; everyone likes one
 * kind and chooses seven of it and one of any. The last `cold` items nobody chose. CF is
 * the cosine of two items' users.
 */
export function plantedWorld(size: {
  readonly known: number
  readonly cold: number
  readonly users: number
  readonly random: Random
}) {
  const { known, cold, random } = size
  const count = known + cold
  const kindOf = (row: number) => row % KINDS.length
  const items = Array.from({ length: count }, (_, row) => ({
    id: `${row}`,
    title: `${KINDS[kindOf(row)]} number ${row}`,
    genres: [KINDS[kindOf(row)]],
    year: 1950 + (row % 50),
  }))
  const users = Array.from({ length: size.users }, (_, user) => {
    const ofKind = Uint32Array.from({ length: known }, (_, row) => row).filter(
      (row) => kindOf(row) === user % KINDS.length,
    )
    const chosen = [...random.shuffleInto(ofKind).slice(0, 7), random.integer(known)]
    return [...new Set(chosen)].sort((a, b) => a - b)
  })
  const positives = positivesOf(users, count)
  return { items, kindOf, users, positives, rows: cosineRows(users, count) }
}

function cosineRows(users: readonly (readonly number[])[], count: number): PairRows {
  const both = Array.from({ length: count }, () => new Array<number>(count).fill(0))
  const own = new Array<number>(count).fill(0)
  for (const rows of users) {
    for (const i of rows) {
      own[i]++
      for (const j of rows) both[i][j]++
    }
  }
  const dense = both.map((row, i) =>
    row.map((n, j) => (n === 0 ? 0 : n / Math.sqrt(own[i] * own[j]))),
  )
  const factors = own.map((n) => (n > 0 ? 1 : 0))
  return pairRows(dense, factors, factors)
}
