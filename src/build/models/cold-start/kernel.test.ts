import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import {
  emptyLikeness,
  itemFeatures,
  type KernelSettings,
  kernelInto,
  likenessInto,
} from './kernel.ts'

const settings: KernelSettings = {
  vectors: 1,
  words: 1,
  names: 2,
  genres: 0.5,
  yearScale: 10,
}

function kernelOf(features: ReturnType<typeof itemFeatures>, how = settings) {
  const n = features.items
  const all = Uint32Array.from({ length: n }, (_, row) => row)
  const out = new Float64Array(n * n)
  const likeness = emptyLikeness(n)
  for (let row = 0; row < n; row++) {
    likenessInto(features, row, { others: all, out: likeness })
    kernelInto(likeness, how, { picks: all, out, at: row * n })
  }
  return out
}

describe('the kernel of items', () => {
  test('by hand: one genre of two shared, ten years apart, nothing else known', () => {
    const items = [
      { id: 'a', title: '', genres: ['sea', 'war'], year: 1960 },
      { id: 'b', title: '', genres: ['sea', 'love'], year: 1970 },
      { id: 'c', title: '', genres: [], year: 1960 },
      { id: 'd', title: '', genres: [], year: 1960 },
    ]
    // two genres an item with genres, one a mean item; sea is held by two of four items
    const [sea, own] = [Math.log(2), Math.log(4)]
    const cosine = (sea * sea) / (sea * sea + own * own)
    const kind = 1 + Math.exp(-2 / 1) + 0.5 * cosine
    expect(kernelOf(itemFeatures(items, []))[1]).toBeCloseTo(
      kind * (1 + Math.exp(-1)),
      5,
    )
  })

  test('an item is as like itself as every part allows', () => {
    const items = [
      { id: 'a', title: 'The white whale', authors: ['H. Melville'], genres: ['sea'] },
      { id: 'b', title: 'The white whale', authors: ['H. Melville'], genres: ['sea'] },
      { id: 'c', title: 'A moor' },
    ]
    const vectors = Float32Array.of(1, 0, 1, 0, 0, 1)
    const kernel = kernelOf(itemFeatures(items, [{ dim: 2, vectors }]))
    // 1 + a vector + two of words + 2 · names, by 2 + ½ genres, by the same unknown year
    expect(kernel[1]).toBeCloseTo((1 + 1 + 2 + 2) * 2.5 * 2, 4)
    expect(kernel[1]).toBeCloseTo(kernel[0], 6)
    expect(kernel[2]).toBeLessThan(kernel[1] / 2)
  })

  test('a known and an unknown year are not similar', () => {
    const items = [
      { id: 'a', title: '', year: 1960 },
      { id: 'b', title: '' },
      { id: 'c', title: '' },
    ]
    const kernel = kernelOf(itemFeatures(items, []))
    expect(kernel[1]).toBeCloseTo(2, 6)
    expect(kernel[5]).toBeCloseTo(4, 6)
  })

  test('is symmetric and positive definite, whatever is missing', () => {
    const random = createRandom(4)
    const pick = (words: string[]) => words.filter(() => random.next() < 0.4)
    const items = Array.from({ length: 30 }, (_, row) => ({
      id: `${row}`,
      title: pick(['sea', 'moor', 'fog', 'the', 'whale']).join(' '),
      genres: pick(['a', 'b', 'c', 'd']),
      authors: pick(['x y', 'z']),
      ...(random.next() < 0.8 ? { year: 1900 + random.integer(100) } : {}),
    }))
    const vectors = Float32Array.from({ length: 30 * 3 }, (_, e) =>
      e < 12 ? 0 : random.normal(),
    )
    const kernel = kernelOf(itemFeatures(items, [{ dim: 3, vectors }]))
    for (let trial = 0; trial < 50; trial++) {
      const x = Array.from({ length: 30 }, () => random.normal())
      let form = 0
      for (let i = 0; i < 30; i++) {
        for (let j = 0; j < 30; j++) {
          form += x[i] * x[j] * kernel[i * 30 + j]
          expect(kernel[i * 30 + j]).toBeCloseTo(kernel[j * 30 + i], 4)
        }
      }
      expect(form).toBeGreaterThan(0)
    }
  })

  test('takes the picked items only, and writes at the place given', () => {
    const items = [
      { id: 'a', title: '' },
      { id: 'b', title: '', year: 3 },
    ]
    const likeness = emptyLikeness(2)
    const others = Uint32Array.of(0, 1)
    likenessInto(itemFeatures(items, []), 1, { others, out: likeness })
    const out = new Float64Array(3)
    kernelInto(likeness, settings, { picks: Uint32Array.of(1), out, at: 1 })
    expect([...out]).toEqual([0, 4, 0])
  })
})
