import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../math/random.ts'
import type { PairForm, SparseRows } from '../pack-source.ts'
import { decodeSparse, encodeSparse } from '../sparse-block.ts'
import { quantisePairs } from './pair-block.ts'

fc.configureGlobal({ seed: 1 })

const ROWS = 24
const expected = { file: 'cf.bin', block: 'cf' as const, rows: ROWS }
type PairRows = SparseRows & { readonly pairs: PairForm }

/** A random symmetric kernel between factors. */
function kernel(
  seed: number,
  options: { order?: boolean; dim?: number } = {},
): PairRows {
  const random = createRandom(seed)
  const factors = () => Float32Array.from({ length: ROWS }, () => 0.1 + random.next())
  const [rowFactors, columnFactors] = [factors(), factors()]
  const strengths = Array.from({ length: ROWS }, () => new Float32Array(ROWS))
  for (let i = 0; i < ROWS; i++) {
    for (let j = 0; j < i; j++) {
      if (random.next() < 0.7) continue
      strengths[i][j] = strengths[j][i] = 0.01 + random.next() ** 3
    }
  }
  const indptr = new Uint32Array(ROWS + 1)
  const [indices, values]: [number[], number[]] = [[], []]
  strengths.forEach((list, i) => {
    list.forEach((strength, j) => {
      if (strength === 0) return
      indices.push(j)
      values.push(rowFactors[i] * strength * columnFactors[j])
    })
    indptr[i + 1] = indices.length
  })
  const { dim } = options
  const vectors = Float32Array.from({ length: ROWS * (dim ?? 0) }, () =>
    random.normal(),
  )
  return {
    kind: 'item-item',
    rows: ROWS,
    columns: ROWS,
    indptr,
    indices: Uint32Array.from(indices),
    values: Float32Array.from(values),
    pairs: {
      rowFactors,
      columnFactors,
      ...(options.order
        ? { order: random.shuffleInto(Uint32Array.from({ length: ROWS }, (_, i) => i)) }
        : {}),
      ...(dim ? { latent: { dim, vectors } } : {}),
    },
  }
}

