/** One row of goodbooks-10k → one item of the demo catalogue. */

import { cleanTitle } from '../../src/build/input/clean-title.ts'
import type { ItemRecord } from '../../src/pack/item.ts'
import { genresOf } from './genres.ts'

/** A row of books.csv, cells as they are. */
export interface RawBook {
  readonly book_id: string
  readonly title: string
  /** Comma between names: authors, then translators, illustrators, editors. */
  readonly authors: string
  /** Of first publication; negative before the common era; may be empty. */
  readonly year: string
  readonly language: string
  /** Shelf names, `|` between them. */
  readonly genres: string
}

/** Names kept a book: the rest are those who helped to make an edition. */
const MAX_AUTHORS = 3

/** No one's name. */
const NOBODY = /^(various|unknown)$/i

/** Editions named in brackets at the end of a title, which are no part of its name. */
const EDITION =
  /\s*\((?:[^()]*\b(?:edition|little golden book|golden book|essentials|bookworms|readers|tie-in|i can read book|classics?|critical interpretations|board books)\b[^()]*|disney)\)$/i

/** `The Walking Dead, Vol. 12: Life Among Them`: a series named in the title itself. */
const VOLUME = /^(.{2,}?)(?:,|:)? (?:Vol\.|Volume|tome) 0*(\d+)\b/i

export function toItem(book: RawBook): ItemRecord {
  const { title, series } = cleanTitle(book.title.replace(EDITION, ''))
  const year = Number(book.year)
  const hasYear = book.year !== '' && Number.isInteger(year)
  const language = LANGUAGES[book.language]
  const inTitle = series ?? volumeOf(title)
  return {
    id: book.book_id,
    title,
    authors: authorsOf(book.authors),
    ...(hasYear && { year }),
    genres: genresOf(book.genres.split('|'), hasYear ? year : undefined),
    ...(inTitle && { series: inTitle }),
    ...(language && { language }),
  }
}

/**
 * A title's last bracket that names a series another book is numbered in goes from the
 * title to the series: `By the Sword (Valdemar)`.
 */
export function withKnownSeries(items: readonly ItemRecord[]): ItemRecord[] {
  const names = new Set(items.flatMap(({ series }) => series?.name ?? []))
  return items.map((item) => {
    const [, title, bracket] = /^(.+) \(([^()]+)\)$/.exec(item.title) ?? []
    if (!title || !bracket) return item
    if (bracket === title) return { ...item, title }
    const isSeries = names.has(bracket) && item.series === undefined
    return isSeries ? { ...item, title, series: { name: bracket } } : item
  })
}

function authorsOf(text: string): string[] {
  const names = text.split(', ').map((name) => name.replace(/\s+/g, ' ').trim())
  const people = [...new Set(names)].filter((name) => name !== '' && !NOBODY.test(name))
  return people.length === 0 ? ['Anonymous'] : people.slice(0, MAX_AUTHORS)
}

function volumeOf(title: string): ItemRecord['series'] | undefined {
  const match = VOLUME.exec(title)
  return match ? { name: match[1]!, position: Number(match[2]) } : undefined
}

/** The source's codes (ISO 639-2 or a locale) → ISO 639-1, or 639-2 where there is none. */
const LANGUAGES: Readonly<Record<string, string>> = {
  eng: 'en',
  en: 'en',
  'en-US': 'en',
  'en-GB': 'en',
  'en-CA': 'en',
  ara: 'ar',
  dan: 'da',
  fil: 'fil',
  fre: 'fr',
  ger: 'de',
  ind: 'id',
  ita: 'it',
  jpn: 'ja',
  nl: 'nl',
  nor: 'no',
  per: 'fa',
  pol: 'pl',
  por: 'pt',
  rum: 'ro',
  rus: 'ru',
  spa: 'es',
  swe: 'sv',
  tur: 'tr',
  vie: 'vi',
}
