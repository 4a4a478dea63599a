/** A catalogue's title → the title shown, its series and its year. */
import type { ItemRecord } from '../../pack/item.ts'
import { plainLine } from '../../pack/plain-line.ts'

interface CleanTitle {
  readonly title: string
  readonly series?: NonNullable<ItemRecord['series']>
  readonly year?: number
}

/** A bracket at the end, one level of brackets inside it allowed. */
const LAST_BRACKET = /\s*\(((?:[^()]|\([^()]*\))*)\)\s*$/
/** `Discworld, #3`, `Robot #0.1`, `Saga, Book 2`, `Saga Vol. 2` and what follows. */
const NUMBERED =
  /^(.*?\S)\s*(?:[,:]?\s*#|(?:,\s*|\s+)(?:book|vol\.?|volume|no\.|part)\s+#?)\s*(\d+(?:\.\d+)?)(.*)$/i
/** After a number: `-3`, `–3`, `, #4`, `+ 3.5`, `& 2`: several volumes at once. */
const MORE_VOLUMES = /^\s*[-–—,+&]\s*#?\s*\d/
/** `War, The`, `Misérables, Les (Miserables)`: sorted by the word that counts. */
const SORTED_ARTICLE =
  /^(.+), (The|A|An|Le|La|Les|L'|El|Los|Las|Il|Lo|Der|Das)(\s*\([^()]*\))?$/

/**
 * `"The Light Fantastic (Discworld, #2; Rincewind #2)"` → The Light Fantastic, 2nd of
 * Discworld (the first series named). A box set (`#1-3`) has a series but no position.
 * `"Toy Story (1995)"` → Toy Story, 1995. `"War, The"` → The War. Other brackets stay.
 */
export function cleanTitle(raw: string): CleanTitle {
  const text = plainLine(raw.replace(/\s+/g, ' ')).trim()
  const bracket = LAST_BRACKET.exec(text)
  const before = bracket ? text.slice(0, bracket.index).trim() : ''
  if (!bracket || before === '') return { title: articleFirst(text) }
  const inside = bracket[1]!.trim()
  if (/^(1[89]|20)\d\d$/.test(inside)) {
    return { title: articleFirst(before), year: Number(inside) }
  }
  const series = parseSeries(inside)
  return series
    ? { title: articleFirst(before), series }
    : { title: articleFirst(text) }
}

/** `"Discworld, #3; Witches #1"` → Discworld, 3; undefined where no volume is numbered. */
export function parseSeries(text: string): CleanTitle['series'] | undefined {
  const match = NUMBERED.exec(text.split(';')[0]!.trim())
  if (!match) return undefined
  const name = match[1]!.replace(/[,:\s]+$/, '')
  if (name === '') return undefined
  return MORE_VOLUMES.test(match[3]!) ? { name } : { name, position: Number(match[2]) }
}

function articleFirst(title: string): string {
  const match = SORTED_ARTICLE.exec(title)
  if (!match) return title
  const [, name, article, rest = ''] = match
  return `${article}${article!.endsWith("'") ? '' : ' '}${name}${rest}`
}
