/** The rare words that two records have in common, for catalogues that hold little else. */
import type { ItemRecord } from '../pack/item.ts'
import type { ItemTable } from '../pack/items.ts'
import { sampleOf } from '../scoring/background.ts'
import { plain } from '../text/search/plain-words.ts'

/** Rare: in at most this share of the sampled records, beside the two. */
const MAX_WORD_SHARE = 0.01
/** One rare word in common is chance, two begin to be a subject. */
const MIN_WORDS = 2
/** Shorter words say little. */
const MIN_LETTERS = 4
/** Words named. */
const MAX_NAMED = 2
/** Letters of a description that are looked at: its subject stands at its beginning. */
const MAX_LETTERS = 600
/** Records whose words are kept: a history's and a few shelves'. */
const KEPT_RECORDS = 500

/** Compares records; counts how common words are with the first that need it. */
export function wordSharer({ record, count }: ItemTable) {
  const kept = new Map<number, ReadonlySet<string>>()
  let holders: Map<string, number> | undefined

  function wordsAt(index: number): ReadonlySet<string> {
    const words = kept.get(index) ?? wordsOf(record(index))
    if (kept.size >= KEPT_RECORDS) kept.clear()
    kept.set(index, words)
    return words
  }

  function holdersOf(word: string): number {
    holders ??= countHolders(sampleOf(count).map((index) => wordsOf(record(index))))
    return holders.get(word) ?? 0
  }

  /** The rarest words of both, at most two; empty where they share fewer than two. */
  return (a: number, b: number): string[] => {
    const others = wordsAt(b)
    const rare = [...wordsAt(a)]
      .filter((word) => others.has(word))
      .filter((word) => holdersOf(word) <= 2 + MAX_WORD_SHARE * sampleOf(count).length)
      .sort((x, y) => holdersOf(x) - holdersOf(y))
    return rare.length < MIN_WORDS ? [] : rare.slice(0, MAX_NAMED)
  }
}

/** The words of title and description that can tell records apart. */
export function wordsOf({ title, description = '' }: ItemRecord): Set<string> {
  const words = plain(`${title} ${description.slice(0, MAX_LETTERS)}`).split(' ')
  return new Set(
    words.filter((word) => word.length >= MIN_LETTERS && !/^\p{N}+$/u.test(word)),
  )
}

function countHolders(all: readonly ReadonlySet<string>[]): Map<string, number> {
  const holders = new Map<string, number>()
  for (const words of all) {
    for (const word of words) holders.set(word, (holders.get(word) ?? 0) + 1)
  }
  return holders
}
