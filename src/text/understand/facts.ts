/**
 * Facts in a text: "before 1950", "from the 80s", "under 20 €", "under 300 pages", "in
 * French", "by Stephen King". Plain rules; each is a test over one field of an item.
 */
import type { ItemRecord } from '../../pack/item.ts'

export type FactField = 'year' | 'price' | 'pages' | 'language'

/** A range of numbers, both ends included, or one text. */
export interface Fact {
  readonly field: FactField
  readonly least?: number
  readonly most?: number
  readonly value?: string
  /** As it stands on a chip: "before 1950". */
  readonly label: string
}

/** Years that a text may name; others are numbers. */
const YEAR = '(1[0-9]\\d\\d|20\\d\\d)'
const MONEY = '(?:€|\\$|£|¥|eur|euros?|usd|dollars?|pounds?|gbp|元|円|원|руб\\.?|zł)'
const LIKE_MOST =
  '(?:under|below|less than|cheaper than|at most|up to|max(?:imum)?|shorter than|fewer than|unter|weniger als|höchstens|bis zu|moins de|menos de|meno di|minder dan|poniżej|дешевле|до|少于|不到|低于)'
const LIKE_LEAST =
  '(?:over|above|more than|at least|longer than|über|mehr als|mindestens|plus de|más de|più di|mais de|meer dan|powyżej|дороже|больше|多于|超过)'

interface Rule {
  readonly pattern: RegExp
  readonly read: (match: RegExpMatchArray) => Omit<Fact, 'label'> | undefined
}

const number = (text: string | undefined) => Number((text ?? '').replace(',', '.'))

/** "80s" is of the last century, "10s" of this one. */
const THIS_CENTURY_UP_TO = 20
const decadeOf = (text: string) => {
  const digits = Number(text)
  if (text.length === 4) return digits
  return digits <= THIS_CENTURY_UP_TO ? 2000 + digits : 1900 + digits
}

const WORD = '(?<![\\p{L}\\p{N}])'
const END = '(?![\\p{L}\\p{N}])'
const rule = (source: string, read: Rule['read']): Rule => ({
  pattern: new RegExp(`${WORD}${source}${END}`, 'iu'),
  read,
})
const bare = (source: string, read: Rule['read']): Rule => ({
  pattern: new RegExp(source, 'iu'),
  read,
})

const YEAR_LEAD =
  '(?:(?:books?|novels?|published|written|released|made|set|aus|von|erschienen|publiés?|publicad[oa]s?|pubblicat[oi]|написан\\p{L}*|изданн\\p{L}*)\\s+)*'

const RULES: readonly Rule[] = [
  rule(
    `${YEAR_LEAD}(?:between|from|zwischen|entre|tra|między|с|между)\\s+${YEAR}\\s*(?:and|to|-|–|und|bis|et|y|e|i|и|по|до)\\s*${YEAR}`,
    ([, a, b]) => ({
      field: 'year',
      least: Math.min(number(a), number(b)),
      most: Math.max(number(a), number(b)),
    }),
  ),
  rule(
    `${YEAR_LEAD}(?:not after|(?<!not )before|until|older than|vor|bis|avant|antes de|prima del?|voor|przed|до|раньше)\\s+(?:the (?:year )?)?${YEAR}(?!s)`,
    ([whole, year]) => ({
      field: 'year',
      most: number(year) - (/not after|until/iu.test(whole) ? 0 : 1),
    }),
  ),
  rule(
    `${YEAR_LEAD}(?:not before|since|after|newer than|nach|seit|après|depuis|después de|desde|dopo(?: il)?|depois de|na|sinds|po|после|с|від|після)\\s+(?:the (?:year )?)?${YEAR}(?!s)`,
    (match) => ({
      field: 'year',
      least:
        number(match[1]) +
        (/after|nach|après|después|dopo|depois|после|після|newer/iu.test(match[0]) &&
        !/not/iu.test(match[0])
          ? 1
          : 0),
    }),
  ),
  rule(
    `${YEAR_LEAD}(?:in|from|of)?\\s*(?:the )?((?:1[0-9]|20)\\d0|\\d0)['’]?s`,
    ([, decade]) => {
      const first = decadeOf(decade!)
      return { field: 'year', least: first, most: first + 9 }
    },
  ),
  rule(
    `${YEAR_LEAD}(?:in|from|of|aus|von|im jahr|en|de|del|nel|uit|z|в)\\s+${YEAR}(?:\\s*(?:году|року|r\\.|年))?`,
    ([, year]) => ({ field: 'year', least: number(year), most: number(year) }),
  ),
  bare(`${YEAR}\\s*年?(?:之前|以前|よりも?前|이전)(?:的|の)?`, ([, year]) => ({
    field: 'year',
    most: number(year) - 1,
  })),
  bare(`${YEAR}\\s*年?(?:之后|以后|以降|이후)(?:的|の)?`, ([, year]) => ({
    field: 'year',
    least: number(year),
  })),
  bare(`${YEAR}\\s*年(?:出版)?(?:的|の)?`, ([, year]) => ({
    field: 'year',
    least: number(year),
    most: number(year),
  })),
  rule(
    `(?:(?:for|costing|priced)\\s+)?${LIKE_MOST}\\s*${MONEY}?\\s*(\\d+(?:[.,]\\d+)?)\\s*${MONEY}`,
    ([, price]) => ({ field: 'price', most: number(price) }),
  ),
  bare(`${LIKE_MOST}\\s*${MONEY}\\s*(\\d+(?:[.,]\\d+)?)`, ([, price]) => ({
    field: 'price',
    most: number(price),
  })),
  bare(`${LIKE_MOST}\\s*(\\d+(?:[.,]\\d+)?)\\s*${MONEY}`, ([, price]) => ({
    field: 'price',
    most: number(price),
  })),
  bare(
    `${LIKE_LEAST}\\s*${MONEY}\\s*(\\d+(?:[.,]\\d+)?)|${LIKE_LEAST}\\s*(\\d+(?:[.,]\\d+)?)\\s*${MONEY}`,
    ([, a, b]) => ({ field: 'price', least: number(a ?? b) }),
  ),
  bare(
    `(?:with )?${LIKE_MOST}\\s*(\\d+)\\s*(?:pages?|seiten|páginas|pagine|pagina['’]?s|stron|страниц|сторінок|页|頁|ページ|쪽|sayfa)`,
    ([, pages]) => ({ field: 'pages', most: number(pages) }),
  ),
  bare(
    `(?:with )?${LIKE_LEAST}\\s*(\\d+)\\s*(?:pages?|seiten|páginas|pagine|pagina['’]?s|stron|страниц|сторінок|页|頁|ページ|쪽|sayfa)`,
    ([, pages]) => ({ field: 'pages', least: number(pages) }),
  ),
]

