import { expect, test } from 'vitest'
import { type WordVectors, wordVectors } from './kernel.ts'

function dot({ words, indptr, indices, values }: WordVectors, a: number, b: number) {
  const dense = new Float64Array(words)
  for (let e = indptr[a]; e < indptr[a + 1]; e++) dense[indices[e]] = values[e]
  let sum = 0
  for (let e = indptr[b]; e < indptr[b + 1]; e++) sum += dense[indices[e]] * values[e]
  return sum
}

test('two words of equal rarity, one shared: the cosine is a half', () => {
  // sea and fog are held by two of four texts each, moor by two
  const vectors = wordVectors(['Sea fog', 'sea MOOR!', 'fog', 'moor'])
  expect(dot(vectors, 0, 1)).toBeCloseTo(0.5, 6)
  expect(dot(vectors, 0, 0)).toBeCloseTo(1, 6)
  expect(dot(vectors, 0, 3)).toBe(0)
})

test('a rarer shared word counts for more', () => {
  const vectors = wordVectors([
    'the kraken',
    'the moor',
    'a kraken',
    'the the moor',
    'a',
  ])
  expect(dot(vectors, 0, 2)).toBeGreaterThan(dot(vectors, 0, 1))
})

test('a word of one text, or of all texts, is no likeness', () => {
  const vectors = wordVectors(['the whale', 'the sea'])
  expect(vectors.words).toBe(0)
  expect(vectors.values).toHaveLength(0)
})

test('letters of any script and accents make words; an empty text is an empty row', () => {
  const vectors = wordVectors(['Été, 東京', 'été 東京', ''])
  expect(dot(vectors, 0, 1)).toBeCloseTo(1, 6)
  expect(vectors.indptr[3] - vectors.indptr[2]).toBe(0)
})
