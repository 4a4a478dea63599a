/** What is known of items from their records alone, in the form the kernel compares. */
import type { ItemRecord } from '../catalogue/item-record.ts'
import { normaliseInto } from '../math/normalise.ts'
import { type WordVectors, wordVectors } from './kernel-words.ts'

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
  /** Unit rows over the same numbers: a genre that few items have tells more. */
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
  items.forEach(({ genres = [] }, row) => {
    for (const genre of new Set(genres)) {
      if (!numbers.has(genre)) numbers.set(genre, numbers.size)
      indices.push(numbers.get(genre) as number)
    }
    indptr[row + 1] = indices.length
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
  for (let row = 0; row < items; row++) {
    normaliseInto(weights.subarray(indptr[row], indptr[row + 1]))
  }
  return weights
}

/** Less the mean of the rows with text, to unit length; rows without text stay zero. */
function centred({ dim, vectors }: TextVectors): TextVectors {
  const rows = vectors.length / dim
  const rowOf = (row: number) => vectors.subarray(row * dim, (row + 1) * dim)
  const mean = new Float64Array(dim)
  let written = 0
  for (let row = 0; row < rows; row++) {
    const text = rowOf(row)
    if (text.every((x) => x === 0)) continue
    written++
    for (let d = 0; d < dim; d++) mean[d] += text[d]
  }
  const out = new Float32Array(vectors.length)
  for (let row = 0; row < rows; row++) {
    const text = rowOf(row)
    if (text.every((x) => x === 0)) continue
    const away = text.map((x, d) => x - mean[d] / written)
    out.set(normaliseInto(away), row * dim)
  }
  return { dim, vectors: out }
}
