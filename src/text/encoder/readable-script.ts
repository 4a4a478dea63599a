/**
 * Which scripts a tokenizer has words for. One made for English takes a Thai sentence for
 * one unknown piece, so that all are alike, and spells a Russian one letter by letter:
 * what a model makes of either has no meaning.
 */

interface Script {
  /** For the owner to read. */
  readonly name: string
  readonly letter: RegExp
  /** Common words; absent: the text itself is looked at. */
  readonly sample?: string
  /** Pieces a letter from which words are spelled. */
  readonly maxPieces: number
}

/** Words of an alphabet have fewer pieces than letters where they are known. */
const SPELLED = 0.8
/** A syllable may be a word, a letter of it may not. */
const SPELLED_SYLLABLES = 2
/** Each sign may be a word. */
const NEVER = Number.POSITIVE_INFINITY

const EAST_ASIAN = '時間学校電車食料理映画音楽旅行世界歴史春夏秋冬'

const SCRIPTS: readonly Script[] = [
  script('Han', EAST_ASIAN, NEVER, 'Chinese or Japanese'),
  script('Hiragana', EAST_ASIAN, NEVER, 'Chinese or Japanese'),
  script('Katakana', EAST_ASIAN, NEVER, 'Chinese or Japanese'),
  script('Hangul', '한국어 영화와 소설 그리고 음악', SPELLED_SYLLABLES, 'Korean'),
  script('Cyrillic', 'война и мир история любви книга рецептов музыка города'),
  script('Greek', 'ο πόλεμος και η ειρήνη μια ιστορία αγάπης βιβλίο μουσική'),
  script('Arabic', 'الحرب والسلام قصة حب كتاب الطبخ موسيقى المدينة'),
  script('Hebrew', 'מלחמה ושלום סיפור אהבה ספר בישול מוזיקה'),
  script('Thai', 'สงครามและสันติภาพ เรื่องราวความรัก ตำราอาหาร ดนตรี'),
  script('Devanagari', 'युद्ध और शांति प्रेम की कहानी खाना पकाने की किताब'),
  ...[
    ...['Bengali', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Gujarati', 'Gurmukhi'],
    ...['Sinhala', 'Khmer', 'Lao', 'Myanmar', 'Georgian', 'Armenian', 'Ethiopic'],
  ].map((name) => script(name)),
]

function script(
  name: string,
  sample?: string,
  maxPieces = SPELLED,
  shown = name,
): Script {
  const letter = new RegExp(`\\p{Script=${name}}`, 'gu')
  return { name: shown, letter, maxPieces, ...(sample !== undefined && { sample }) }
}

const LETTERS = /[\p{L}\p{M}]/gu
const LATIN = /\p{Script=Latin}/gu
/** Share of unknown pieces from which most of a text is lost. */
const MAX_UNKNOWN = 0.3
/** Of writing systems so old that no model knows them: a tokenizer's unknown piece. */
const UNKNOWN_LETTERS = ['𐎀', '𐀀']

/** @returns the name of the script; undefined for a text that can be read */
export type UnreadScriptOf = (text: string) => string | undefined

/**
 * @param tokenize as of a `TextModel`, special tokens included
 * @param specials how many of these are around every text
 */
export function createScriptReader(
  tokenize: (text: string) => readonly number[],
  specials: { readonly all: number; readonly last: number },
): UnreadScriptOf {
  const verdicts = new Map<Script, boolean>()
  let unknown: ReadonlySet<number> | undefined
  const piecesOf = (text: string) => {
    const ids = tokenize(text)
    return ids.slice(specials.all - specials.last, ids.length - specials.last)
  }
  /** What letters of two unknown scripts have in common. */
  const unknownPieces = () => {
    const [one = [], two = []] = UNKNOWN_LETTERS.map(piecesOf)
    return new Set(one.filter((id) => two.includes(id)))
  }
  const isRead = (text: string, { maxPieces }: Script): boolean => {
    unknown ??= unknownPieces()
    const pieces = piecesOf(text)
    const lost = pieces.filter((id) => unknown!.has(id)).length
    const letters = countOf(text, LETTERS)
    return lost < MAX_UNKNOWN * pieces.length && pieces.length < maxPieces * letters
  }
  return (text) => {
    const found = leadingScript(text)
    if (!found) return undefined
    const { sample, name } = found
    const isKnown = verdicts.get(found) ?? isRead(sample ?? text, found)
    if (sample !== undefined) verdicts.set(found, isKnown)
    return isKnown ? undefined : name
  }
}

/** Characters looked at: about as many as an encoder reads. */
const LOOKED_AT = 600
/** Beyond Latin letters, their accents and the signs between them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range starts there
const NOT_LATIN = /[^\u0000-\u036F\u1E00-\u1EFF\u2000-\u214F]/

/** The one that most letters are of, where it is not Latin. */
function leadingScript(whole: string): Script | undefined {
  const text = whole.slice(0, LOOKED_AT)
  if (!NOT_LATIN.test(text)) return undefined
  const letters = countOf(text, LETTERS)
  const latin = countOf(text, LATIN)
  if (letters === 0 || 2 * latin >= letters) return undefined
  let best: { script: Script; count: number } | undefined
  for (const script of SCRIPTS) {
    const count = countOf(text, script.letter)
    if (count > (best?.count ?? 0)) best = { script, count }
  }
  return best?.script
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

/** The texts with nothing in the place of those that would have no meaning. */
export function readableOnly(
  texts: readonly string[],
  unreadScriptOf: UnreadScriptOf | undefined,
): readonly string[] {
  if (!unreadScriptOf) return texts
  return texts.map((text) => (unreadScriptOf(text) === undefined ? text : ''))
}