/** English names of languages → ISO 639-1, after "in" or before "book". */
const LANGUAGE_CODES: Readonly<Record<string, string>> = {
  ...{ english: 'en', german: 'de', french: 'fr', spanish: 'es', italian: 'it' },
  ...{ portuguese: 'pt', dutch: 'nl', polish: 'pl', russian: 'ru', ukrainian: 'uk' },
  ...{ turkish: 'tr', arabic: 'ar', hindi: 'hi', vietnamese: 'vi', indonesian: 'id' },
  ...{ chinese: 'zh', japanese: 'ja', korean: 'ko', deutsch: 'de', englisch: 'en' },
}
const LANGUAGE_RULE = new RegExp(
  `${WORD}(?:written |available )?(?:in|auf)\\s+(${Object.keys(LANGUAGE_CODES).join('|')})${END}(?!\\s+(?:society|history|villages?|towns?))`,
  'iu',
)

export interface FoundFacts {
  readonly facts: readonly Fact[]
  /** The text without them. */
  readonly rest: string
}

/** @param text as `plainText` gives it */
export function factsOf(text: string): FoundFacts {
  const facts: Fact[] = []
  let rest = text
  const take = (match: RegExpMatchArray, fact: Omit<Fact, 'label'>) => {
    const label = match[0].trim().replace(/^(?:books?|novels?)\s+/iu, '')
    facts.push({ ...fact, label })
    rest = `${rest.slice(0, match.index)} , ${rest.slice(match.index! + match[0].length)}`
  }
  for (const { pattern, read } of RULES) {
    const match = rest.match(pattern)
    const fact = match && read(match)
    if (fact) take(match, fact)
  }
  const language = rest.match(LANGUAGE_RULE)
  if (language) {
    take(language, {
      field: 'language',
      value: LANGUAGE_CODES[language[1]!.toLowerCase()]!,
    })
  }
  if (facts.length === 0) return { facts, rest: text }
  return {
    facts,
    rest: rest.replace(/(?:\s*,\s*)+/g, ', ').replace(/^[,\s]+|[,\s]+$/g, ''),
  }
}

/** An item's own value; undefined where the catalogue does not tell. `pages` has none. */
function factOf(field: FactField, record: ItemRecord): number | string | undefined {
  return field === 'pages' ? undefined : record[field]
}

/** Whether the item passes; one that does not tell does not. */
export function holds(
  { field, least, most, value }: Fact,
  record: ItemRecord,
): boolean {
  const own = factOf(field, record)
  if (own === undefined) return false
  if (typeof own === 'string')
    return value === undefined || own.toLowerCase().startsWith(value)
  return own >= (least ?? -Infinity) && own <= (most ?? Infinity)
}
