import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expand } from './packing.ts'

const bytesOf = (buffer: Uint8Array) => new Uint8Array(buffer)
const zeros = new Uint8Array(200_000)

describe('expand', () => {
  test('undoes deflate for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60_000 }), async (bytes) => {
        const packed = bytesOf(deflateSync(bytes))
        expect(await expand(packed, 'deflate', bytes.length)).toEqual(bytes)
      }),
      { numRuns: 20 },
    )
  })

  test('leaves what is not packed as it is', async () => {
    const bytes = Uint8Array.of(1, 2, 3)
    expect(await expand(bytes, 'none', 3)).toBe(bytes)
  })

  test('stops at a bomb', async () => {
    const bomb = bytesOf(deflateSync(new Uint8Array(50_000_000)))
    expect(await expand(bomb, 'deflate', 1_000)).toBe('it expands past 1000 bytes')
  })

  test('states what is wrong with a stream that is cut, altered or none', async () => {
    const packed = bytesOf(deflateSync(zeros))
    const broken = 'no whole deflate stream'
    expect(await expand(packed.slice(0, -10), 'deflate', 200_000)).toBe(broken)
    expect(await expand(packed.with(0, 1), 'deflate', 200_000)).toBe(broken)
    expect(await expand(Uint8Array.of(9, 9, 9), 'deflate', 3)).toBe(broken)
    expect(await expand(packed, 'deflate', 200_001)).toBe(
      'it expands to 200000 bytes, expected 200001',
    )
  })
})
