/**
 * Writes a made-up catalogue with every block there is, for benches of speed: random
 * neighbours, vectors, genres and authors. What it recommends means nothing.
 *
 *   npx tsx bench/large-pack.ts <folder> [items, default 100000]
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildAttributes } from '../src/build/dataset/attributes.ts'
import { createRandom } from '../src/math/random.ts'
import type { ItemRecord } from '../src/pack/item.ts'
import type { PackSource, SparseRows } from '../src/pack/pack-source.ts'
import { writePack } from '../src/pack/write-pack.ts'
import { defaultFusion } from '../src/scoring/fusion.ts'

const folder = process.argv[2]
const count = Number(process.argv[3] ?? 100_000)
if (!folder || !(count >= 100)) {
  console.error('usage: npx tsx bench/large-pack.ts <folder> [items, 100 or more]')
  process.exit(1)
}
const TOWER = 64
const CONTENT = 128
const ENCODER = 384
const random = createRandom(1)
const normals = (length: number, spread = 1) =>
  Float32Array.from({ length }, () => spread * random.normal())

const items: ItemRecord[] = Array.from({ length: count }, (_, row) => ({
  id: `${row}`,
  title: `Item ${row}`,
  authors: [`Author ${Math.floor(count * random.next() ** 2 * 0.3)}`],
  genres: Array.from(
    { length: 3 },
    () => `genre ${Math.floor(60 * random.next() ** 2)}`,
  ),
  year: 1900 + random.integer(126),
}))
const popularity = Float32Array.from(items, (_, row) => 1 - row / count)

const source: PackSource = {
  name: `Made up, ${count} items`,
  licence: 'CC0-1.0',
  attribution: '',
  provenance: { generator: 'bench', interactions: 1, users: 1, notes: [] },
  items,
  encoder: { name: 'none', fingerprint: '0'.repeat(64), dim: ENCODER },
  fusion: defaultFusion,
  cf: kernel(20),
  sequence: follows(16),
  tower: {
    dim: TOWER,
    items: normals(count * TOWER).map((x) => Math.max(0, x)),
    bias: normals(count, 0.1),
    user: [
      {
        weights: normals((TOWER + CONTENT) * TOWER, 0.1),
        bias: new Float32Array(TOWER).fill(0.1),
      },
    ],
  },
  content: {
    dim: CONTENT,
    vectors: unitRows(normals(count * CONTENT), CONTENT),
    projection: normals(ENCODER * CONTENT, 0.05),
    mean: new Float32Array(ENCODER),
  },
  attributes: buildAttributes(items),
  popularity,
  flags: new Uint8Array(count),
  firstItems: Array.from({ length: 48 }, (_, row) => row),
}
mkdirSync(folder, { recursive: true })
await writePack(source, {
  write: async (name, bytes) => writeFileSync(join(folder, name), bytes),
})

/** A symmetric kernel of `each` pairs an item, and a low-rank term. */
function kernel(each: number): SparseRows {
  const links = Array.from({ length: count }, () => new Map<number, number>())
  for (let row = 0; row < count; row++) {
    for (let n = 0; n < each; n++) {
      const other = Math.floor(count * random.next() ** 2)
      if (other === row) continue
      const value = 0.05 + random.next()
      links[row].set(other, value)
      links[other].set(row, value)
    }
  }
  const ones = new Float32Array(count).fill(1)
  return {
    ...toRows('item-item', links),
    pairs: {
      rowFactors: ones,
      columnFactors: ones,
      latent: { dim: TOWER, vectors: normals(count * TOWER, 0.02) },
    },
  }
}

/** Directed rows of `each` entries. */
function follows(each: number): SparseRows {
  const links = Array.from({ length: count }, () => {
    const to = new Map<number, number>()
    while (to.size < each) to.set(random.integer(count), 0.05 + random.next())
    return to
  })
  return toRows('sequence', links)
}

function toRows(
  kind: SparseRows['kind'],
  links: readonly ReadonlyMap<number, number>[],
): SparseRows {
  const sorted = links.map((to) => [...to].sort(([a], [b]) => a - b))
  const indptr = new Uint32Array(count + 1)
  sorted.forEach((list, row) => {
    indptr[row + 1] = indptr[row] + list.length
  })
  const indices = new Uint32Array(indptr[count])
  const values = new Float32Array(indptr[count])
  sorted.forEach((list, row) => {
    list.forEach(([column, value], n) => {
      indices[indptr[row] + n] = column
      values[indptr[row] + n] = value
    })
  })
  return { kind, rows: count, columns: count, indptr, indices, values }
}

function unitRows(values: Float32Array, dim: number): Float32Array {
  for (let at = 0; at < values.length; at += dim) {
    const row = values.subarray(at, at + dim)
    const length = Math.hypot(...row)
    for (let d = 0; d < dim; d++) row[d] /= length
  }
  return values
}
