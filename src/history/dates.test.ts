import { expect, test } from 'vitest'
import { dayOrderOf, timeOf } from './dates.ts'

test('dates of every export', () => {
  const day = (text: string, order?: 'day-first') =>
    new Date(timeOf(text, order) ?? 0).toISOString().slice(0, 16)
  expect(day('2023/01/15')).toBe('2023-01-15T12:00')
  expect(day('2023-1-5')).toBe('2023-01-05T12:00')
  expect(day('1/5/23')).toBe('2023-01-05T12:00')
  expect(day('1/5/23', 'day-first')).toBe('2023-05-01T12:00')
  expect(day('15. 1. 2023', 'day-first')).toBe('2023-01-15T12:00')
  expect(day('2023. 1. 15.')).toBe('2023-01-15T12:00')
  expect(day('2023年1月15日')).toBe('2023-01-15T12:00')
  expect(day('Jan 15, 2023')).toBe('2023-01-15T12:00')
  expect(day('2023-01-15 20:11:02')).toBe('2023-01-15T20:11')
  expect(day('2023-01-15T20:11:02+02:00')).toBe('2023-01-15T18:11')
  expect(day('1673740800')).toBe('2023-01-15T00:00')
  expect(day('1673740800000')).toBe('2023-01-15T00:00')
  expect(day('13317552000000000')).toBe('1970-01-01T00:00') // another epoch: beyond 2100
  for (const none of [
    '',
    'soon',
    '99/99/2023',
    '0',
    '-5',
    '3023-01-01',
    'x'.repeat(99),
  ]) {
    expect(timeOf(none)).toBeUndefined()
  }
})

test('where nothing in a column decides, a slash is American and a dot European', () => {
  expect(dayOrderOf(['1/2/2023'])).toBe('month-first')
  expect(dayOrderOf(['1.2.2023'])).toBe('day-first')
  expect(dayOrderOf([])).toBe('day-first')
})
