/**
 * Which items are one thing in another edition: another binding, translation, format or
 * printing. A list shows one of them.
 */
import type { ItemRecord } from '../pack/item.ts'

/** Subtitles that state what a thing is, not which: `Dracula: A Novel`, `Mort: The Play`. */
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
  /(?:[:–—-]\s+(?:the|an?))?\s(?:\d+(?:st|nd|rd|th) )?(?:anniversary|deluxe|special|collector['’]?s|illustrated|annotated|critical|revised|expanded|complete|unabridged|definitive|restored|uncut|movie tie in|movie tie-in|film tie-in)(?: (?:and|&) [a-z]+)? edition\s*$/
/** What a book gathers beside the one it is named after: `Bartleby and Other Stories`. */
const AND_OTHERS =
  /,?\s(?:and|&) (?:other|selected) (?:short |related )?(?:stories|tales|writings|works|poems|essays|plays|novels|novellas)(?: of [a-z]+)?\s*$/
/**
 * The first place in a series, in brackets at the end: `Dune (Dune #1)`. Other places stay:
 * volumes may share a title.
 */
const SERIES_PLACE = /\s*[([][^)\]]*[,\s]#1[)\]]\s*$/
const ACCENTS = /\p{M}+/gu
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
const NOT_ASCII = /[^\x00-\x7f]/
const SEPARATOR = /[:–—-]\s/
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/gu

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
  if (group !== undefined) return `group ${group}`
  const maker = authors?.[0]
  if (maker === undefined) return undefined
  const plain = plainTitle(title)
  return plain === '' ? undefined : `${maker.toLowerCase()}|${plain}`
}

/**
 * Lower case, without accents, brackets, edition words and an article at the head. Most titles
 * have nothing to take off, and a list asks for hundreds: what is not there is not looked for.
 */
export function plainTitle(title: string): string {
  let plain = title.toLowerCase()
  if (NOT_ASCII.test(plain)) plain = plain.normalize('NFKD').replace(ACCENTS, '')
  if (plain.includes('(') || plain.includes('[')) {
    plain = plain.replace(SERIES_PLACE, '').replace(BRACKET, ' ').trimEnd()
  }
  if (SEPARATOR.test(plain)) plain = plain.replace(SUBTITLE, '')
  if (plain.includes('edition')) plain = plain.replace(AT_END, '')
  if (plain.includes(' other ') || plain.includes(' selected ')) {
    plain = plain.replace(AND_OTHERS, '')
  }
  return plain
    .replace(BETWEEN_WORDS, ' ')
    .trim()
    .replace(/^(?:the|an?) (?=.)/, '')
}
