import { expect, test } from 'vitest'
import {
  idOf,
  isUnreadable,
  listOf,
  numberOf,
  peopleOf,
  textOf,
  timeOf,
} from './cell.ts'

test('text loses control characters and doubled spaces, and "nothing" is nothing', () => {
  expect(textOf('  a\u0000b\n c \u202Ed ')).toBe('a b c d')
  expect(textOf('<b>bold</b>')).toBe('<b>bold</b>')
  for (const nothing of ['', '  ', 'NaN', 'null', 'N/A', null, undefined, {}]) {
    expect(textOf(nothing)).toBeUndefined()
  }
})

test('an id is kept as written, number or string', () => {
  expect(idOf(' 007 ')).toBe('007')
  expect(idOf(7)).toBe('7')
  expect(idOf('')).toBeUndefined()
  expect(idOf(null)).toBeUndefined()
})

test('an id that JSON has rounded is none', () => {
  expect(idOf(2 ** 53 - 1)).toBe('9007199254740991')
  expect(idOf(2 ** 53)).toBeUndefined()
  expect(idOf('12345678901234567890')).toBe('12345678901234567890')
})

test('halves of surrogate pairs are replaced, so that an id fits in an address', () => {
  expect(idOf('a\uD800')).toBe('a\uFFFD')
  expect(textOf('\uDFFFb 😀')).toBe('\uFFFDb 😀')
})

test('an object with a name is its name; other things are unreadable', () => {
  expect(peopleOf({ id: 3, name: 'Ann Leckie' })).toEqual(['Ann Leckie'])
  expect(listOf([{ name: 'sf' }, 'space'])).toEqual(['sf', 'space'])
  for (const readable of [null, '', 'x', 0, [], [null, 'a'], { name: 'a' }]) {
    expect(isUnreadable(readable)).toBe(false)
  }
  for (const odd of [true, {}, { label: 'a' }, ['a', { label: 'b' }]]) {
    expect(isUnreadable(odd)).toBe(true)
  }
})

test('a list is an array, or split at the strongest separator in it', () => {
  expect(listOf('a|b, c|a')).toEqual(['a', 'b, c'])
  expect(listOf('a; b,c')).toEqual(['a', 'b,c'])
  expect(listOf('a, b')).toEqual(['a', 'b'])
  expect(listOf(['x, y', ' z ', 3, ''])).toEqual(['x, y', 'z', '3'])
  expect(listOf('(no genres listed)')).toEqual([])
})

test('a comma inside one name splits no one in two', () => {
  expect(peopleOf('Joel Coen, Ethan Coen')).toEqual(['Joel Coen', 'Ethan Coen'])
  expect(peopleOf('Kurt Vonnegut, Jr.')).toEqual(['Kurt Vonnegut, Jr.'])
  expect(peopleOf('Tolkien, J.R.R.')).toEqual(['Tolkien, J.R.R.'])
  expect(peopleOf('Sophocles, J.E. Thomas')).toEqual(['Sophocles', 'J.E. Thomas'])
  expect(peopleOf('Le Guin, Ursula|Banks, Iain')).toEqual([
    'Le Guin, Ursula',
    'Banks, Iain',
  ])
})

test('what is written where no one is known is no person', () => {
  for (const nobody of ['Unknown', 'unknown author', 'N/A', '-', '–', '(Unknown)']) {
    expect(peopleOf(nobody)).toEqual([])
  }
  expect(peopleOf('Unknown|Ann Lee')).toEqual(['Ann Lee'])
  expect(peopleOf(['Unknown Author', { name: 'Bo Ek' }])).toEqual(['Bo Ek'])
  for (const credit of ['Anonymous', 'Various', 'Unknown Mortal Orchestra']) {
    expect(peopleOf(credit)).toEqual([credit])
  }
})

test('a number is finite or NaN', () => {
  expect(numberOf('4.5')).toBe(4.5)
  expect(numberOf('1e400')).toBeNaN()
  expect(numberOf('four')).toBeNaN()
  expect(numberOf('')).toBeNaN()
})

test('times are Unix seconds, Unix milliseconds or ISO 8601', () => {
  const noon = Date.UTC(2000, 6, 30, 12)
  expect(timeOf(noon / 1000)).toBe(noon)
  expect(timeOf(String(noon))).toBe(noon)
  expect(timeOf('2000-07-30T12:00:00Z')).toBe(noon)
  expect(timeOf('2000-07-30 12:00')).toBe(noon)
  expect(timeOf('2000-07-30T14:00:00+02:00')).toBe(noon)
  expect(timeOf('2000-07-30')).toBe(Date.UTC(2000, 6, 30))
  for (const bad of ['', 'yesterday', 'book 1', '30/07/2000', '-5', '2000-13-45']) {
    expect(timeOf(bad)).toBeNaN()
  }
})