describe.each([
  ['', {}],
  ['with an order', { order: true }],
  ['with a low-rank term', { dim: 5 }],
  ['with both', { order: true, dim: 4 }],
])('a pair block %s', (_, options) => {
  test('gives back the same entries, each within a level of its value', () => {
    for (const seed of [1, 2, 3]) {
      const source = kernel(seed, options)
      const read = decodeSparse(encodeSparse('cf', source), expected)
      expect(read.indptr).toEqual(source.indptr)
      expect(read.indices).toEqual(source.indices)
      const { indptr, indices, codes, levels, scales, targets } = read
      for (let row = 0; row < ROWS; row++) {
        for (let e = indptr[row]; e < indptr[row + 1]; e++) {
          const value = levels[codes[e]] * scales[row] * targets![indices[e]]
          const { rowFactors, columnFactors } = source.pairs
          const size = rowFactors[row] * columnFactors[indices[e]]
          // levels are at most 2/15 apart in the power 0.6, the strengths at most 1
          const off = Math.abs((value / size) ** 0.6 - (source.values[e] / size) ** 0.6)
          expect(off).toBeLessThan(0.1)
        }
      }
    }
  })

  test('is the same bytes every time', () => {
    const source = kernel(4, options)
    expect(encodeSparse('cf', source)).toEqual(encodeSparse('cf', source))
  })

  test('is refused at every shorter length', () => {
    const bytes = encodeSparse('cf', kernel(1, options))
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSparse(bytes.slice(0, length), expected)).toThrow(
        expect.objectContaining({ code: 'bad-pack' }),
      )
    }
  })

  test('damaged, is refused or sound', () => {
    const bytes = encodeSparse('cf', kernel(1, options))
    const change = fc.tuple(fc.nat({ max: 4000 }), fc.nat({ max: 255 }))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const damaged = bytes.slice()
        for (const [at, value] of changes) damaged[at % damaged.length] = value
        let read: ReturnType<typeof decodeSparse> | undefined
        try {
          read = decodeSparse(damaged, expected)
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-pack' })
        }
        if (!read) return
        expect(read.indptr[ROWS]).toBe(read.indices.length)
        expect(read.indices.every((column) => column < ROWS)).toBe(true)
        const { given, taken } = read.latent ?? {}
        const numbers = [read.scales, read.targets, given?.scales, taken?.scales]
        for (const list of numbers)
          expect(list?.every(Number.isFinite) ?? true).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

test('the low-rank term keeps its products beside the pairs', () => {
  const dim = 8
  const source = kernel(7, { dim })
  const { latent } = decodeSparse(encodeSparse('cf', source), expected)
  const { rowFactors, columnFactors, latent: written } = source.pairs
  const { vectors } = written!
  let [error, size] = [0, 0]
  for (let i = 0; i < ROWS; i++) {
    for (let j = 0; j < ROWS; j++) {
      let [was, is] = [0, 0]
      for (let d = 0; d < dim; d++) {
        was += vectors[i * dim + d] * vectors[j * dim + d]
        is += latent!.given.codes[i * dim + d] * latent!.taken.codes[j * dim + d]
      }
      was *= rowFactors[i] * columnFactors[j]
      is *= latent!.given.scales[i] * latent!.taken.scales[j]
      error += (is - was) ** 2
      size += was ** 2
    }
  }
  expect(Math.sqrt(error / size)).toBeLessThan(0.15)
})

test('a kernel without pairs, and one of a single row, can be written', () => {
  const empty = {
    ...kernel(1),
    indptr: new Uint32Array(ROWS + 1),
    indices: new Uint32Array(0),
    values: new Float32Array(0),
  }
  expect(decodeSparse(encodeSparse('cf', empty), expected).indices).toHaveLength(0)
  const single = {
    ...empty,
    rows: 1,
    columns: 1,
    indptr: new Uint32Array(2),
    pairs: {
      rowFactors: Float32Array.of(1),
      columnFactors: Float32Array.of(0),
      order: Uint32Array.of(0),
    },
  }
  const read = decodeSparse(encodeSparse('cf', single), { ...expected, rows: 1 })
  expect([...read.targets!]).toEqual([0])
})

describe('refuses to write', () => {
  const source = kernel(1)
  const refused = (change: Partial<SparseRows>) =>
    expect(() => encodeSparse('cf', { ...source, ...change })).toThrow(
      expect.objectContaining({ code: 'bad-argument' }),
    )

  test('values that differ between the two directions', () => {
    const values = source.values.slice()
    values[0] *= 1.5
    refused({ values })
  })

  test('an entry without its mirror', () => {
    const last = source.indices.length - 1
    const indptr = source.indptr.slice()
    indptr[ROWS] = last
    refused({
      indptr,
      indices: source.indices.slice(0, last),
      values: source.values.slice(0, last),
    })
  })

  test('a value of 0 or below, and a factor of 0 under a value', () => {
    refused({ values: source.values.map((value, e) => (e === 0 ? -value : value)) })
    const rowFactors = source.pairs.rowFactors.map((a, row) => (row === 0 ? 0 : a))
    refused({ pairs: { ...source.pairs, rowFactors } })
  })

  test('an order that is none, and factors or vectors of a wrong length', () => {
    refused({ pairs: { ...source.pairs, order: new Uint32Array(ROWS) } })
    refused({ pairs: { ...source.pairs, columnFactors: new Float32Array(2) } })
    refused({
      pairs: { ...source.pairs, latent: { dim: 2, vectors: new Float32Array(3) } },
    })
  })
})

test('levels rise, the largest is 1, and each is the mean of what has it', () => {
  const random = createRandom(1)
  const strengths = Float32Array.from({ length: 5000 }, () => random.next() ** 3 + 1e-4)
  const { levels, unit, codes } = quantisePairs(strengths)
  for (let code = 1; code < 16; code++) {
    expect(levels[code]).toBeGreaterThan(levels[code - 1])
    const mine = strengths.filter((_, e) => codes[e] === code)
    const mean = mine.reduce((a, b) => a + b, 0) / mine.length
    expect(levels[code] * unit).toBeCloseTo(mean, 5)
  }
  expect(levels[15]).toBe(1)
})

test('a stronger pair never has a lower code', () => {
  const strengths = Float32Array.from({ length: 400 }, (_, e) => (e + 1) / 400)
  const { codes } = quantisePairs(strengths)
  expect([...codes]).toEqual([...codes].sort((a, b) => a - b))
})

test('no pairs, one pair and equal pairs are fine', () => {
  expect(quantisePairs(new Float32Array(0))).toEqual({
    levels: new Float32Array(16),
    unit: 1,
    codes: new Uint8Array(0),
  })
  for (const count of [1, 3]) {
    const { levels, unit, codes } = quantisePairs(new Float32Array(count).fill(0.25))
    codes.forEach((code) => {
      expect(levels[code] * unit).toBe(0.25)
    })
  }
})
