/** Texts → the words they hold, weighted so that rare ones tell most (tf-idf). */

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
 * text holds says nothing of likeness and is left out; one that all hold weighs 0.
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
