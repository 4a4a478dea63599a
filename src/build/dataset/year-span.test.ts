import { expect, test } from 'vitest'
import { yearSpan } from './attributes.ts'

test.each([
  [1987, '1980s'],
  [1980, '1980s'],
  [2005, '2000s'],
  [1800, '1800s'],
  [1799, '18th century'],
  [1700, '17th century'],
  [1605, '17th century'],
  [1, '1st century'],
  [150, '2nd century'],
  [1050, '11th century'],
  [-750, '8th century BC'],
  [-1, '1st century BC'],
])('names the span of %i "%s"', (year, span) => {
  expect(yearSpan(year)).toBe(span)
})

test.each([undefined, 0, Number.NaN, 1999.5])('has no span for %s', (year) => {
  expect(yearSpan(year)).toBeUndefined()
})
