/** Dates of exports → Unix ms. A day without an hour is its noon in UTC, so that it is that day nearly everywhere. */

const NOON_MS = 43_200_000
/** As late as an event may be: 1 January 2100, ms. */
const MAX_AT = Date.UTC(2100, 0, 1)

/** Which of two numbers before the year is the day. */
export type DayOrder = 'day-first' | 'month-first'

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/
const YEAR_LAST = /^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})\.?$/
const KOREAN = /^(\d{4})\s*[.년年]\s*(\d{1,2})\s*[.월月]\s*(\d{1,2})\s*[.일日]?$/

/**
 * ISO 8601, `2023/01/15`, Unix seconds, ms or µs, `2019-05-01 20:11:02` (UTC), `Jan 15, 2023`
 * and numbers with the year last, read in `order`.
 * @returns undefined for what is no date, or one before 1970 or after 2100
 */
export function timeOf(
  text: string,
  order: DayOrder = 'month-first',
): number | undefined {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > 40) return undefined
  const at = timeOfText(trimmed, order)
  return at !== undefined && at > 0 && at < MAX_AT ? at : undefined
}

function timeOfText(text: string, order: DayOrder): number | undefined {
  if (/^\d{9,17}(\.\d+)?$/.test(text)) return timeOfNumber(Number(text))
  const first = YEAR_FIRST.exec(text) ?? KOREAN.exec(text)
  if (first) return noonOf(Number(first[1]), Number(first[2]), Number(first[3]))
  const last = YEAR_LAST.exec(text)
  if (last) {
    const [a, b, year] = [Number(last[1]), Number(last[2]), fullYear(last[3]!)]
    return order === 'day-first' ? noonOf(year, b, a) : noonOf(year, a, b)
  }
  if (!/\d{4}/.test(text)) return undefined
  const hasZone = /(?:Z|UTC|GMT|[+-]\d\d:?\d\d)$/i.test(text)
  const hasClock = /\d:\d\d/.test(text)
  const parsed = Date.parse(hasClock && !hasZone ? `${text.replace(' ', 'T')}Z` : text)
  if (Number.isNaN(parsed)) return undefined
  if (hasClock) return parsed
  const day = new Date(parsed) // without an hour: the day as it is written, in local time
  return Date.UTC(day.getFullYear(), day.getMonth(), day.getDate()) + NOON_MS
}

/** Seconds up to 1e11, ms up to 1e14, else µs: each reaches past the year 2100. */
function timeOfNumber(value: number): number {
  if (value < 1e11) return value * 1000
  return Math.round(value < 1e14 ? value : value / 1000)
}

/** Two digits are of this century. */
function fullYear(digits: string): number {
  return digits.length === 4 ? Number(digits) : 2000 + Number(digits)
}

function noonOf(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined
  return Date.UTC(year, month - 1, day) + NOON_MS
}

/**
 * Whether the dates of a column have the day or the month first: by a number above 12, else
 * by what makes them a list from the newest to the oldest, as viewing histories are.
 */
export function dayOrderOf(cells: readonly string[]): DayOrder {
  const pairs = cells.flatMap((cell) => {
    const found = YEAR_LAST.exec(cell.trim())
    return found ? [[Number(found[1]), Number(found[2]), found[0]] as const] : []
  })
  if (pairs.some(([a]) => a > 12)) return 'day-first'
  if (pairs.some(([, b]) => b > 12)) return 'month-first'
  const dayFirst = turnsOf(pairs.map(([, , cell]) => timeOf(cell, 'day-first') ?? 0))
  const monthFirst = turnsOf(
    pairs.map(([, , cell]) => timeOf(cell, 'month-first') ?? 0),
  )
  if (dayFirst !== monthFirst)
    return dayFirst < monthFirst ? 'day-first' : 'month-first'
  // nothing decides: a dot or a dash is European, a slash is American
  return pairs.some(([, , cell]) => cell.includes('/')) ? 'month-first' : 'day-first'
}

/** Neighbours that go the other way than most. */
function turnsOf(times: readonly number[]): number {
  let up = 0
  let down = 0
  for (let i = 1; i < times.length; i++) {
    if (times[i]! > times[i - 1]!) up++
    if (times[i]! < times[i - 1]!) down++
  }
  return Math.min(up, down)
}
