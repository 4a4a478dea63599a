/** Which of the typed words a record holds, and where. */
import type { ItemRecord } from '../pack/item.ts'
import { plain, UNSPACED } from '../text/search/plain-words.ts'
import type { FoundField, ReasonContent } from './reason.ts'

/** Shorter words ("of", "la") are found everywhere. */
const MIN_LETTERS = 3
/** Words that a reason names. */
const MAX_WORDS = 3

/**
 * The field that holds most of the typed words, with these words as they are typed; the last
 * one may be unfinished. Undefined where none is held letter for letter: what a search found
 * by a likely spelling claims nothing.
 */
export function foundContent(
  record: ItemRecord,
  typed: string,
): ReasonContent | undefined {
  const words = [...new Set(plain(typed).split(' '))].filter(isLongEnough)
  let best: { field: FoundField; words: string[] } | undefined
  for (const [field, text] of fieldsOf(record)) {
    const held = plain(text).split(' ')
    const found = words.filter((word) =>
      held.some((other) => isFound(word, other, words)),
    )
    if (found.length > (best?.words.length ?? 0)) best = { field, words: found }
  }
  if (!best) return undefined
  return { kind: 'found', params: { ...best, words: best.words.slice(0, MAX_WORDS) } }
}

function isLongEnough(word: string, _: number, words: readonly string[]): boolean {
  return word.length >= MIN_LETTERS || UNSPACED.test(word) || words.length === 1
}

function isFound(word: string, held: string, words: readonly string[]): boolean {
  return word === held || (word === words.at(-1) && held.startsWith(word))
}

/** What people remember first. */
function fieldsOf({
  title,
  authors = [],
  series,
  genres = [],
}: ItemRecord): [FoundField, string][] {
  return [
    ['title', title],
    ['maker', authors.join(' ')],
    ['series', series?.name ?? ''],
    ['category', genres.join(' ')],
  ]
}
