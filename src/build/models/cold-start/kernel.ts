/**
 * How similar two items are by their texts and facts: the kernel by which a cold-start item
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
 * ones keep each factor by itself; the products are "a comedy of that time".
 */

import { normaliseInto } from '../../../math/vectors.ts'
import type { ItemRecord } from '../../../pack/item.ts'

// Texts → the words they hold, rare ones weighing most (tf-idf).

/** Sparse unit rows, a text without a shared word being empty. */
export interface WordVectors {
  /** Number of words known. */
  readonly words: number
  /** [texts + 1] */
  readonly indptr: Uint32Array
  /** Word numbers. */
  readonly indices: Uint32Array
  readonly values: Float32Array
}

/**
 * value(text, word) = (1 + ln times in text) · ln(texts / texts with it), rows of length 1.
 *
 * A word is a run of letters and digits, without case, of any script. One that only one
 * text holds cannot make two similar and is left out; one that all hold weighs 0.
 * Source: Salton and Buckley 1988, Term-weighting approaches in automatic text retrieval.
 */
export function wordVectors(texts: readonly string[]): WordVectors {
  const counts = texts.map(countWords)
  const holders = new Map<string, number>()
  for (const text of counts) {
    for (const word of text.keys()) holders.set(word, (holders.get(word) ?? 0) + 1)
  }
  const numbers = new Map<string, number>()
  for (const [word, held] of holders) {
    if (held > 1 && held < texts.length) numbers.set(word, numbers.size)
  }
  const rows = counts.map((text) => {
    const row: [number, number][] = []
    for (const [word, times] of text) {
      const number = numbers.get(word)
      if (number === undefined) continue
      const rarity = Math.log(texts.length / (holders.get(word) as number))
      row.push([number, (1 + Math.log(times)) * rarity])
    }
    return row
  })
  return toUnitRows(rows, numbers.size)
}

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}

function toUnitRows(rows: readonly [number, number][][], words: number): WordVectors {
  const indptr = new Uint32Array(rows.length + 1)
  rows.forEach((row, r) => {
    indptr[r + 1] = indptr[r] + row.length
  })
  const indices = new Uint32Array(indptr[rows.length])
  const values = new Float32Array(indptr[rows.length])
  rows.forEach((row, r) => {
    const length = Math.hypot(...row.map(([, value]) => value))
    row.forEach(([word, value], e) => {
      indices[indptr[r] + e] = word
      values[indptr[r] + e] = value / length
    })
  })
  return { words, indptr, indices, values }
}

// An item's record in the form that the kernel compares.

/** Row-major [items, dim]; zero rows where there is no text. */
export interface TextVectors {
  readonly dim: number
  readonly vectors: Float32Array
}

export interface ItemFeatures {
  readonly items: number
  /** Centred, unit rows. */
  readonly vectors: readonly TextVectors[]
  /** Of the whole text, and of the title. */
  readonly words: readonly WordVectors[]
  /** Of those who made it, and its series. */
  readonly names: readonly WordVectors[]
  /** Genre numbers of each item (CSR). */
  readonly genres: { readonly indptr: Uint32Array; readonly indices: Uint32Array }
  /** Unit rows over the same numbers: a genre that few items have weighs more. */
  readonly genreWeights: Float32Array
  /** At least 1. */
  readonly meanGenres: number
  /** NaN where unknown. */
  readonly years: Float64Array
}

/** @param texts of the items, in their order; none without an encoder */
export function itemFeatures(
  items: readonly ItemRecord[],
  texts: readonly TextVectors[],
): ItemFeatures {
  const whole = items.map(({ title, description }) => `${title} ${description ?? ''}`)
  const names = items.map(({ authors = [], series }) =>
    [...authors, series?.name ?? ''].join(' '),
  )
  const genres = genreNumbers(items)
  return {
    items: items.length,
    vectors: texts.map(centred),
    words: [whole, items.map(({ title }) => title)].map(wordVectors),
    names: [wordVectors(names)],
    genres,
    genreWeights: rarityWeights(genres, items.length),
    meanGenres: Math.max(1, genres.indices.length / Math.max(1, items.length)),
    years: Float64Array.from(items, ({ year }) => year ?? Number.NaN),
  }
}

/** The features that some item has. */
export function presentFeatures(features: ItemFeatures): string[] {
  const { vectors, words, names, genres, years } = features
  const isOn = {
    'text vectors': vectors.some((of) => of.vectors.some((x) => x !== 0)),
    words: words.some((of) => of.words > 0),
    names: names.some((of) => of.words > 0),
    genres: genres.indices.length > 0,
    years: years.some((year) => !Number.isNaN(year)),
  }
  return Object.entries(isOn).flatMap(([name, on]) => (on ? [name] : []))
}

