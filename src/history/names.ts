/** Titles and makers' names, spelled so that two ways of writing one of them are equal. */

/** Letters that do not come apart into a letter and an accent. */
const FOLDED: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' },
}

/** Lower case, without accents; `&` is `and`; apostrophes fall away, all else that is no letter or digit is a space. */
export function plainText(text: string): string {
  const lower = text.toLowerCase()
  const isPlain = !/[^\0-\x7f]/.test(lower)
  const bare = (isPlain ? lower : foldLetters(lower))
    .replace(/&/g, ' and ')
    .replace(/['’‘ʼ`´]/g, '')
  const spaced = isPlain
    ? bare.replace(/[^a-z0-9]+/g, ' ')
    : bare.replace(/[^\p{L}\p{N}]+/gu, ' ')
  return spaced.trim()
}

function foldLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u064b-\u065f]/g, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => FOLDED[letter]!)
}

const ARTICLES = new Set(
  'the a an le la les l el los las il lo gli un une uno una der die das ein eine de het een en ett'.split(
    ' ',
  ),
)
const NUMERALS: Readonly<Record<string, string>> = {
  ...{
    ii: '2',
    iii: '3',
    iv: '4',
    vi: '6',
    vii: '7',
    viii: '8',
    ix: '9',
    xi: '11',
    xii: '12',
  },
  ...{ one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7' },
}
/** Before a number: `Part Two` is `2`, as `Part 2` and `Vol. II` are. */
const COUNTED = new Set(
  'part pt volume vol book bk episode chapter no number season'.split(' '),
)
/** Words that state an edition, and no other thing. */
const EDITION =
  /\b(?:(?:\d+(?:st|nd|rd|th)?|special|deluxe|collectors?|illustrated|anniversary|revised|expanded|complete|unabridged|abridged|extended|definitive|international|enhanced|limited|directors|ultimate|game of the year|goty|kindle|paperback|hardcover|movie tie in|tie in|large print|mass market|penguin classics|original|theatrical|final|audio|digital|annotated|updated|uncut|remastered|standard)\s+)+(?:edition|ed|cut|version|remaster(?:ed)?|remake|audiobook|ebook)\b|\b(?:unabridged|remastered|paperback|hardcover|a novel|a memoir|a thriller|goty|uncut)$/g

/** Words that end the name of an edition: without one there is none. */
const EDITION_END =
  /\b(?:ed|edition|cut|version|remaster|remake|audiobook|ebook|unabridged|remastered|paperback|hardcover|novel|memoir|thriller|goty|uncut)\b/
/** Words that may have to be changed: numerals, and what comes before a number. */
const NUMBERED =
  /\b(?:[ivx]{2,4}|part|pt|vol|volume|bk|book|episode|chapter|no|number|season)\b/

/** The words of a title that count: no edition, no leading article, numbers as digits. */
export function titleWords(title: string): string[] {
  const words = withoutEdition(plainText(title)).split(' ')
  if (words.length > 1 && ARTICLES.has(words[0]!)) words.shift()
  return words
}

function withoutEdition(text: string): string {
  if (!text.includes(' ')) return text
  const numbered = NUMBERED.test(text) ? withDigits(text) : text
  if (!EDITION_END.test(numbered)) return numbered
  const rest = numbered.replace(EDITION, ' ').replace(/\s+/g, ' ').trim()
  return rest === '' ? numbered : rest
}

/** `part two` and `vol ii` as `2`, `rocky iii` as `rocky 3`. */
function withDigits(text: string): string {
  const words = text.split(' ')
  const counted = words.flatMap((word, i) => {
    if (i === 0) return [word]
    if (COUNTED.has(word) && isNumber(words[i + 1])) return []
    const isCounted = COUNTED.has(words[i - 1]!)
    return [isCounted || isRoman(word) ? (NUMERALS[word] ?? word) : word]
  })
  return counted.join(' ')
}

const isRoman = (word: string) => /^[ivx]+$/.test(word)
const isNumber = (word = '') => /^\d+$/.test(word) || Object.hasOwn(NUMERALS, word)

/** `War, The` → `The War`: articles may stand at the end, to sort by. */
function articleFirst(title: string): string {
  const [, rest, article] =
    /^(.+), (The|A|An|Le|La|Les|L'|El|Los|Las|Il|Lo|Der|Die|Das)$/i.exec(title) ?? []
  return rest === undefined ? title : `${article} ${rest}`
}

/** What a title may be known by. */
export interface TitleKeys {
  /** All of it but brackets. */
  readonly full: string
  /** Before a colon, a dash or a question that a subtitle follows; `full` where there is none. */
  readonly main: string
}

/** Brackets hold series, years, editions and other languages' titles. */
const BRACKETS = /\s*[([{](?:[^()[\]{}]|\([^()]*\))*[)\]}]\s*/g
const SUBTITLE = /\s*(?::\s|:$|\s[-–—]\s|;\s|\s\/\s|,? or, | \| )/

/** @returns empty keys for a title without letters or digits */
export function titleKeys(title: string): TitleKeys {
  const bare = title.replace(BRACKETS, ' ').replace(/\s+/g, ' ').trim()
  const text = articleFirst(/[\p{L}\p{N}]/u.test(bare) ? bare : title)
  const full = titleWords(text).join(' ')
  const cut = text.search(SUBTITLE)
  if (cut <= 0) return { full, main: full }
  const main = titleWords(articleFirst(text.slice(0, cut))).join(' ')
  return { full, main: main === '' ? full : main }
}

// Makers

/** A maker's name, ready to be compared. */
interface MakerName {
  /** Sorted, each once. */
  readonly words: readonly string[]
  readonly surname: string
  /** First letter of the first given name; empty for one name alone. */
  readonly initial: string
}

const SUFFIX = /\b(?:jr|sr|phd|md|ii|iii|iv|esq)$/

/** `Rowling, J.K.` and `Joanne K. Rowling` have one surname and one initial. */
function makerName(name: string): MakerName {
  const [last = '', first] = name.replace(BRACKETS, ' ').split(',')
  const ordered = first === undefined ? last : `${first} ${last}`
  const words = plainText(ordered).replace(SUFFIX, '').trim().split(' ')
  const surname = words.at(-1) ?? ''
  return {
    words: [...new Set(words)].sort(),
    surname,
    initial: words.length > 1 ? words[0]![0]! : '',
  }
}

/** What makers of one surname share; empty for a name without letters. */
export function makerKey(name: string): string {
  const bare =
    name.includes('(') || name.includes('[') ? name.replace(BRACKETS, ' ') : name
  const comma = bare.indexOf(',')
  const text = plainText(comma < 0 ? bare : bare.slice(0, comma))
    .replace(SUFFIX, '')
    .trim()
  return text.slice(text.lastIndexOf(' ') + 1)
}

/** Whether one of `a` and one of `b` may be the same person or band. */
export function makersAgree(a: readonly string[], b: readonly string[]): boolean {
  const others = b.map(makerName)
  return a.map(makerName).some((one) => others.some((other) => isSame(one, other)))
}

function isSame(a: MakerName, b: MakerName): boolean {
  if (a.surname === '' || b.surname === '') return false
  if (a.words.join(' ') === b.words.join(' ')) return true // also `Murakami Haruki`
  if (a.surname !== b.surname) return false
  return a.initial === b.initial || a.initial === '' || b.initial === ''
}

// How much of two titles is the same.

/** Words that any title may have. */
const WEAK = new Set(
  'the a an of and in to on for with at by from der die das und le la les de du des et el los las y i'.split(
    ' ',
  ),
)

/** What a word that is nearly another counts, one letter apart. */
const NEAR_WORD = 0.9
/** Shorter words one letter apart are different words. */
const NEAR_LETTERS = 5

/**
 * Dice's coefficient of the words that count, 0–1, where a word one letter apart is worth
 * `NEAR_WORD`; 0 where their numbers differ, as those of two volumes do.
 */
export function titleLikeness(a: readonly string[], b: readonly string[]): number {
  const [one, other] = [new Set(a), new Set(b)]
  if (numbersIn(one) !== numbersIn(other)) return 0
  const [left, right] = [strongIn(one), strongIn(other)]
  const rightWords = new Set(right)
  let shared = 0
  for (const word of left) {
    if (rightWords.has(word)) shared++
    else if (right.some((near) => isNearWord(word, near))) shared += NEAR_WORD
  }
  return (2 * shared) / (left.length + right.length)
}

function numbersIn(words: ReadonlySet<string>): string {
  return [...words]
    .filter((word) => /^\d+$/.test(word))
    .sort()
    .join(' ')
}

function strongIn(words: ReadonlySet<string>): string[] {
  const kept = [...words].filter((word) => !WEAK.has(word))
  return kept.length > 0 ? kept : [...words]
}

/** One letter more, less, or other. */
function isNearWord(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length < NEAR_LETTERS || long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  const rest = short.length === long.length ? at + 1 : at
  return short.slice(rest) === long.slice(at + 1)
}
