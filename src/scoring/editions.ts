/**
 * Which items are one thing in another edition: another binding, translation, format or
 * printing. A list shows one of them.
 */
import type { ItemRecord } from '../pack/item.ts'

/** Subtitles that say what a thing is, not which: `Dracula: A Novel`, `Mort: The Play`. */
const KIND =
  '(?:a |the )?(?:novel(?:la|isation|ization)?|memoir|play|graphic novel|screenplay|official edition)'
/** Words of an edition, in brackets or as a subtitle of at most four words. */
const EDITION_WORDS =
  '(?:edition|version|translation|paperback|hardcover|hardback|audiobook|audio cd|kindle|ebook|e book|unabridged|abridged|reissue|reprint|remaster(?:ed)?|dramati[sz]ation|illustrated)'
const SUBTITLE = new RegExp(
  `[:–—-]\\s+(?:${KIND}|(?:[\\p{L}\\p{N}'’]+ ){0,3}${EDITION_WORDS})\\s*$`,
  'u',
)
/** A bracket without a number: what it adds is a series, a publisher or a format. */
const BRACKET = /[([][^)\]\d]*[)\]]/g
/** `25th Anniversary Edition` and the like at the end, set off by nothing. */
const AT_END =
  /\s(?:\d+(?:st|nd|rd|th) )?(?:anniversary|deluxe|special|collector'?s|illustrated|revised|expanded|complete) edition\s*$/
const MARKS = /\p{M}+/gu
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/gu

/** How what the catalogue itself groups begins. */
export const GROUP = 'group '

/**
 * What the editions of one thing share: the catalogue's own `group`, else its first maker and
 * its title without the words of an edition. Two titles of one maker that differ in anything
 * else, a number above all, are two things: a second edition shown costs less than a book
 * that never is.
 *
 * @returns undefined for an item without group and maker: a title alone is no proof
 */
export function editionOf({
  group,
  title,
  authors,
}: Pick<ItemRecord, 'group' | 'title' | 'authors'>): string | undefined {
  if (group !== undefined) return GROUP + group
  const maker = authors?.[0]
  if (maker === undefined) return undefined
  const plain = plainTitle(title)
  return plain === '' ? undefined : `${maker.toLowerCase()}|${plain}`
}

/** Lower case, without accents, brackets, edition words and an article at the head. */
export function plainTitle(title: string): string {
  return title
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(BRACKET, ' ')
    .trimEnd()
    .replace(SUBTITLE, '')
    .replace(AT_END, '')
    .replace(BETWEEN_WORDS, ' ')
    .trim()
    .replace(/^(?:the|an?) (?=.)/, '')
}
