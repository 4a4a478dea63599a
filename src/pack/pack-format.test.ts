/** docs/pack-format.md against the writer, and against a reader written from the page alone. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { fromHalf } from '../math/float16.ts'
import { createRandom } from '../math/random.ts'
import { FLAG_COLD_START, type Manifest, type SparseBlock } from './pack.ts'
import type { SparseRows } from './pack-source.ts'
import { memoryFolder, sampleSparse } from './sample-source.test-data.ts'
import { decodeSparse, encodeSparse } from './sparse-block.ts'
import { writePack } from './write-pack.ts'

const page = readFileSync('docs/pack-format.md', 'utf8')
const plainBlend = { cf: 0.5, tower: 0, content: 0.5, sequence: 0, popularity: 0 }
const folder = memoryFolder()
let manifest: Manifest
beforeAll(async () => {
  manifest = await writePack(
    {
      name: 'One',
      licence: 'CC0-1.0',
      attribution: '',
      provenance: { generator: 'example', interactions: 0, users: 0, notes: [] },
      items: [{ id: 'a', title: 'A' }],
      fusion: {
        source: 'default',
        buckets: Array.from({ length: 7 }, () => ({ ...plainBlend, attributes: 0 })),
      },
      attributes: {
        values: [],
        indptr: Uint32Array.of(0, 0),
        indices: new Uint16Array(0),
      },
      popularity: Float32Array.of(0),
      flags: Uint8Array.of(FLAG_COLD_START),
      firstItems: [0],
    },
    folder.sink,
  )
})

const textOf = (name: string) => new TextDecoder().decode(folder.files.get(name))
const sha256 = (bytes: string | Uint8Array) =>
  createHash('sha256').update(bytes).digest('hex')

test('the page shows every byte of the blocks of the smallest pack', () => {
  for (const { name, sizeBytes } of Object.values(manifest.blocks)) {
    const dump = page.slice(page.indexOf(`\`${name}\`, ${sizeBytes} bytes`))
    const shown = [...dump.matchAll(/^ {4}[0-9a-f]0 {2}((?:[0-9a-f]{2} )+)/gm)]
    const hex = shown.map(([, bytes]) => bytes!.replaceAll(' ', '')).join('')
    const written = Buffer.from(folder.files.get(name)!).toString('hex')
    expect(hex.slice(0, written.length)).toBe(written)
  }
})

test('the page shows its records, file entries and fingerprint', () => {
  for (const file of [manifest.first, ...manifest.shards]) {
    expect(page).toContain(`    ${textOf(file.name)}\n`)
    expect(page).toContain(`\`${file.name}\`, ${file.sizeBytes} bytes`)
  }
  const files = [...Object.values(manifest.blocks), manifest.first, ...manifest.shards]
  for (const file of files)
    for (const value of Object.values(file)) {
      expect(page).toContain(JSON.stringify(value))
    }
  expect(page).toContain(JSON.stringify(manifest.fingerprint))
})

test('the fingerprint is what the page’s rule gives of the written manifest', () => {
  const written = JSON.parse(textOf('manifest.json'))
  const text = JSON.stringify({ ...written, fingerprint: '' })
  expect(sha256(text)).toBe(written.fingerprint)
})

test('a matrix of plain rows is read as the page describes', () => {
  const bytes = encodeSparse('sequence', sampleSparse('sequence'))
  const block = decodeSparse(bytes, { file: '', block: 'sequence', rows: 5 })
  expectClose(readPlainRows(bytes), matrixOf(block))
})

test.each([
  ['pairs', {}],
  ['pairs in an order, with a low-rank term', { isOrdered: true, dim: 3 }],
])('a matrix of %s is read as the page describes', (_, options) => {
  const bytes = encodeSparse('cf', pairSource(options))
  const block = decodeSparse(bytes, { file: '', block: 'cf', rows: ITEMS })
  expectClose(readPairs(bytes), matrixOf(block))
})

const ITEMS = 40

/** A random symmetric kernel between random factors. */
function pairSource(options: { isOrdered?: boolean; dim?: number }): SparseRows {
  const random = createRandom(5)
  const factors = () => Float32Array.from({ length: ITEMS }, () => 0.1 + random.next())
  const [rowFactors, columnFactors] = [factors(), factors()]
  const strengths = Array.from({ length: ITEMS }, () => new Float32Array(ITEMS))
  for (let i = 0; i < ITEMS; i++) {
    for (let j = 0; j < i; j++) {
      if (random.next() < 0.25) strengths[i][j] = strengths[j][i] = random.next() + 0.01
    }
  }
  const entries = strengths.map((list, i) =>
    [...list.entries()]
      .filter(([, strength]) => strength > 0)
      .map(
        ([j, strength]) => [j, rowFactors[i] * strength * columnFactors[j]] as const,
      ),
  )
  const ends = entries.map((_, i) => entries.slice(0, i + 1).flat().length)
  const { isOrdered, dim } = options
  const order = random.shuffleInto(Uint32Array.from({ length: ITEMS }, (_, i) => i))
  return {
    kind: 'item-item',
    rows: ITEMS,
    columns: ITEMS,
    indptr: Uint32Array.of(0, ...ends),
    indices: Uint32Array.from(entries.flat(), ([j]) => j),
    values: Float32Array.from(entries.flat(), ([, value]) => value),
    pairs: {
      rowFactors,
      columnFactors,
      ...(isOrdered ? { order } : {}),
      ...(dim
        ? {
            latent: {
              dim,
              vectors: Float32Array.from({ length: ITEMS * dim }, random.normal),
            },
          }
        : {}),
    },
  }
}

