/** First year whose decade is told apart; before it, a century is as fine as a taste. */
const FIRST_DECADE_YEAR = 1800

/**
 * The span a year belongs to, as a visitor would say it: 1987 → "1980s",
 * 1605 → "17th century", −750 → "8th century BC".
 *
 * @param year astronomical sign, but with no year 0: 1 follows −1
 * @returns undefined for a missing year, 0 or a number that is not whole
 */
export function yearSpan(year: number | undefined): string | undefined {
  if (year === undefined || !Number.isInteger(year) || year === 0) return undefined
  if (year >= FIRST_DECADE_YEAR) return `${Math.floor(year / 10) * 10}s`
  const century = Math.ceil(Math.abs(year) / 100)
  return `${century}${ordinalSuffix(century)} century${year < 0 ? ' BC' : ''}`
}

function ordinalSuffix(n: number): string {
  if (n % 100 >= 11 && n % 100 <= 13) return 'th'
  return ['th', 'st', 'nd', 'rd'][n % 10] ?? 'th'
}
