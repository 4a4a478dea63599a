import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeRice, encodeRice } from './rice.ts'

fc.configureGlobal({ seed: 1 })

const COLUMNS = 3000
const rows = fc.array(
  fc
    .uniqueArray(fc.nat({ max: COLUMNS - 1 }), { maxLength: 20 })
    .map((row) => row.sort((a, b) => a - b)),
  { maxLength: 8 },
)

function toCsr(lists: readonly (readonly number[])[]) {
  const indptr = new Uint32Array(lists.length + 1)
  lists.forEach((list, row) => {
    indptr[row + 1] = indptr[row] + list.length
  })
  return { indptr, indices: Uint32Array.from(lists.flat()) }
}

describe('rice', () => {
  test('writes the bits worked by hand', () => {
    // Row (2, 3): gaps 2 and 0. With k = 0 they are 001 and 1: from the low bit, 0b1100.
    const { parameters, stream } = encodeRice(toCsr([[2, 3]]))
    expect([...parameters]).toEqual([0])
    expect([...stream]).toEqual([0b1100])
  })

  test('gives back what went in', () => {
    fc.assert(
      fc.property(rows, (lists) => {
        const csr = toCsr(lists)
        const { parameters, stream } = encodeRice(csr)
        const layout = { parameters, indptr: csr.indptr, columns: COLUMNS }
        expect(decodeRice(stream, layout)).toEqual(csr.indices)
      }),
      { numRuns: 300 },
    )
  })

  test('carries gaps longer than a window of zeros', () => {
    // The second gap of 900,000 with the first row's many small ones: k stays low.
    const list = [...Array.from({ length: 200 }, (_, i) => i), 900]
    const csr = toCsr([list])
    const { parameters, stream } = encodeRice(csr)
    expect(parameters[0]).toBeLessThan(4)
    const layout = { parameters, indptr: csr.indptr, columns: 901 }
    expect(decodeRice(stream, layout)).toEqual(csr.indices)
  })

  test('comes near the entropy of random rows', () => {
    // 64 of 10,000 columns: log2 C(10000, 64) / 64 = 8.7 bits an entry.
    const list = Array.from({ length: 64 }, (_, i) => (i * 7919) % 10_000)
    const { stream } = encodeRice(toCsr([list.sort((a, b) => a - b)]))
    expect((stream.length * 8) / 64).toBeLessThan(9.5)
  })

  test('never gives an index out of range or order, whatever the bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 40 })
    const lengths = fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(
        bytes,
        lengths,
        fc.uint8Array({ minLength: 6, maxLength: 6 }),
        (...args) => {
          const [stream, sizes, ks] = args
          const { indptr } = toCsr(
            sizes.map((length) => new Array<number>(length).fill(0)),
          )
          const parameters = ks.slice(0, sizes.length).map((k) => k & 15)
          const indices = decodeRice(stream, { parameters, indptr, columns: 50 })
          for (let row = 0; indices && row < sizes.length; row++) {
            const list = [...indices.subarray(indptr[row], indptr[row + 1])]
            expect(
              list.every((index, i) => index < 50 && !(index <= list[i - 1])),
            ).toBe(true)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('refuses a stream that is too short or too long', () => {
    const csr = toCsr([[5, 90, 400]])
    const { parameters, stream } = encodeRice(csr)
    const layout = { parameters, indptr: csr.indptr, columns: 500 }
    expect(decodeRice(stream.subarray(0, -1), layout)).toBeUndefined()
    expect(decodeRice(Uint8Array.of(...stream, 0), layout)).toBeUndefined()
    expect(decodeRice(stream, { ...layout, columns: 400 })).toBeUndefined()
  })
})
