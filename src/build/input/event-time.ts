/** The cell of a time column → Unix ms, in the many ways exporters write a time. */
import { timeOf } from './cell.ts'

/** Unix ms of either order of `a/b/yyyy`; both the same for every other way of writing. */
export interface EventTime {
  readonly dayFirst: number
  readonly monthFirst: number
}

/** Numbers from here on are Unix µs, not ms (the year 5138). */
const MIN_MICROSECONDS = 1e14
/** And from here on Unix ns. */
const MIN_NANOSECONDS = 1e17

const CLOCK = String.raw`(?:[T ,]\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([AaPp][Mm])?)?`
const ZONE = String.raw`\s*(?:Z|UTC|GMT|\+00:?00)?`
const SLASHED = new RegExp(`^(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4})${CLOCK}${ZONE}$`)
const YEAR_FIRST = new RegExp(`^(\\d{4})([/.-])(\\d{1,2})\\2(\\d{1,2})${CLOCK}${ZONE}$`)
/** `05 3, 2014`, as Amazon's reviews have it. */
const MONTH_DAY_YEAR = /^(\d{1,2}) (\d{1,2}), (\d{4})$/
/** `10/Oct/2000:13:55:36 -0700`, as servers log it. */
const LOGGED = /^(\d{1,2})\/([A-Za-z]{3})\/(\d{4}):(\d\d:\d\d:\d\d)(?: ([+-]\d{4}))?$/
const MONTH_NAME = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/i
const HAS_ZONE = /(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\s*(?:\([^)]*\))?$/

/**
 * Unix s, ms, µs or ns, ISO 8601, `2017-11-25 00:00:00 UTC`, `25/11/2017`, `25.11.2017`,
 * `2017/11/25`, `Nov 25, 2017`. Without a zone it is UTC. NaN for anything else, and for
 * an order of day and month that names no day.
 */
export function eventTimeOf(cell: unknown): EventTime {
  const plain = timeOf(cell)
  if (plain >= MIN_MICROSECONDS) return both(Math.round(plain / microsIn(plain)))
  if (!Number.isNaN(plain)) return both(plain)
  return typeof cell === 'string' ? writtenTime(cell.trim()) : both(Number.NaN)
}

/** `20171125`: only where the whole column is written so, as it is also a Unix time. */
export function compactDateOf(cell: unknown): number {
  const match = /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(String(cell).trim())
  return match ? utc(match[1]!, match[2]!, match[3]!) : Number.NaN
}

function microsIn(value: number): number {
  return value >= MIN_NANOSECONDS ? 1e6 : 1e3
}

function writtenTime(text: string): EventTime {
  const slashed = SLASHED.exec(text)
  if (slashed) {
    const [, a, separator, b, year, ...clock] = slashed
    const dayFirst = utc(year!, b!, a!, clock)
    // A day before a dot comes first wherever dates are written so.
    return {
      dayFirst,
      monthFirst: separator === '.' ? dayFirst : utc(year!, a!, b!, clock),
    }
  }
  const yearFirst = YEAR_FIRST.exec(text)
  if (yearFirst) {
    const [, year, , month, day, ...clock] = yearFirst
    return both(utc(year!, month!, day!, clock))
  }
  const american = MONTH_DAY_YEAR.exec(text)
  if (american) return both(utc(american[3]!, american[1]!, american[2]!))
  const logged = LOGGED.exec(text)
  if (logged) {
    const [, day, month, year, clock, zone = '+0000'] = logged
    return both(Date.parse(`${day} ${month} ${year} ${clock} ${zone}`))
  }
  if (!MONTH_NAME.test(text) || !/\d{4}/.test(text)) return both(Number.NaN)
  return both(Date.parse(HAS_ZONE.test(text) ? text : `${text} UTC`))
}

/** @returns NaN where there is no such day: month 13, 31 February */
function utc(
  year: string,
  month: string,
  day: string,
  [hours = '0', minutes = '0', seconds = '0', half]: readonly (
    | string
    | undefined
  )[] = [],
): number {
  const hour = half
    ? (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
    : Number(hours)
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const isDay = new Date(midnight).getUTCDate() === Number(day)
  if (!isDay || Number(month) > 12 || hour > 23) return Number.NaN
  return midnight + ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}

function both(time: number): EventTime {
  return { dayFirst: time, monthFirst: time }
}
