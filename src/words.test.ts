/**
 * One word per idea, and the field's word: no file uses a name that was given up.
 *
 * A word with an everyday sense beside the old one is looked for only where it has the old
 * sense: in a phrase, an identifier or a folder.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

interface Word {
  /** The word left out. */
  readonly not: string
  /** What is written in its place. */
  readonly but: string
  /** A regular expression: whole words, by `piece`, or phrases. */
  readonly pattern: string
  /** The paths where it is looked for. Default: all. */
  readonly within?: RegExp
}

/**
 * A whole word, alone or as a piece of a name: `part`, `Part`, `hasPart`, `partOf`,
 * `MAX_PART`, but neither `party` nor `apart`.
 *
 * @param stem in lower case, with an optional ending: `signals?`
 */
function piece(stem: string): string {
  const [first, rest] = [stem[0]!, stem.slice(1)]
  const lower = `(?<![A-Za-z])${first}${rest}(?![a-z])`
  const capital = `(?<![A-Z])${first.toUpperCase()}${rest}(?![a-z])`
  const allCaps = `(?<![A-Za-z])${stem.toUpperCase()}(?![A-Za-z])`
  return `${lower}|${capital}|${allCaps}`
}

/** Words of a phrase with space, a line break or the star of a comment between them. */
const phrase = (words: string) =>
  `\\b(?:${words.replaceAll(' ', '\\s+(?:\\*\\s+|//\\s+)?')})\\b`

const SCORES = /^src\/(scoring|explain|engine)\//

const WORDS: readonly Word[] = [
  { not: 'signal', but: 'event, feedback, kind', pattern: piece('signals?') },
  { not: 'deed', but: 'event, feedback', pattern: piece('deeds?') },
  {
    not: 'evidence',
    but: 'explicit or implicit feedback',
    pattern: piece('evidence'),
  },
  { not: 'mark', but: 'reaction, explicit feedback', pattern: piece('marks?') },
  {
    not: 'part (of a score)',
    but: 'component',
    pattern: `${phrase("(?:score's |scores' )parts?|parts? of (?:a|an|the|its|each|every) (?:score|fusion|blend)")}|\\bPARTS?\\b|[sS]coreParts?|\\bw_part\\b|--parts\\b`,
  },
  {
    not: 'part (where scores are made)',
    but: 'component',
    pattern: piece('parts?'),
    within: /^src\/(scoring|explain)\//,
  },
  { not: 'knowledge', but: 'attributes', pattern: piece('knowledge') },
  { not: 'entity', but: 'attribute value', pattern: piece('entit(?:y|ies)') },
  { not: 'telling', but: 'idf', pattern: piece('tellings?') },
  {
    not: 'row (of an item)',
    but: 'item index, `index`',
    pattern: `\\b(?:weighted|ranked|related|rated|search|item|anchor)Rows?\\b|\\b(?:Weighted|Ranked|Related|Rated|Item)Rows?\\b|${phrase('item rows?|rows? of (?:the|its|an?|each|every) items?')}(?!-)`,
  },
  {
    not: 'row (where scores are made)',
    but: 'item index, `index`',
    pattern: '\\brow\\b(?! ?(?:of|with|-major))|\\browOf\\b|[a-z]Row\\b|\\brow[AB]\\b',
    within: SCORES,
  },
  { not: 'panel', but: 'fold, validation', pattern: piece('panels?') },
  {
    not: 'aside',
    but: 'validation',
    pattern: `(?<!\\b(?:set|step|put)(?:s|ting|ping)?\\b[^,.;:]{0,30})\\baside\\b|ASIDE|Aside`,
  },
  { not: 'judge', but: 'evaluate, validate', pattern: piece('judge[sd]?') },
  {
    not: 'reading (of a model)',
    but: 'hyperparameters, decay settings',
    pattern: `[a-z]Readings?(?![a-z])(?<!isReading)|\\breadings\\b|${phrase('readings? of (?:the |a |its )?(?:cf|CF|sequences?|item-item|model|block)')}`,
    within: /^(?!src\/(elements|text)\/)/,
  },
  { not: 'loud', but: 'scale', pattern: piece('loud(?:er|est)?') },
  {
    not: 'balance',
    but: 'calibrate',
    pattern: piece('balance[sd]?'),
  },
  {
    not: 'new, cold, fresh (of an item)',
    but: 'cold-start item',
    pattern: `\\bis(?:New|Cold|Fresh)\\b|\\b(?:new|cold|fresh)Items?\\b|\\bFLAG_(?:NEW|COLD|FRESH)\\b(?!_START)|${phrase('(?:[nN]ew|[cC]old|[fF]resh) items?')}`,
  },
  {
    not: 'fold in',
    but: 'user vector, score',
    pattern: `\\bfold(?:s|ed|ing)?[- ]in(?:to)?\\b|\\bfoldIn[a-zA-Z]*|\\bfolded[A-Z]?`,
  },
  {
    not: 'speak for',
    but: 'weight, add to, support',
    pattern: phrase('(?:speaks?|spoke|speaking) for'),
  },
  { not: 'rung', but: 'backend', pattern: piece('rungs?') },
  { not: 'ladder', but: 'fallback', pattern: piece('ladders?') },
  { not: 'visit', but: 'session', pattern: piece('visits?') },
  { not: 'stare', but: 'viewability', pattern: piece('stare[sd]?') },
  {
    not: 'look (seen by the visitor)',
    but: 'view, hover',
    pattern: '(?<=[a-z])Looks?(?![a-z])',
    within: /^src\/(elements|feedback|store)\//,
  },
  {
    not: 'hand (over a card)',
    but: 'hover card',
    pattern: `\\bhandOf\\b|${phrase('in hand|the hand')}`,
  },
  {
    not: 'settle',
    but: 'keep in place',
    pattern: '\\bsettles?\\b',
    within: /^src\/elements\//,
  },
  {
    not: 'words and meaning (search modes)',
    but: 'keyword and semantic',
    pattern: `'(?:words|meaning)'|\\bmeaning: |[a-z]Meaning\\b|\\bMEANING_|${phrase('by (?:words|meaning)')}`,
  },
  { not: 'LEAST_, MOST_', but: 'MIN_, MAX_', pattern: '\\b(?:LEAST|MOST)_' },
  {
    not: 'room (of the code)',
    but: 'module',
    pattern: `\\b[rR]ooms\\b|${phrase('(?:this|that|each|every|which|own|another|scoring|pack) room')}(?! for)`,
  },
  { not: 'floor (of the code)', but: 'layer', pattern: '\\bfloors\\b' },
  { not: 'house', but: 'modules', pattern: piece('houses?') },
  {
    not: 'the way of the data',
    but: 'data flow',
    pattern: phrase('[wW]ay of the data'),
  },
  { not: 'told', but: 'reported, given, known', pattern: piece('told') },
  { not: 'says', but: 'states, gives, is', pattern: piece('says') },
  {
    not: 'go on with',
    but: 'continue',
    pattern: phrase('(?:goes|go|going|went) on with'),
  },
]