function genreNumbers(items: readonly ItemRecord[]) {
  const numbers = new Map<string, number>()
  const indptr = new Uint32Array(items.length + 1)
  const indices: number[] = []
  items.forEach(({ genres = [] }, item) => {
    for (const genre of new Set(genres)) {
      if (!numbers.has(genre)) numbers.set(genre, numbers.size)
      indices.push(numbers.get(genre) as number)
    }
    indptr[item + 1] = indices.length
  })
  return { indptr, indices: Uint32Array.from(indices) }
}

/** ln(items / items with the genre), each item's scaled to length 1. */
function rarityWeights(
  { indptr, indices }: ItemFeatures['genres'],
  items: number,
): Float32Array {
  const holders = new Map<number, number>()
  for (const genre of indices) holders.set(genre, (holders.get(genre) ?? 0) + 1)
  const weights = Float32Array.from(indices, (genre) =>
    Math.log(items / (holders.get(genre) as number)),
  )
  for (let item = 0; item < items; item++) {
    normaliseInto(weights.subarray(indptr[item], indptr[item + 1]))
  }
  return weights
}

/** Less the mean of the rows with text, to unit length; rows without text stay zero. */
function centred({ dim, vectors }: TextVectors): TextVectors {
  const rows = vectors.length / dim
  const textOf = (row: number) => vectors.subarray(row * dim, (row + 1) * dim)
  const mean = new Float64Array(dim)
  let written = 0
  for (let row = 0; row < rows; row++) {
    const text = textOf(row)
    if (text.every((x) => x === 0)) continue
    written++
    for (let d = 0; d < dim; d++) mean[d] += text[d]
  }
  const out = new Float32Array(vectors.length)
  for (let row = 0; row < rows; row++) {
    const text = textOf(row)
    if (text.every((x) => x === 0)) continue
    const away = text.map((x, d) => x - mean[d] / written)
    out.set(normaliseInto(away), row * dim)
  }
  return { dim, vectors: out }
}

export interface KernelSettings {
  /** v, 0 or more. */
  readonly vectors: number
  /** w, 0 or more. */
  readonly words: number
  /** n, 0 or more. */
  readonly names: number
  /** g, 0 or more. */
  readonly genres: number
  /** Years apart at which the similarity in time falls to 1/e, > 0. */
  readonly yearScale: number
}

/** One item against others, before the settings: each [others]. */
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
  item: number,
  { others, out }: { readonly others: Uint32Array; readonly out: Likeness },
): void {
  out.vectors.fill(0)
  for (const texts of features.vectors) addVectors(texts, item, { others, out })
  out.words.fill(0)
  for (const words of features.words) addWords(words, item, { others, out: out.words })
  out.names.fill(0)
  for (const words of features.names) addWords(words, item, { others, out: out.names })
  fillGenres(features, item, { others, out })
  const { years } = features
  for (let o = 0; o < others.length; o++) {
    out.yearGaps[o] = yearGap(years[item], years[others[o]])
  }
}

/** out[at + p] = K of the item and the item at picks[p] of its likeness. */
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
  item: number,
  { others, out }: Others,
) {
  const mine = vectors.subarray(item * dim, (item + 1) * dim)
  for (let o = 0; o < others.length; o++) {
    const base = others[o] * dim
    let sum = 0
    for (let d = 0; d < dim; d++) sum += mine[d] * vectors[base + d]
    out.vectors[o] += sum
  }
}

function addWords(
  { words, indptr, indices, values }: WordVectors,
  item: number,
  { others, out }: { readonly others: Uint32Array; readonly out: Float32Array },
) {
  const mine = new Float32Array(words)
  for (let e = indptr[item]; e < indptr[item + 1]; e++) mine[indices[e]] = values[e]
  for (let o = 0; o < others.length; o++) {
    const end = indptr[others[o] + 1]
    let sum = 0
    for (let e = indptr[others[o]]; e < end; e++) sum += mine[indices[e]] * values[e]
    out[o] += sum
  }
}

function fillGenres(features: ItemFeatures, item: number, { others, out }: Others) {
  const { genreWeights: weights, meanGenres } = features
  const { indptr, indices } = features.genres
  const mine = new Map<number, number>()
  for (let e = indptr[item]; e < indptr[item + 1]; e++) mine.set(indices[e], weights[e])
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
