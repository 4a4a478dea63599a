/** A pack of two tastes on disk, with every block the lists need, for tests in Node. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PackSource } from '../pack/pack-source.ts'
import { sampleSource } from '../pack/sample-source.test-data.ts'
import { writePack } from '../pack/write-pack.ts'

const ITEMS = 30
const DIM = 4
/** Of the sample's encoder. */
export const ENCODER_DIM = 6
export const FINGERPRINT = 'f'.repeat(64)

const each = <T>(make: (index: number) => T) =>
  Array.from({ length: ITEMS }, (_, i) => make(i))
const sideOf = (index: number) => index % 2
/** [items, DIM], unit rows: one axis for each taste, tilted a little by item. */
const vectors = Float32Array.from(
  each((index) => {
    const tilt = (index % 7) / 20
    const along = Math.sqrt(1 - tilt * tilt)
    return sideOf(index) === 0 ? [along, 0, tilt, 0] : [0, along, 0, tilt]
  }).flat(),
)

/** Stories of the sea (even) and of space (odd); the first is `dune`. */
function tastesSource(): PackSource {
  const neighbours = each((from) =>
    each((to) => to).filter((to) => to !== from && sideOf(to) === sideOf(from)),
  )
  const identity = new Float32Array(2 * DIM * DIM)
  for (let d = 0; d < DIM; d++) identity[d * DIM + d] = 1
  return sampleSource({
    items: each((index) => ({
      id: index === 0 ? 'dune' : `item-${index}`,
      title: sideOf(index) === 0 ? `The sea ${index}` : `Into space ${index}`,
      authors: [`Author ${index % 5}`],
      ...(index % 3 === 0 ? { url: `https://shop.example/${index}` } : {}),
    })),
    cf: {
      ...{ kind: 'item-item', rows: ITEMS, columns: ITEMS },
      indptr: Uint32Array.from([
        0,
        ...neighbours.map((_, i) => (i + 1) * neighbours[0]!.length),
      ]),
      indices: Uint32Array.from(neighbours.flat()),
      values: Float32Array.from(neighbours.flat().map((to) => 1 / (1 + (to % 9)))),
    },
    tower: {
      ...{ dim: DIM, items: vectors, bias: new Float32Array(ITEMS) },
      user: [{ weights: identity, bias: new Float32Array(DIM) }],
    },
    content: {
      ...{ dim: DIM, vectors },
      projection: Float32Array.from({ length: ENCODER_DIM * DIM }, (_, i) =>
        Math.floor(i / DIM) === i % DIM ? 1 : 0,
      ),
      mean: new Float32Array(ENCODER_DIM),
    },
    attributes: {
      values: [
        { name: 'sea stories', relation: 'genre' },
        { name: 'science fiction', relation: 'genre' },
      ],
      indptr: Uint32Array.from({ length: ITEMS + 1 }, (_, i) => i),
      indices: Uint16Array.from(each(sideOf)),
    },
    popularity: Float32Array.from(each((index) => 1 - index / ITEMS)),
    flags: new Uint8Array(ITEMS),
    firstItems: [0, 1, 2, 3],
    ratings: {
      ...{ low: 1, high: 5, mean: 3.5 },
      bias: Float32Array.from(each((index) => (index % 5) / 10)),
      variances: { visitor: 0.2, tower: 0.1, content: 0.1, facts: 0.4, idf: 1.6 },
    },
  })
}

/** @param more fields in place of the sample’s own. @returns its path */
export async function writeSamplePack(more: Partial<PackSource> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-pack-'))
  const { sequence: _, ...source } = tastesSource()
  await writePack(
    { ...source, ...more },
    {
      write: (name, bytes) => writeFile(join(folder, name), bytes),
    },
  )
  return folder
}
