/**
 * How alike two items are by what is written of them: the kernel by which a new item
 * borrows from known ones.
 *
 *   K(i, j) = (1 + v·vectors + w·words + n·names) · (1 + mix + g·genres) · (1 + years)
 *
 *   vectors  sum of the cosines of text vectors: of the whole text, of the title alone
 *   words    the same of tf-idf; names: of the makers' names
 *   mix      exp(−|A △ B| / mean number of genres): the same genres, no more and no less
 *   genres   cosine of the genres, rare ones weighing more: for catalogues with many tags
 *   years    exp(−years apart / yearScale)
 *
 * Sums and products of positive definite kernels are positive definite, and so is K. The
 * ones keep what each factor tells by itself; the products are "a comedy of that time".
 */
import type { ItemFeatures, TextVectors } from './kernel-features.ts'
import type { WordVectors } from './kernel-words.ts'

export interface KernelSettings {
  /** v, 0 or more. */
  readonly vectors: number
  /** w, 0 or more. */
  readonly words: number
  /** n, 0 or more. */
  readonly names: number
  /** g, 0 or more. */
  readonly genres: number
  /** Years over which an item's time loses its say, > 0. */
  readonly yearScale: number
}

/** One row against others, before the settings: each [others]. */
export interface Likeness {
  readonly vectors: Float32Array
  readonly words: Float32Array
  readonly names: Float32Array
  readonly mix: Float32Array
  readonly genres: Float32Array
  /** Years apart: 0 if neither is known, Infinity if one is. */
  readonly yearGaps: Float32Array
}

export function emptyLikeness(size: number): Likeness {
  return {
    vectors: new Float32Array(size),
    words: new Float32Array(size),
    names: new Float32Array(size),
    mix: new Float32Array(size),
    genres: new Float32Array(size),
    yearGaps: new Float32Array(size),
  }
}

/** @param out [others] each, overwritten */
export function likenessInto(
  features: ItemFeatures,
  row: number,
  { others, out }: { readonly others: Uint32Array; readonly out: Likeness },
): void {
  out.vectors.fill(0)
  for (const texts of features.vectors) addVectors(texts, row, { others, out })
  out.words.fill(0)
  for (const words of features.words) addWords(words, row, { others, out: out.words })
  out.names.fill(0)
  for (const words of features.names) addWords(words, row, { others, out: out.names })
  fillGenres(features, row, { others, out })
  const { years } = features
  for (let o = 0; o < others.length; o++) {
    out.yearGaps[o] = yearGap(years[row], years[others[o]])
  }
}

/** out[at + p] = K of the row and the item at picks[p] of its likeness. */
export function kernelInto(
  likeness: Likeness,
  settings: KernelSettings,
  target: {
    readonly picks: Uint32Array
    readonly out: Float64Array
    readonly at: number
  },
): void {
  const { vectors, words, names, mix, genres, yearGaps } = likeness
  const { picks, out, at } = target
  for (let p = 0; p < picks.length; p++) {
    const o = picks[p]
    const written =
      1 +
      settings.vectors * vectors[o] +
      settings.words * words[o] +
      settings.names * names[o]
    const kind = 1 + mix[o] + settings.genres * genres[o]
    const time = 1 + Math.exp(-yearGaps[o] / settings.yearScale)
    out[at + p] = written * kind * time
  }
}

interface Others {
  readonly others: Uint32Array
  readonly out: Likeness
}

function addVectors(
  { dim, vectors }: TextVectors,
  row: number,
  { others, out }: Others,
) {
  const mine = vectors.subarray(row * dim, (row + 1) * dim)
  for (let o = 0; o < others.length; o++) {
    const base = others[o] * dim
    let sum = 0
    for (let d = 0; d < dim; d++) sum += mine[d] * vectors[base + d]
    out.vectors[o] += sum
  }
}

function addWords(
  { words, indptr, indices, values }: WordVectors,
  row: number,
  { others, out }: { readonly others: Uint32Array; readonly out: Float32Array },
) {
  const mine = new Float32Array(words)
  for (let e = indptr[row]; e < indptr[row + 1]; e++) mine[indices[e]] = values[e]
  for (let o = 0; o < others.length; o++) {
    const end = indptr[others[o] + 1]
    let sum = 0
    for (let e = indptr[others[o]]; e < end; e++) sum += mine[indices[e]] * values[e]
    out[o] += sum
  }
}

function fillGenres(features: ItemFeatures, row: number, { others, out }: Others) {
  const { genreWeights: weights, meanGenres } = features
  const { indptr, indices } = features.genres
  const mine = new Map<number, number>()
  for (let e = indptr[row]; e < indptr[row + 1]; e++) mine.set(indices[e], weights[e])
  for (let o = 0; o < others.length; o++) {
    const [from, to] = [indptr[others[o]], indptr[others[o] + 1]]
    let apart = mine.size + to - from
    let cosine = 0
    for (let e = from; e < to; e++) {
      const weight = mine.get(indices[e])
      if (weight === undefined) continue
      apart -= 2
      cosine += weight * weights[e]
    }
    out.mix[o] = Math.exp(-apart / meanGenres)
    out.genres[o] = cosine
  }
}

function yearGap(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) {
    return Number.isNaN(a) && Number.isNaN(b) ? 0 : Infinity
  }
  return Math.abs(a - b)
}
