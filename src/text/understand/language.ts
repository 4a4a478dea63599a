/** Which language a short text is written in: by its script, then by its commonest words. */
import { CUES, LANGUAGES, type Language } from './cues.ts'

const SCRIPTS: readonly (readonly [Language, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['ko', /\p{Script=Hangul}/u],
  ['zh', /\p{Script=Han}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['hi', /\p{Script=Devanagari}/u],
]
const CYRILLIC = /\p{Script=Cyrillic}/u
/** Languages of one script, the likeliest first: it wins where nothing tells. */
const CYRILLIC_LANGUAGES: readonly Language[] = ['ru', 'uk']
const LATIN_LANGUAGES = LANGUAGES.filter(
  (language) =>
    !CYRILLIC_LANGUAGES.includes(language) &&
    !SCRIPTS.some(([other]) => other === language),
)

/** @returns the language of the text; English where nothing tells */
export function languageOf(text: string): Language {
  const byScript = SCRIPTS.find(([, script]) => script.test(text))
  if (byScript) return byScript[0]
  const choices = CYRILLIC.test(text) ? CYRILLIC_LANGUAGES : LATIN_LANGUAGES
  let best = choices[0]!
  let most = 0
  for (const language of choices) {
    const hits = text.match(signsOf(language))?.length ?? 0
    if (hits > most) [best, most] = [language, hits]
  }
  return best
}

const made = new Map<Language, RegExp>()

function signsOf(language: Language): RegExp {
  const known = made.get(language) ?? wordPattern(CUES[language].signs)
  made.set(language, known)
  return known
}

/** A pattern's source for any of these, the longest first. */
export function anyOf(sources: readonly string[]): string {
  return `(?:${[...sources].sort((a, b) => b.length - a.length).join('|')})`
}

/** Any of these as whole words; global, without regard to case. */
export function wordPattern(sources: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${anyOf(sources)}(?![\\p{L}\\p{N}])`, 'giu')
}