interface Exception {
  /** `not` of the word. */
  readonly word: string
  readonly files: RegExp
  /** Lines of those files; default all. */
  readonly lines?: RegExp
  readonly reason: string
}

/** Where an old word stays. One that no line needs is to be taken out. */
const EXCEPTIONS: readonly Exception[] = [
  {
    word: 'signal',
    files: /^src\/(text\/encoder\/|store\/(disk|write-lock))/,
    reason: 'AbortSignal is the platform’s name',
  },
  {
    word: 'signal',
    files: /^src\/(build|cli)\/replace-folder/,
    reason: 'a signal of the operating system ends a process',
  },
  {
    word: 'signal',
    files:
      /^src\/store\/(database|migration\.test|corrupt\.test|read-record|profile-file(\.test)?)\.ts$/,
    lines: /\bsignal\b/,
    reason: 'version 1 of a stored profile kept each event in a field `signal`',
  },
  {
    word: 'mark',
    files: /^src\/(build\/config\/|cli\/settings(\.test)?\.ts$)/,
    lines: /soldOut/,
    reason: 'sold-out items are marked in the list: no reaction of a visitor',
  },
  {
    word: 'part (of a score)',
    files: /^src\/cli\/command-line\.test\.ts$/,
    lines: /--parts/,
    reason: 'the former name of --components, which is still understood',
  },
  {
    word: 'words and meaning (search modes)',
    files: /^src\/build\/models\/cold-start\/add-cold-items\.test\.ts$/,
    lines: /read by words, genres, years/,
    reason: 'the words of a text are a feature that items are read by, no search mode',
  },
  {
    word: 'entity',
    files: /^src\/build\/input\/sources\/xml-feed/,
    reason: 'XML’s own term',
  },
  {
    word: 'entity',
    files: /^src\/build\/input\/sources\/pages\/(structured-data|schema-org)\.ts$/,
    lines: /'mainEntity/,
    reason: 'a property of schema.org',
  },
  {
    word: 'entity',
    files: /^src\/build\/input\/sources\/pages\/hostile-pages\.test\.ts$/,
    reason: 'XML’s own term',
  },
  {
    word: 'aside',
    files: /^src\/build\/input\/sources\/pages\/(page-content|site\.test-data)\.ts$/,
    lines: /\bfooter aside\b|<aside>/,
    reason: 'an element of HTML',
  },
  {
    word: 'entity',
    files: /^src\/build\/input\/markup\.ts$/,
    lines: /from 'entities'/,
    reason: 'the library that decodes the character references of HTML',
  },
  {
    word: 'entity',
    files: /^src\/history\/read-history\.test\.ts$/,
    lines: /<!ENTITY/,
    reason: 'XML’s own term, in a hostile file',
  },
  {
    word: 'row (where scores are made)',
    files:
      /^src\/scoring\/(int8-vectors|item-item|mmr|related|rank\.test|sample-pack\.test-data)\./,
    lines: /\brows?\b|\breadRow\b/,
    reason: 'the rows of a matrix and of a table of vectors',
  },
  {
    word: 'panel',
    files: /^src\/(elements|demo)\//,
    reason: 'a panel of the page, and panels on a drawn cover',
  },
  {
    word: 'mark',
    files: /^src\/demo\/lab\//,
    lines: /marks|Mark/,
    reason: 'Observable Plot calls what it draws marks',
  },
  {
    word: 'mark',
    files: /^src\/(build\/input|text)\//,
    reason: 'byte-order marks, punctuation and the HTML element <mark>',
  },
  {
    word: 'balance',
    files: /^src\/(elements|demo)\//,
    reason: 'text-wrap: balance, and the lines of a drawn title',
  },
  {
    word: 'house',
    files: /^src\/(demo\/covers|text)\//,
    reason: 'a house on a drawn cover, and in a sentence that warms the encoder up',
  },
  {
    word: 'visit',
    files: /^src\/layers\.test\.ts$/,
    reason: 'visiting the nodes of a graph',
  },
  {
    word: 'visit',
    files:
      /^src\/build\/input\/(event-kinds|counts|analytics-exports\.test|interaction-(columns|cases\.test))\.ts$/,
    lines: /'visit'|visit_id|nb_?visits|idVisit|tVisits/,
    reason: "a name of owners' columns and events",
  },
]

