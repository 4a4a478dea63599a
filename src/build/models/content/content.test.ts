import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { contentModel } from './content.ts'

const projectContent = (texts: Float32Array, encoderDim: number, dim?: number) =>
  contentModel.fit({ texts, encoderDim }, dim === undefined ? {} : { dim })

/** Points along one direction, with a little noise elsewhere. */
function line(rows: number, dim: number, direction: readonly number[]) {
  const random = createRandom(5)
  const texts = new Float32Array(rows * dim)
  for (let row = 0; row < rows; row++) {
    const along = random.normal() * 3
    for (let i = 0; i < dim; i++) {
      texts[row * dim + i] = along * direction[i] + 0.01 * random.normal() + 1
    }
  }
  return texts
}

describe('contentModel', () => {
  test('finds the direction the vectors vary along', () => {
    const direction = [0.6, 0.8, 0, 0]
    const { projection, keptVariance } = projectContent(line(400, 4, direction), 4, 1)
    const cosine = direction.reduce((sum, x, i) => sum + x * projection[i], 0)
    expect(cosine).toBeCloseTo(1, 3)
    expect(keptVariance).toBeGreaterThan(0.99)
  })

  test('its directions are orthonormal and diagonalise the covariance', () => {
    const random = createRandom(2)
    const [rows, dim] = [60, 6]
    const scales = [5, 3, 2, 1, 0.5, 0.2]
    const texts = Float32Array.from(
      { length: rows * dim },
      (_, at) => scales[at % dim] * random.normal(),
    )
    const { projection: p, mean, dim: width } = projectContent(texts, dim)
    expect(width).toBe(dim)
    const column = (d: number) => Array.from({ length: dim }, (_, i) => p[i * dim + d])
    const along = (row: number, d: number) =>
      column(d).reduce((sum, w, i) => sum + w * (texts[row * dim + i] - mean[i]), 0)
    for (let d = 0; d < dim; d++) {
      for (let e = 0; e <= d; e++) {
        const product = column(d).reduce((sum, w, i) => sum + w * column(e)[i], 0)
        expect(product).toBeCloseTo(d === e ? 1 : 0, 5)
        let covariance = 0
        for (let row = 0; row < rows; row++) covariance += along(row, d) * along(row, e)
        if (d !== e) expect(Math.abs(covariance)).toBeLessThan(0.01)
      }
    }
  })

  test('gives unit rows, and zero rows to items without text', () => {
    const texts = line(50, 4, [1, 0, 0, 0])
    texts.fill(0, 8, 12)
    const { vectors, dim } = projectContent(texts, 4, 2)
    const lengths = Array.from({ length: 50 }, (_, row) =>
      Math.hypot(...vectors.subarray(row * dim, (row + 1) * dim)),
    )
    expect(lengths[2]).toBe(0)
    lengths.splice(2, 1)
    for (const length of lengths) expect(length).toBeCloseTo(1, 5)
  })

  test('keeps neighbours near: full width keeps every cosine about the mean', () => {
    const texts = line(30, 5, [0, 1, 0, 0, 0])
    const { vectors, mean } = projectContent(texts, 5)
    const centred = (row: number) => Array.from(mean, (m, i) => texts[row * 5 + i] - m)
    const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0)
    const [a, b] = [centred(3), centred(17)]
    const expected = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
    expect(dot(vectors.subarray(15, 20), vectors.subarray(85, 90))).toBeCloseTo(
      expected,
      4,
    )
  })

  test('still gives one item a direction', () => {
    const { vectors, keptVariance } = projectContent(Float32Array.of(0.6, 0.8), 2)
    expect(Math.hypot(...vectors)).toBeCloseTo(1, 5)
    expect(keptVariance).toBeCloseTo(1, 5)
  })

  test('of nothing but empty texts is zero', () => {
    const { vectors } = projectContent(new Float32Array(6), 3)
    expect(vectors.every((x) => x === 0)).toBe(true)
  })

  test('names a wrong length', () => {
    expect(() => projectContent(new Float32Array(5), 3)).toThrow(
      'wrong length for texts',
    )
  })
})