/** value(i, j) of a block that was read by the reader of this folder. */
function matrixOf(block: SparseBlock): number[][] {
  const { rows, columns, indptr, indices, codes, levels, scales, targets } = block
  const matrix = zeros(rows, columns)
  for (let i = 0; i < rows; i++) {
    for (let e = indptr[i]; e < indptr[i + 1]; e++) {
      matrix[i][indices[e]] =
        levels[codes[e]] * scales[i] * (targets?.[indices[e]] ?? 1)
    }
  }
  const { given, taken } = block.latent ?? {}
  for (let i = 0; given && taken && i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      if (i === j) continue
      for (let d = 0; d < given.dim; d++) {
        const a = given.codes[i * given.dim + d] * given.scales[i]
        matrix[i][j] += a * taken.codes[j * given.dim + d] * taken.scales[j]
      }
    }
  }
  return matrix
}

// A second reader, from the page alone and without checks.

const zeros = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => new Array<number>(columns).fill(0))

function sectionsOf(bytes: Uint8Array): DataView[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return Array.from({ length: view.getUint32(12, true) }, (_, i) => {
    const offset = view.getUint32(16 + i * 8, true)
    const length = view.getUint32(20 + i * 8, true)
    return new DataView(bytes.buffer, bytes.byteOffset + offset, length)
  })
}

const float32s = (view: DataView) =>
  Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(i * 4, true))

function halves(view: DataView): number[] {
  const unit = view.getFloat32(0, true)
  return Array.from(
    { length: (view.byteLength - 4) / 2 },
    (_, i) => unit * fromHalf(view.getUint16(4 + i * 2, true)),
  )
}

function logBytes(view: DataView): number[] {
  const [low, step] = [view.getFloat32(0, true), view.getFloat32(4, true)]
  return Array.from({ length: view.byteLength - 8 }, (_, i) => {
    const byte = view.getUint8(8 + i)
    return byte === 0 ? 0 : Math.exp(low + step * (byte - 1))
  })
}

const nibble = (view: DataView, i: number) =>
  (view.getUint8(i >> 1) >> ((i & 1) * 4)) & 15

function bitsOf(view: DataView) {
  let at = 0
  return (count: number) => {
    let value = 0
    for (let bit = 0; bit < count; bit++, at++) {
      value += ((view.getUint8(at >> 3) >> (at & 7)) & 1) * 2 ** bit
    }
    return value
  }
}

