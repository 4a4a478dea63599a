/** A date in any common form → its year, and its day where the form leaves no doubt. */
import { textOf } from './cell.ts'

interface FoundDate {
  readonly year: number
  /** ISO 8601, as `2016-05-09`; absent where only a year, or no certain day, is given. */
  readonly day?: string
  /** Why a day that is written is not taken: no calendar has it, or it may be a month. */
  readonly lost?: 'no such day' | 'either order'
}

/** Years taken for real; the first ones are before the common era. */
const MIN_YEAR = -5000
const MAX_YEAR = 2100

/** Characters of a date; what is longer is a text with a number in it. */
const MAX_LENGTH = 60

/**
 * Understood: years, ISO 8601, `2016/05/09`, `09.05.2016`, `5/9/2016` (its year alone: the
 * order of day and month is anyone's guess unless one is above 12), `Jun 12 1998`,
 * `12 juin 1998`, RFC 2822, `2016年5月9日`, `20160509`, Unix seconds and milliseconds,
 * and a year with a word (`c. 1900`, `1999–2003`).
 *
 * @returns undefined where nothing is written, `bad` where no year can be read
 */
export function dateOf(cell: unknown): FoundDate | undefined | 'bad' {
  const text = textOf(cell)
  if (text === undefined) return undefined
  if (text.length > MAX_LENGTH) return 'bad'
  const found = /^[+-]?\d+(?:\.0+)?$/.test(text) ? fromNumber(text) : fromText(text)
  return found && isYear(found.year) ? found : 'bad'
}

/** The year of `dateOf`. */
export function yearOf(cell: unknown): number | undefined | 'bad' {
  const date = dateOf(cell)
  return typeof date === 'object' ? date.year : date
}

function isYear(year: number): boolean {
  return Number.isInteger(year) && year !== 0 && year >= MIN_YEAR && year <= MAX_YEAR
}

/** Unix seconds from 1973 on, milliseconds too: smaller numbers are years or no dates. */
const MIN_SECONDS = 1e8
const MIN_MS = 1e11
const MAX_MS = 1e13

function fromNumber(text: string): FoundDate | undefined {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? []
  if (year !== undefined) return certain(year, month, day)
  const value = Number(text)
  if (value < MIN_SECONDS) return { year: value }
  if (value >= MAX_MS) return undefined
  const day0 = new Date(value < MIN_MS ? value * 1000 : value)
    .toISOString()
    .slice(0, 10)
  return { year: Number(day0.slice(0, 4)), day: day0 }
}

/** Forms that start with the year, then the day or month. */
const YEAR_FIRST = /^([+-]?\d{4})(?:([-/.])(\d\d?)(?:\2(\d\d?))?)?(?:[T\s].*)?$/
const EAST_ASIAN = /^(\d{4})\s*[年년]\s*(?:(\d\d?)\s*[月월]\s*)?(?:(\d\d?)\s*[日일])?/
const YEAR_LAST = /^(\d\d?)([./-])(\d\d?)\2(\d{4})(?:[T\s,].*)?$/
const LONE_YEAR = /^\D{0,12}(\d{4})(?:\D{0,12}|\s*[-–]\s*\d{2,4})$/

function fromText(text: string): FoundDate | undefined {
  const first = YEAR_FIRST.exec(text)
  // 1997.5 is a number, not May of 1997
  if (first && !(first[2] === '.' && first[4] === undefined)) {
    return certain(first[1], first[3], first[4]) ?? withoutDay(first[1])
  }
  const asian = EAST_ASIAN.exec(text)
  if (asian) return certain(asian[1], asian[2], asian[3]) ?? withoutDay(asian[1])
  const last = YEAR_LAST.exec(text)
  if (last) return fromYearLast(last)
  const named = fromMonthName(text)
  if (named) return named
  const lone = LONE_YEAR.exec(text)
  return lone ? { year: Number(lone[1]) } : undefined
}

function fromYearLast([, a, separator, b, year]: RegExpExecArray) {
  const [one, two] = [Number(a), Number(b)]
  if (separator === '/' && one <= 12 && two <= 12 && one !== two) {
    return { year: Number(year), lost: 'either order' } as const
  }
  const isMonthFirst = separator === '/' && one <= 12
  const [month, day] = isMonthFirst ? [a, b] : [b, a]
  return certain(year, month, day) ?? withoutDay(year)
}

const withoutDay = (year?: string) =>
  ({ year: Number(year), lost: 'no such day' }) as const

/** The day too, where month and day are ones a calendar has. */
function certain(year?: string, month?: string, day?: string): FoundDate | undefined {
  const number = Number(year)
  if (month === undefined) return { year: number }
  if (Number(month) < 1 || Number(month) > 12) return undefined
  if (day === undefined) return { year: number }
  if (number < 1) return { year: number }
  const iso = [year!.padStart(4, '0'), month.padStart(2, '0'), day.padStart(2, '0')]
  const text = iso.join('-')
  const time = Date.parse(`${text}T00:00:00Z`)
  const isReal = Number.isFinite(time) && new Date(time).toISOString().startsWith(text)
  return isReal ? { year: number, day: text } : undefined
}

// Months by name, as the languages' own tables have them.

const MONTH_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'ru']

let monthNames: ReadonlyMap<string, number> | undefined

function readMonthNames(): ReadonlyMap<string, number> {
  const names = new Map<string, number>()
  for (const language of MONTH_LANGUAGES) {
    for (const month of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(language, {
        day: 'numeric',
        month,
        timeZone: 'UTC',
      })
      for (let at = 0; at < 12; at++) {
        const parts = format.formatToParts(Date.UTC(2000, at, 1))
        const name = parts.find(({ type }) => type === 'month')!.value
        const key = name.toLowerCase().replaceAll('.', '')
        if (!names.has(key)) names.set(key, at + 1)
      }
    }
  }
  return names.set('sept', 9)
}

/** `Jun 12 1998`, `12 June 1998`, `June 1998`, `Mon, 06 Sep 2021 00:01:00 +0000`. */
function fromMonthName(text: string): FoundDate | undefined {
  monthNames ??= readMonthNames()
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  const month = words
    .map((word) => monthNames!.get(word))
    .find((at) => at !== undefined)
  if (month === undefined) return undefined
  const withoutClock = text.replace(/\d\d?:\d\d.*$/, '')
  const numbers: string[] = withoutClock.match(/\d+/g) ?? []
  const year = numbers.find((number) => number.length === 4)
  if (year === undefined) return undefined
  const day = numbers.find((number) => number.length <= 2)
  return certain(year, String(month), day) ?? withoutDay(year)
}
