/**
 * Which text encoder reads a catalogue: one named by its owner, else the smaller English one
 * where nearly all is English, else the multilingual one.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { francAll } from 'franc-min'
import type { Dataset } from './dataset/dataset.ts'
import { itemText } from './dataset/item-text.ts'
import { defaultModelFolder, packageRoot } from './package-root.ts'

/** Names of the encoders that come with Hearth. */
export const OWN_ENCODERS = ['english', 'multilingual'] as const
export type OwnEncoder = (typeof OWN_ENCODERS)[number]

/** Where an encoder that comes with Hearth lies. */
export function ownEncoderFolder(name: OwnEncoder): string {
  return name === 'english'
    ? defaultModelFolder()
    : join(packageRoot(), 'public', 'models', 'hearth-encoder-multilingual')
}

/** A name of `OWN_ENCODERS` → its folder; any other choice as it is: a folder or a hub id. */
export function encoderPlace(choice: string): string {
  const own = OWN_ENCODERS.find((name) => name === choice)
  return own && !existsSync(choice) ? ownEncoderFolder(own) : choice
}

/** An encoder, and why it was taken; no reason where English is read in English. */
export interface ChosenEncoder {
  readonly name: OwnEncoder
  /** One line for the owner. */
  readonly because?: string
}

/** Items whose language is looked at: their share is then known to 3 %. */
const SAMPLE = 1000
/** Letters of a text below which its language is a guess, and it is read with others. */
const MIN_LETTERS = 60
/** Texts of few letters that are read together. */
const READ_TOGETHER = 12
/** Letters below which no language is guessed: three titles may be of any. */
const MIN_LETTERS_AT_ALL = 40
/**
 * Languages that are distinguished, ISO 639-3: those that catalogues are in. Among all that are known, a
 * list of names is of any.
 */
const LANGUAGES = [
  ...[
    'eng',
    'deu',
    'fra',
    'spa',
    'ita',
    'por',
    'nld',
    'pol',
    'ces',
    'ron',
    'hun',
    'swe',
  ],
  ...['tur', 'vie', 'ind', 'rus', 'ukr', 'bul', 'ell', 'ara', 'arb', 'heb', 'hin'],
  ...['cmn', 'jpn', 'kor', 'tha'],
]
/**
 * Share of items in other languages from which they outweigh what the English encoder does
 * better. Below it they are titles of originals, names and quotations.
 */
const MAX_OTHER_SHARE = 0.25
/**
 * Words that hold English together and no other language of those. A list of titles is full of
 * names, by whose letters it might be of any language; these are in every second one.
 */
const ENGLISH_WORDS = /(?<!\p{L})(?:the|and|of|with|from|for)(?!\p{L})/giu
const WORDS = /\p{L}+/gu
/** Share of such words from which a text is English, of which a tenth to a fifth are. */
const MIN_ENGLISH_SHARE = 0.06
const LETTERS = /[\p{L}\p{M}]/gu
const LATIN = /\p{Script=Latin}/gu

/** By the languages that the items' texts are written in. */
export function chooseEncoder({ items, bodies = [] }: Dataset): ChosenEncoder {
  const step = Math.max(1, Math.floor(items.length / SAMPLE))
  const texts: string[] = []
  for (let index = 0; index < items.length; index += step) {
    texts.push(itemText(items[index]!, bodies[index]))
  }
  const counts = languagesOf(texts)
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const others = [...counts].filter(([language]) => language !== 'eng')
  const other = others.reduce((sum, [, count]) => sum + count, 0)
  if (total === 0 || other <= MAX_OTHER_SHARE * total) return { name: 'english' }
  const names = others
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN_LANGUAGES)
    .map(([code]) => nameOf(code))
  const share = Math.round((100 * other) / total)
  return {
    name: 'multilingual',
    because: `${share} % of the texts are not in English (${names.join(', ')})`,
  }
}

const SHOWN_LANGUAGES = 3
/** Of a text in letters that English does not use, where its language is not known. */
const OTHER_SCRIPT = 'und'

/** ISO 639-3 → texts in it. Short texts are read together, by the dozen. */
function languagesOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  const add = (language: string, count: number) =>
    counts.set(language, (counts.get(language) ?? 0) + count)
  let short: string[] = []
  const addShort = () => {
    if (short.length > 0) add(languageOf(short.join(' ')), short.length)
    short = []
  }
  for (const text of texts) {
    const letters = countOf(text, LETTERS)
    if (letters === 0) continue
    if (letters >= MIN_LETTERS || !isLatin(text)) add(languageOf(text), 1)
    else if (short.push(text) === READ_TOGETHER) addShort()
  }
  addShort()
  return counts
}

function languageOf(text: string): string {
  const guesses = francAll(text, { minLength: 1, only: LANGUAGES })
  if (!isLatin(text)) {
    const [best] = guesses.find(([language]) => language !== 'eng') ?? [OTHER_SCRIPT]
    return best
  }
  const [best = OTHER_SCRIPT] = guesses[0] ?? []
  const isShort = countOf(text, LETTERS) < MIN_LETTERS_AT_ALL
  // too short to know: no reason to leave the default
  return isShort || best === OTHER_SCRIPT || isHeldByEnglish(text) ? 'eng' : best
}

const isLatin = (text: string) => 2 * countOf(text, LATIN) >= countOf(text, LETTERS)

function isHeldByEnglish(text: string): boolean {
  return countOf(text, ENGLISH_WORDS) >= MIN_ENGLISH_SHARE * countOf(text, WORDS)
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

/** `deu` → `German`, as far as the runtime knows it. */
function nameOf(code: string): string {
  if (code === OTHER_SCRIPT) return 'other scripts'
  const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(code)
  return name && name !== code ? name : code
}
