/**
 * The content model: text vectors [items, encoder dim] → the pack's content space
 * [items, dim], by PCA.
 *
 *   y = unit((x − mean) · P), P = the first eigenvectors of the covariance
 *
 * The mean is drawn towards 0 for small catalogues (mean · n / (n + meanPrior)), so that
 * one item, or a few alike, still have a direction. Items without text (zero vectors)
 * count in nothing and stay zero.
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { assertLength } from '../../../errors.ts'
import { normaliseInto } from '../../../math/vectors.ts'
import { decodeContent, encodeContent } from '../../../pack/content-block.ts'
import { type Model, resolveSettings, scoreBy } from '../model.ts'

export const contentModel = {
  defaults: { dim: 128, meanPrior: 16 } as ContentSettings,
  ranges: {
    dim: { min: 1, isWhole: true },
    meanPrior: { min: 0 },
  },
  fit,
  write: encodeContent,
  read: decodeContent,
  score: scoreBy('content'),
} satisfies Model<ContentInput, ContentSettings, ContentProjection>

interface ContentSettings {
  /** Dimensions kept, an integer of 1 or more; never more than the encoder's. */
  readonly dim: number
  /** Items with text after which the mean is trusted by half, ≥ 0. */
  readonly meanPrior: number
}

interface ContentInput {
  /** Row-major [items, encoderDim]. */
  readonly texts: Float32Array
  readonly encoderDim: number
}

export interface ContentProjection {
  readonly dim: number
  /** [rows, dim], unit rows, zero without text. */
  readonly vectors: Float32Array
  /** [encoder dim, dim]; its columns have length 1. */
  readonly projection: Float32Array
  /** [encoder dim] */
  readonly mean: Float32Array
  /** Share of the vectors' squared distance from `mean` that is kept, 0–1. */
  readonly keptVariance: number
}

/** @throws HearthError `bad-argument` if the length is not a multiple of encoderDim */
function fit(
  { texts, encoderDim }: ContentInput,
  changes?: Partial<ContentSettings>,
): ContentProjection {
  const { dim, meanPrior } = resolveSettings(contentModel, changes)
  const rows = Math.floor(texts.length / encoderDim)
  assertLength('texts', texts, rows * encoderDim)
  const written = writtenRows(texts, encoderDim)
  const mean = shrunkMean(texts, written, { encoderDim, meanPrior })
  const covariance = covarianceOf(texts, mean, written)
  const width = Math.min(dim, encoderDim)
  const { projection, kept } = leadingDirections(covariance, width)
  const total = covariance.trace()
  const result = {
    dim: width,
    projection,
    mean,
    keptVariance: total > 0 ? Math.min(1, kept / total) : 1,
  }
  return { ...result, vectors: projectTexts(texts, result) }
}

/** A space that was fitted before: what a text's vector is in it. */
export type ContentSpace = Omit<ContentProjection, 'vectors'>

/**
 * The vectors of texts in a space, fitted on them or on others.
 *
 * @param texts row-major [items, encoder dim]
 * @returns [items, dim], unit rows, zero without text
 */
export function projectTexts(
  texts: Float32Array,
  space: Pick<ContentSpace, 'dim' | 'projection' | 'mean'>,
): Float32Array {
  const encoderDim = space.mean.length
  const vectors = new Float32Array((texts.length / encoderDim) * space.dim)
  for (const row of writtenRows(texts, encoderDim)) {
    const text = texts.subarray(row * encoderDim, (row + 1) * encoderDim)
    vectors.set(projectText(text, space), row * space.dim)
  }
  return vectors
}

/** y = unit((x − mean) · P) of one text vector, [dim]. */
function projectText(
  text: Float32Array,
  { dim, projection, mean }: Pick<ContentProjection, 'dim' | 'projection' | 'mean'>,
): Float32Array {
  const out = new Float32Array(dim)
  for (let i = 0; i < text.length; i++) {
    const x = text[i] - mean[i]
    for (let d = 0; d < dim; d++) out[d] += x * projection[i * dim + d]
  }
  return normaliseInto(out)
}

function writtenRows(texts: Float32Array, encoderDim: number): number[] {
  const rows: number[] = []
  for (let row = 0; row * encoderDim < texts.length; row++) {
    const text = texts.subarray(row * encoderDim, (row + 1) * encoderDim)
    if (text.some((x) => x !== 0)) rows.push(row)
  }
  return rows
}

function shrunkMean(
  texts: Float32Array,
  rows: readonly number[],
  { encoderDim, meanPrior }: { encoderDim: number; meanPrior: number },
) {
  const sum = new Float64Array(encoderDim)
  for (const row of rows) {
    for (let i = 0; i < encoderDim; i++) sum[i] += texts[row * encoderDim + i]
  }
  return Float32Array.from(sum, (x) => x / (rows.length + meanPrior))
}

/** Σ (x − mean)(x − mean)ᵀ over `rows`, [encoder dim, encoder dim]. */
function covarianceOf(
  texts: Float32Array,
  mean: Float32Array,
  rows: readonly number[],
) {
  const size = mean.length
  const sums = new Float64Array(size * size)
  const x = new Float64Array(size)
  for (const row of rows) {
    for (let i = 0; i < size; i++) x[i] = texts[row * size + i] - mean[i]
    for (let i = 0; i < size; i++) {
      const base = i * size
      for (let j = 0; j <= i; j++) sums[base + j] += x[i] * x[j]
    }
  }
  return Matrix.from1DArray(
    size,
    size,
    sums.map((_, at) => {
      const [i, j] = [Math.floor(at / size), at % size]
      return sums[Math.max(i, j) * size + Math.min(i, j)]
    }),
  )
}

/** The eigenvectors of the largest eigenvalues, each with its largest entry positive. */
function leadingDirections(covariance: Matrix, dim: number) {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    covariance,
    {
      assumeSymmetric: true,
    },
  )
  const order = realEigenvalues.map((_, i) => i)
  order.sort((a, b) => realEigenvalues[b] - realEigenvalues[a] || a - b)
  const size = covariance.rows
  const projection = new Float32Array(size * dim)
  let kept = 0
  for (let d = 0; d < dim; d++) {
    const vector = eigenvectorMatrix.getColumn(order[d])
    const sign = signOf(vector)
    for (let i = 0; i < size; i++) projection[i * dim + d] = sign * vector[i]
    kept += Math.max(0, realEigenvalues[order[d]])
  }
  return { projection, kept }
}

/** An eigenvector's sign is arbitrary: fixed, so that the same input gives the same pack. */
function signOf(vector: readonly number[]) {
  const largest = vector.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0)
  return largest < 0 ? -1 : 1
}
