/**
 * Which items a refusal keeps out: those whose categories, makers, series or title hold what
 * is refused, and those whose text is near to it.
 */
import type { ItemRecord } from '../../pack/item.ts'
import { plain } from '../search/plain-words.ts'
import { topicsIn } from './topics.ts'

/** Words of a refusal that name no topic: "vampire novels" are about vampires. */
const GENERIC = new Set(
  'book books novel novels story stories fiction tale tales literature thing things stuff titles the a an of and or by roman romane romans novelas libros livres книги романы'.split(
    ' ',
  ),
)
/** Words are one where so many first letters are the same, and all but the last two. */
const MIN_SHARED_LETTERS = 6
const FREE_LETTERS = 2

const singular = (word: string) =>
  word.length > 4 && word.endsWith('ies')
    ? `${word.slice(0, -3)}y`
    : word.length > 3 && word.endsWith('s') && !word.endsWith('ss')
      ? word.slice(0, -1)
      : word

/** "vampires", "vampire", "vampiros" are one word; "history" and "historical" are two. */
export function isSameWord(a: string, b: string): boolean {
  const [one, other] = [singular(a), singular(b)]
  if (one === other) return true
  const longest = Math.max(one.length, other.length)
  const needed = Math.max(MIN_SHARED_LETTERS, longest - FREE_LETTERS)
  return (
    one.length >= needed &&
    other.length >= needed &&
    one.slice(0, needed) === other.slice(0, needed)
  )
}

const holdsOne = (
  own: readonly string[],
  alternatives: readonly (readonly string[])[],
): boolean =>
  alternatives.some((words) =>
    words.every((word) => own.some((other) => isSameWord(word, other))),
  )

/**
 * Letters that every text has which holds the word in any form: most texts have them not, and
 * need not be taken apart.
 */
function stemOf(word: string): string {
  const one = singular(word)
  return one.slice(0, Math.max(1, Math.min(MIN_SHARED_LETTERS, one.length - 1)))
}

/** Lower case is all that `plain` would change of its words. */
const isPlainAscii = (text: string) => /^[ -&(-~]*$/.test(text)

/** Whether any of the item's facts holds what is refused. */
export type RefusalTest = (record: ItemRecord) => boolean

/** @param refused one refusal, without the words that say so: "dragons" */
export function refusalTest(refused: string): RefusalTest {
  const alternatives = [refused, ...topicsIn(refused)]
    .map((text) =>
      plain(text)
        .split(' ')
        .filter((word) => word !== ''),
    )
    .map((words) => {
      const specific = words.filter((word) => !GENERIC.has(word))
      return specific.length > 0 ? specific : words
    })
    .filter((words) => words.length > 0)
  const stems = alternatives.map((words) => words.map(stemOf))
  const known = new Map<string, boolean>()
  const isIn = (text: string) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const letters = isPlainAscii(text) ? text.toLowerCase() : plain(text)
    const mayHold = (own: readonly string[]) =>
      own.every((stem) => letters.includes(stem))
    const found = stems.some(mayHold) && holdsOne(plain(text).split(' '), alternatives)
    known.set(text, found)
    return found
  }
  return ({ title, genres = [], authors = [], series, description = '' }) =>
    genres.some(isIn) ||
    authors.some(isIn) ||
    (series !== undefined && isIn(series.name)) ||
    isIn(title) ||
    isIn(description)
}