function readPlainRows(bytes: Uint8Array): number[][] {
  const sections = sectionsOf(bytes)
  const columns = sections[0].getUint32(4, true)
  const lengthBytes = sections[0].getUint32(12, true)
  const [levels, scales] = [float32s(sections[1]), halves(sections[2])]
  const matrix = zeros(scales.length, columns)
  const bits = bitsOf(sections[6])
  let entry = 0
  for (let i = 0; i < scales.length; i++) {
    const length =
      lengthBytes === 1 ? sections[3].getUint8(i) : sections[3].getUint16(i * 2, true)
    const k = nibble(sections[4], i)
    let column = -1
    for (let n = 0; n < length; n++) {
      let gap = 0
      while (bits(1) === 0) gap += 2 ** k
      column += 1 + gap + bits(k)
      matrix[i][column] = levels[nibble(sections[5], entry++)] * scales[i]
    }
  }
  return matrix
}

/** Reads the next symbol of a context. */
function symbolsOf(tables: DataView, stream: DataView): (context: number) => number {
  const frequencies: number[][] = []
  for (let at = 0; at < tables.byteLength; ) {
    const count = tables.getUint8(at++)
    frequencies.push(
      Array.from({ length: count }, () => {
        const low = tables.getUint8(at++)
        return low < 128 ? low : (low & 127) + tables.getUint8(at++) * 128
      }),
    )
  }
  expect(frequencies).toHaveLength(45)
  let state = stream.getUint32(0, true)
  let next = 4
  return (context) => {
    const slot = state % 4096
    let [symbol, start] = [0, 0]
    while (slot >= start + frequencies[context][symbol]) {
      start += frequencies[context][symbol++]
    }
    state = frequencies[context][symbol] * Math.floor(state / 4096) + slot - start
    if (state < 2 ** 15) {
      state = state * 2 ** 16 + stream.getUint16(next, true)
      next += 2
    }
    return symbol
  }
}

/** Every pair of positions, with its code. */
function pairsOf(sections: readonly DataView[], rows: number) {
  const symbol = symbolsOf(sections[5], sections[6])
  const bits = bitsOf(sections[7])
  const number = (context: number) => {
    const k = symbol(context)
    return { k, value: 2 ** k - 1 + bits(k) }
  }
  const pairs: [number, number, number][] = []
  for (let p = 0; p < rows; p++) {
    let [previous, l, c] = [p, 1, 0]
    for (let left = number(0).value; left > 0; left--) {
      const e = Math.min(
        11,
        Math.floor(Math.log2(Math.floor((rows - 1 - previous) / left))),
      )
      const { k, value } = number(9 + 3 * e + l)
      l = 1 + Math.sign(k - e)
      previous += value + 1
      c = symbol(1 + Math.floor(c / 2))
      pairs.push([p, previous, c])
    }
  }
  return pairs
}

function readPairs(bytes: Uint8Array): number[][] {
  const sections = sectionsOf(bytes)
  const [, count, d, b] = Array.from({ length: 4 }, (_, i) =>
    sections[0].getUint32(i * 4, true),
  )
  const [levels, a, t] = [
    float32s(sections[1]),
    logBytes(sections[2]),
    logBytes(sections[3]),
  ]
  const position = bitsOf(sections[4])
  const itemAt = a.map((_, p) => (b === 0 ? p : position(b)))
  const matrix = zeros(a.length, a.length)
  const pairs = pairsOf(sections, a.length)
  expect(pairs).toHaveLength(count)
  for (const [p, q, code] of pairs) {
    const [i, j] = [itemAt[p], itemAt[q]]
    matrix[i][j] = a[i] * t[j] * levels[code]
    matrix[j][i] = a[j] * t[i] * levels[code]
  }
  if (d === 0) return matrix
  const s = logBytes(sections[9])
  const v = (i: number, dim: number) => (nibble(sections[8], i * d + dim) << 28) >> 28
  return matrix.map((row, i) =>
    row.map((value, j) => {
      let product = 0
      for (let dim = 0; dim < d; dim++) product += v(i, dim) * v(j, dim)
      return i === j ? value : value + a[i] * t[j] * s[i] * s[j] * product
    }),
  )
}

function expectClose(got: number[][], wanted: number[][]) {
  const values = wanted.flat()
  expect(values.some((value) => value > 0)).toBe(true)
  got.flat().forEach((value, at) => {
    expect(value).toBeCloseTo(values[at], 4)
  })
}
