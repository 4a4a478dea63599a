import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../math/random.ts'
import { createSymbolReader, encodeSymbols } from './rans.ts'

fc.configureGlobal({ seed: 1 })

const pairsOf = fc.array(fc.tuple(fc.nat({ max: 31 }), fc.nat({ max: 3 })), {
  maxLength: 400,
})

function columns(list: readonly (readonly [number, number])[]) {
  return {
    symbols: Uint8Array.from(list, ([symbol]) => symbol),
    contexts: Uint8Array.from(list, ([, context]) => context),
  }
}

describe('the entropy coder', () => {
  test('gives back what was written, and knows the end', () => {
    fc.assert(
      fc.property(pairsOf, (list) => {
        const { symbols, contexts } = columns(list)
        const reader = createSymbolReader(encodeSymbols(symbols, contexts, 4), 4)!
        const read = Array.from(contexts, (context) => reader.read(context))
        expect(read).toEqual([...symbols])
        expect(reader.isAtEnd()).toBe(true)
      }),
    )
  })

  test('takes hardly more than the entropy', () => {
    const random = createRandom(3)
    const count = 20_000
    // P = 1/2, 1/4, 1/8, 1/8: 1.75 bits
    const symbols = Uint8Array.from({ length: count }, () =>
      Math.min(3, Math.floor(-Math.log2(1 - random.next()))),
    )
    const { stream } = encodeSymbols(symbols, new Uint8Array(count), 1)
    expect((stream.length * 8) / count).toBeGreaterThan(1.73)
    expect((stream.length * 8) / count).toBeLessThan(1.77)
  })

  test('one symbol alone costs nothing but its table', () => {
    const { tables, stream } = encodeSymbols(
      new Uint8Array(1000).fill(2),
      new Uint8Array(1000),
      1,
    )
    expect(stream).toHaveLength(4)
    // three frequencies: 0, 0, 4096 in two bytes
    expect([...tables]).toEqual([3, 0, 0, 128, 32])
  })

  test('refuses tables that are cut, too long or do not add up', () => {
    const { tables, stream } = encodeSymbols(
      Uint8Array.of(1, 2, 3),
      Uint8Array.of(0, 0, 1),
      2,
    )
    const read = (bad: Uint8Array) =>
      createSymbolReader({ tables: bad, stream }, 2) === undefined
    expect(read(tables)).toBe(false)
    for (let length = 0; length < tables.length; length++) {
      expect(read(tables.slice(0, length))).toBe(true)
    }
    expect(read(Uint8Array.of(...tables, 0))).toBe(true)
    expect(read(tables.map((byte, i) => (i === 2 ? byte ^ 1 : byte)))).toBe(true)
    expect(read(tables.map((byte, i) => (i === 0 ? 33 : byte)))).toBe(true)
  })

  test('a stream that is cut or altered ends badly or elsewhere, never in an error', () => {
    const random = createRandom(5)
    const symbols = Uint8Array.from({ length: 300 }, () => random.integer(8))
    const contexts = Uint8Array.from(symbols, (_, i) => i % 2)
    const { tables, stream } = encodeSymbols(symbols, contexts, 2)
    for (const bad of [stream.slice(0, 20), new Uint8Array(stream.length).fill(255)]) {
      const reader = createSymbolReader({ tables, stream: bad }, 2)
      const read = reader && Array.from(contexts, (context) => reader.read(context))
      expect(read?.every((symbol) => symbol < 32) ?? true).toBe(true)
      expect(reader?.isAtEnd() ?? false).toBe(false)
    }
  })
})
