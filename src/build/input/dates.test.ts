import { expect, test } from 'vitest'
import { dateOf, yearOf } from './dates.ts'

test('a year is a whole number or the start of a date', () => {
  expect(yearOf('1997')).toBe(1997)
  expect(yearOf('1997.0')).toBe(1997)
  expect(yearOf(-400)).toBe(-400)
  expect(yearOf('1997-05-01')).toBe(1997)
  expect(yearOf('')).toBeUndefined()
  for (const bad of ['0', 'soon', '19977', '1997.5', '3000', '05/01/97']) {
    expect(yearOf(bad)).toBe('bad')
  }
})

test.each([
  ['2016/05/09', '2016-05-09'],
  ['09.05.2016', '2016-05-09'],
  ['Jun 12 1998', '1998-06-12'],
  ['12 June 1998', '1998-06-12'],
  ['June 12th, 1998', '1998-06-12'],
  ['12 juin 1998', '1998-06-12'],
  ['9. Mai 2016', '2016-05-09'],
  ['9 мая 2016 г.', '2016-05-09'],
  ['Mon, 06 Sep 2021 00:01:00 +0000', '2021-09-06'],
  ['1479164400', '2016-11-14'],
  ['1479164400000', '2016-11-14'],
  ['20160509', '2016-05-09'],
  ['2016年5月9日', '2016-05-09'],
  ['2016-05-09', '2016-05-09'],
  ['2016-05-09T10:00:00Z', '2016-05-09'],
  ['25/12/2016', '2016-12-25'],
  ['12/25/2016', '2016-12-25'],
])('%s is the day %s', (text, day) => {
  expect(dateOf(text)).toEqual({ year: Number(day.slice(0, 4)), day })
})

test.each([
  ['5/9/2016', 2016],
  ['2016-05', 2016],
  ['2016-00-00', 2016],
  ['c. 1900', 1900],
  ['1999–2003', 1999],
  ['June 1998', 1998],
  ['Fall 2016', 2016],
])('%s has a year and no certain day', (text, year) => {
  const { lost: _, ...date } = dateOf(text) as { lost?: string }
  expect(date).toEqual({ year })
})

test('a long text with a number in it is no date', () => {
  expect(dateOf(`In 1999 ${'x'.repeat(80)}`)).toBe('bad')
})

test.each([
  ['2020-02-30', { year: 2020, lost: 'no such day' }],
  ['31.02.2020', { year: 2020, lost: 'no such day' }],
  ['2020年2月30日', { year: 2020, lost: 'no such day' }],
  ['03/04/2020', { year: 2020, lost: 'either order' }],
  ['04/04/2020', { year: 2020, day: '2020-04-04' }],
])('%s keeps its year, and states why its day is not taken', (text, date) => {
  expect(dateOf(text)).toEqual(date)
})