/** ARCHITECTURE.md shows this table under such a heading. */
const GLOSSARY = /^#+ (?:Words|Glossary)\b/

const THIS_FILE = 'src/words.test.ts'
const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => join('src', file))
  .filter((file) => /\.(ts|css)$/.test(file) && file !== THIS_FILE)
  .concat('README.md', 'ARCHITECTURE.md')
  .map((file) => ({ file, text: withoutGlossary(readFileSync(file, 'utf8')) }))

/** The lines of a glossary emptied, so that the others keep their numbers. */
function withoutGlossary(text: string): string {
  let isGlossary = false
  const lines = text.split('\n').map((line) => {
    if (line.startsWith('#')) isGlossary = GLOSSARY.test(line)
    return isGlossary ? '' : line
  })
  return lines.join('\n')
}

interface Match {
  readonly file: string
  /** From 1; 0 is the file's own name. */
  readonly line: number
  readonly text: string
}

function matchesOf({ pattern, within }: Word): Match[] {
  const regexp = new RegExp(pattern, 'g')
  return files
    .filter(({ file }) => within?.test(file) ?? true)
    .flatMap(({ file, text }) => {
      const inName = file.search(regexp) >= 0 ? [{ file, line: 0, text: file }] : []
      const inText = [...text.matchAll(regexp)].map(({ index }) => {
        const line = text.slice(0, index).split('\n').length
        return { file, line, text: text.split('\n')[line - 1]!.trim() }
      })
      return [...inName, ...inText]
    })
}

const needed = new Set<Exception>()

function isException(word: Word, { file, text }: Match): boolean {
  const found = EXCEPTIONS.find(
    (exception) =>
      exception.word === word.not &&
      exception.files.test(file) &&
      (exception.lines?.test(text) ?? true),
  )
  if (found) needed.add(found)
  return found !== undefined
}

test.each(WORDS)('$but instead of: $not', (word) => {
  const left = matchesOf(word)
    .filter((match) => !isException(word, match))
    .map(({ file, line, text }) => `${file}:${line} ${text}`)
  expect([...new Set(left)]).toEqual([])
})

test('every exception is needed', () => {
  expect(needed.size).toBeGreaterThan(0)
  expect(EXCEPTIONS.filter((exception) => !needed.has(exception))).toEqual([])
  const words = WORDS.map(({ not }) => not)
  expect(EXCEPTIONS.filter(({ word }) => !words.includes(word))).toEqual([])
})

test('a word is found as a piece of a name, and not within another word', () => {
  const regexp = new RegExp(piece('signals?'))
  for (const name of [
    'signal',
    'toSignal',
    'Signals',
    'MAX_SIGNALS',
    'signalOf',
    'a1Signal',
  ]) {
    expect(name).toMatch(regexp)
  }
  for (const name of ['signalled', 'resignal', 'Signalling']) {
    expect(name).not.toMatch(regexp)
  }
})

test('a phrase is found over the lines of a comment', () => {
  const regexp = new RegExp(phrase('goes on with'))
  expect('it goes on with').toMatch(regexp)
  expect(' * it goes\n * on with').toMatch(regexp)
  expect('it goes only with').not.toMatch(regexp)
})
