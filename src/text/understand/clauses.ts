/**
 * A text → what it wants and what it refuses. Plain rules over the words of `cues.ts`:
 *
 *   text → segments, at punctuation and "but" → in each, the first cue
 *        → refused: from a cue that stands before to the next end, or before one that follows
 *        → wanted: what is left
 *
 * Nothing is understood of a title ("Never Let Me Go") or of an idiom ("not only").
 */
import { CUES, type Cues, type Language } from './cues.ts'
import { anyOf, languageOf, wordPattern } from './language.ts'

export interface Clauses {
  readonly language: Language
  /** What is wanted, as it was written; empty for a text that only refuses. */
  readonly wanted: string
  /** What is refused, in order, each without the words that say so. */
  readonly refused: readonly string[]
}

/** A place in a text, from its first UTF-16 unit to the one after its last. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** A typed wish is short; what lies beyond is not read, UTF-16 units. */
export const MAX_CHARS = 512
/** A refusal names one thing or two: a longer one is cut, words. */
const MAX_REFUSED_WORDS = 8

/** Scripts whose words are not set apart by spaces. */
const UNSPACED: ReadonlySet<Language> = new Set(['zh', 'ja'])
const SEGMENT_ENDS = /[,;:!?，；。！？、،؛।\n()[\]"“”«»]+|\.(?=\s|$)|\s[–—-]+\s/gu
/** A noun of a language that puts its refusal behind it. */
const JA_NOUN =
  /(?:[\p{Script=Han}\p{Script=Katakana}ー\p{Script=Latin}\p{N}]+(?:り|み|き|し|もの|い)?(?:[・とやか](?=[\p{Script=Han}\p{Script=Katakana}\p{Script=Latin}]))?)+$/u
const KO_PARTICLE = /(?:에서|으로|이나|이랑|하고|은|는|이|가|을|를|도|과|와|의|로)$/u
const JOINED =
  /\s+(?:and|or|nor|und|oder|noch|et|ou|ni|y|e|o|né|nem|en|of|i|lub|ani|и|или|ни|і|й|або|ані|ve|veya|أو|और|या|và|hoặc|hay|dan|atau)\s+|[和与與或及跟・]|[とや](?=[\p{Script=Han}\p{Script=Katakana}])|\s*[&+/]\s*/giu

/**
 * @param titles places of the text that are a title, in which nothing is refused
 * @returns `refused` empty and `wanted` the text where nothing is refused
 */
export function clausesOf(given: string, titles: readonly Span[] = []): Clauses {
  const text = plainText(given)
  const language = languageOf(text)
  const rules = rulesOf(language)
  if (isTitleCase(text)) return { language, wanted: text, refused: [] }
  const shielded = [...titles, ...spansOf(text, rules.idioms), ...titleSpans(text)]
  const wanted: string[] = []
  const refused: string[] = []
  let wasRefusal = false
  for (const segment of segmentsOf(text, shielded)) {
    const parsed = parseSegment(text, { segment, rules, shielded, language })
    // "no romance, vampires": a list goes on, unless its next part turns to a wish
    const goesOn: boolean =
      wasRefusal && segment.isListed && parsed.refused.length === 0
    const own: boolean = goesOn && isShort(parsed.wanted.join(' '), rules)
    if (own) refused.push(...parsed.wanted)
    else wanted.push(...parsed.wanted)
    refused.push(...parsed.refused)
    wasRefusal = own || (parsed.refused.length > 0 && parsed.isOpen)
  }
  const clean = refused
    .flatMap((part) => part.split(JOINED))
    .map((part) => stripped(part, rules, language))
    .filter((part) => part !== '')
  if (clean.length === 0) return { language, wanted: text, refused: [] }
  return {
    language,
    wanted: isFilling(wanted.join(' '), rules, language)
      ? ''
      : withoutTurn(wanted.join(' '), rules),
    refused: [...new Set(clean)],
  }
}

/** Control characters as spaces, cut, composed; never throws. */
export function plainText(text: string): string {
  return text
    .slice(0, MAX_CHARS * 4)
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .slice(0, MAX_CHARS)
    .toWellFormed()
    .trim()
}

interface Rules {
  readonly before: RegExp
  readonly after: RegExp | undefined
  readonly ends: RegExp
  readonly idioms: RegExp
  readonly fillers: ReadonlySet<string>
  readonly unspaced: RegExp | undefined
}

const known = new Map<Language, Rules>()

function rulesOf(language: Language): Rules {
  const before = known.get(language)
  if (before) return before
  const made = makeRules(CUES[language], UNSPACED.has(language))
  known.set(language, made)
  return made
}

const NEVER = /(?!)/gu

function makeRules(cues: Cues, isUnspaced: boolean): Rules {
  const pattern = (sources: readonly string[]) => {
    if (sources.length === 0) return NEVER
    return isUnspaced ? new RegExp(anyOf(sources), 'giu') : wordPattern(sources)
  }
  // what follows its noun may be one word with it
  const behind = (sources: readonly string[]) =>
    isUnspaced
      ? pattern(sources)
      : new RegExp(`${anyOf(sources)}(?![\\p{L}\\p{M}\\p{N}])`, 'giu')
  const filler = anyOf(cues.fillers)
  return {
    ...{ before: pattern(cues.before), ends: pattern(cues.ends) },
    ...{ idioms: pattern(cues.idioms), fillers: new Set(cues.fillers) },
    after: cues.after && behind(cues.after),
    unspaced: isUnspaced
      ? new RegExp(`^(?:${filler})+|(?:${filler})+$`, 'gu')
      : undefined,
  }
}

interface Segment extends Span {
  /** It stands behind a comma: part of a list, perhaps. */
  readonly isListed: boolean
}

function segmentsOf(text: string, shielded: readonly Span[]): Segment[] {
  const segments: Segment[] = []
  let from = 0
  let isListed = false
  for (const match of text.matchAll(SEGMENT_ENDS)) {
    if (isWithin(match.index, shielded)) continue
    if (match.index > from) segments.push({ from, to: match.index, isListed })
    from = match.index + match[0].length
    isListed = /^[,，、،/]/.test(match[0])
  }
  if (from < text.length) segments.push({ from, to: text.length, isListed })
  return segments
}

interface Parsed {
  readonly wanted: string[]
  readonly refused: string[]
  /** The refusal reaches the end of the segment. */
  readonly isOpen: boolean
}

interface SegmentParts {
  readonly segment: Span
  readonly rules: Rules
  readonly shielded: readonly Span[]
  readonly language: Language
}

function parseSegment(text: string, parts: SegmentParts): Parsed {
  const { segment, rules, shielded, language } = parts
  const own = text.slice(segment.from, segment.to)
  const free = (match: RegExpMatchArray) =>
    !isWithin(segment.from + match.index!, shielded)
  const cue = [...own.matchAll(rules.before)].find(free)
  if (cue) return refusedAfter(own, cue, parts)
  const trailing = rules.after && [...own.matchAll(rules.after)].find(free)
  if (!trailing) return { wanted: [own], refused: [], isOpen: false }
  return refusedBefore(own, trailing, language, (rest) =>
    parseSegment(rest, {
      ...parts,
      segment: { from: 0, to: rest.length },
      shielded: [],
    }),
  )
}

/** "fantasy [without] dragons | with a strong heroine" */
function refusedAfter(own: string, cue: RegExpMatchArray, parts: SegmentParts): Parsed {
  const { rules } = parts
  const start = cue.index! + cue[0].length
  const rest = own.slice(start)
  let to = rest.length
  for (const end of rest.matchAll(rules.ends)) {
    const before = rest.slice(0, end.index)
    // what turns away needs something to turn from: "not set in England"
    if (isFilling(before, rules, parts.language)) continue
    to = end.index
    break
  }
  const tail = rest.slice(to)
  const after =
    tail.trim() === ''
      ? { wanted: [], refused: [], isOpen: true }
      : parseSegment(tail, {
          ...parts,
          segment: { from: 0, to: tail.length },
          shielded: spansOf(tail, rules.idioms),
        })
  const before = own.slice(0, cue.index)
  return {
    wanted: [before, ...after.wanted].filter((part) => part.trim() !== ''),
    refused: [cutWords(rest.slice(0, to)), ...after.refused],
    isOpen: to === rest.length,
  }
}

/** "ドラゴン[抜き]のファンタジー", "로맨스 [말고] 추리소설" */
function refusedBefore(
  own: string,
  cue: RegExpMatchArray,
  language: Language,
  parse: (rest: string) => Parsed,
): Parsed {
  const before = own.slice(0, cue.index)
  const noun = nounAtEnd(before, language)
  const rest = own.slice(cue.index! + cue[0].length)
  const after =
    rest.trim() === '' ? { wanted: [], refused: [], isOpen: false } : parse(rest)
  const kept = before.slice(0, before.length - noun.length)
  return {
    wanted: [kept, ...after.wanted].filter((part) => part.trim() !== ''),
    refused: [noun, ...after.refused],
    isOpen: false,
  }
}

/** Words that belong to the one before: "aşk romanı", "प्रेम कहानी", "공포 소설". */
const COMPOUND: Partial<Record<Language, RegExp>> = {
  tr: /^(?:romanı|romanları|hikayesi|hikayeleri|hikâyesi|kitabı|kitapları|filmi|savaşı|öyküsü|kurgu)$/iu,
  hi: /^(?:कहानी|कहानियाँ|कहानियां|कथा|उपन्यास|किताबें|यात्रा)$/u,
  ko: /^(?:소설|이야기|여행|책)/u,
}
const LINKS = /^(?:ve|veya|और|या|की|के|का|와|과|및|그리고|-)$/u

function nounAtEnd(before: string, language: Language): string {
  if (language === 'ja') return before.match(JA_NOUN)?.[0] ?? before
  if (language === 'zh') return before
  const words = [...before.matchAll(/\S+/g)]
  let first = words.length - 1
  while (first > 0) {
    const word = words[first]![0]
    const previous = words[first - 1]![0]
    const isJoined =
      COMPOUND[language]?.test(word) ||
      LINKS.test(word) ||
      LINKS.test(previous) ||
      (language === 'ko' &&
        /(?:이나|나|과|와|하고|랑)$/u.test(previous) &&
        previous.length > 1)
    if (!isJoined) break
    first--
  }
  return first < 0 ? before : before.slice(words[first]!.index)
}

function stripped(part: string, rules: Rules, language: Language): string {
  if (rules.unspaced) return tidy(part).replace(rules.unspaced, '').trim()
  const words = tidy(part).split(' ')
  const isFiller = (word: string | undefined) =>
    word !== undefined && rules.fillers.has(word.toLowerCase())
  while (words.length > 0 && isFiller(words[0])) words.shift()
  while (words.length > 0 && isFiller(words.at(-1))) words.pop()
  const kept = words.join(' ')
  if (language !== 'ko') return kept
  const bare = kept.replace(KO_PARTICLE, '')
  return [...bare].length > 0 ? bare : kept
}

/** "Krimi, aber" → "Krimi": a turn to nothing; in unspaced scripts the fillers at its ends. */
function withoutTurn(part: string, rules: Rules): string {
  const bare = tidy(part)
  if (rules.unspaced) return bare.replace(rules.unspaced, '').trim() || bare
  return bare.replace(TURN_AT_END, '')
}
const TURN_AT_END =
  /(?:^|\s)(?:but|and|or|aber|und|doch|mais|et|pero|y|ma|e|mas|maar|en|ale|i|но|а|и|але|ama|ve|لكن|ولكن|लेकिन|और|nhưng|tapi|tetapi|dan)$/iu

/** Whether nothing is left of it but words that say nothing. */
function isFilling(part: string, rules: Rules, language: Language): boolean {
  return stripped(part, rules, language) === ''
}

/** Two words at most beside fillers: what a list of refusals may continue with. */
function isShort(part: string, rules: Rules): boolean {
  const words = tidy(part).split(' ')
  const fillers = words.filter((word) => rules.fillers.has(word.toLowerCase()))
  const turns =
    /^(?:just|only|but|i |give|show|something|maybe|preferably|set|please|nur|lieber|sondern|plutôt|mejor|solo)/iu
  return words.length - fillers.length <= 2 && !turns.test(tidy(part))
}

function tidy(part: string): string {
  return part.replace(/\s+/g, ' ').replace(/^[\s'’.·-]+|[\s.·-]+$/gu, '')
}

const cutWords = (part: string) =>
  part
    .split(/\s+(?=\S)/)
    .slice(0, MAX_REFUSED_WORDS + 1)
    .join(' ')

function spansOf(text: string, pattern: RegExp): Span[] {
  return [...text.matchAll(pattern)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }))
}

const isWithin = (at: number, spans: readonly Span[]) =>
  spans.some(({ from, to }) => at >= from && at < to)

// Titles that are written as such: "The Girl with No Name", "books like Never Let Me Go".

const SMALL = '(?:a|an|the|of|in|on|and|or|to|for|with|without|at|by|from)'
const CAPITAL = "\\p{Lu}[\\p{L}'’]*"
/** A run of three capitalised words and more, small ones between. */
const TITLE_RUN = new RegExp(
  `(?<![\\p{L}])${CAPITAL}(?:\\s+(?:${SMALL}\\s+)*${CAPITAL}){2,}`,
  'gu',
)
/** Words a title in title case has at least: "No Romance" is none. */
const MIN_TITLE_WORDS = 3

function isTitleCase(text: string): boolean {
  const words = text.split(' ')
  if (words.length < MIN_TITLE_WORDS || text === text.toUpperCase()) return false
  const small = new RegExp(`^${SMALL}$`, 'u')
  const whole = words.every((word, place) =>
    place > 0 && small.test(word) ? true : /^\p{Lu}/u.test(word),
  )
  return whole && languageOf(text) !== 'de'
}

/** A cue within a capitalised run that does not begin the text is part of a title. */
function titleSpans(text: string): Span[] {
  return spansOf(text, TITLE_RUN)
}
