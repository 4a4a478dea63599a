import { describe, expect, test } from 'vitest'
import { inferColumn, type KeptCell } from './infer-column-type.ts'

const typeOf = (cells: readonly KeptCell[], name = 'x') => inferColumn(cells, name).type
const valuesOf = (cells: readonly KeptCell[], name = 'x') =>
  inferColumn(cells, name).values

describe('a column is', () => {
  test.each<[string, KeptCell[], unknown[]]>([
    ['yes and no', ['yes', undefined, 'No'], [true, undefined, false]],
    ['JSON flags', [true, true], [true, true]],
    ['ones and noughts', ['1', '0', '1'], [true, false, true]],
    ['flags in German', ['ja', 'Nein'], [true, false]],
  ])('a flag of %s', (_, cells, values) => {
    expect(inferColumn(cells, 'x')).toEqual({ type: 'flag', values, unread: 0 })
  })

  test.each<[string, KeptCell[], unknown[]]>([
    ['numbers', [1.5, -2, undefined], [1.5, -2, undefined]],
    ['ones alone', ['1', '1'], [1, 1]],
    ['thousands', ['1,299.00', '1 000', '12'], [1299, 1000, 12]],
    ['decimal commas', ['1.299,50', '0,5'], [1299.5, 0.5]],
    ['one unit', ['12 kg', '0.5 kg'], [12, 0.5]],
    ['one unit and its plural', ['1 Season', '2 Seasons'], [1, 2]],
    ['a currency', ['$5', '$12.50'], [5, 12.5]],
    ['degrees below zero', ['-5 °C', '10 °C'], [-5, 10]],
  ])('a number of %s', (_, cells, values) => {
    expect(inferColumn(cells, 'x')).toEqual({ type: 'number', values, unread: 0 })
  })

  test.each<[string, KeptCell[], string]>([
    ['codes with leading zeros', ['01234', '98765'], 'x'],
    ['long digits', ['9780380013169', '9780380013160'], 'x'],
    ['digits named as a code', ['12345', '12346'], 'ISBN'],
    ['several units', ['90 min', '2 Seasons', '95 min'], 'x'],
    ['versions', ['1.2.3', '1.2.4'], 'x'],
    ['sizes', ['10x12', '8x9'], 'x'],
    ['bounds', ['< 5', '< 7'], 'x'],
  ])('no number of %s', (_, cells, name) => {
    expect(['text', 'category']).toContain(typeOf(cells, name))
  })

  test('a number where two in a hundred are none, which are counted', () => {
    const cells = [...Array.from({ length: 99 }, (_, i) => String(i)), 'unknown']
    expect(inferColumn(cells, 'x')).toMatchObject({ type: 'number', unread: 1 })
    expect(typeOf([...cells, 'unknown', 'unknown'])).not.toBe('number')
  })

  test.each<[string, KeptCell[], unknown[]]>([
    ['days', ['2016-05-09', undefined], ['2016-05-09', undefined]],
    ['midnights', ['2016-05-09T00:00:00Z'], ['2016-05-09']],
    [
      'moments',
      ['2016-05-09T10:00:00Z', '2016-05-09T10:00:00+02:00'],
      ['2016-05-09T10:00:00Z', '2016-05-09T08:00:00Z'],
    ],
    ['days before months', ['5/9/2016', '13/1/2016'], ['2016-09-05', '2016-01-13']],
    ['months before days', ['5/9/2016', '1/13/2016'], ['2016-05-09', '2016-01-13']],
    ['months by name', ['Jun 12 1998', '3 May 2001'], ['1998-06-12', '2001-05-03']],
  ])('a date of %s', (_, cells, values) => {
    expect(inferColumn(cells, 'x')).toEqual({ type: 'date', values, unread: 0 })
  })

  test('no date where any order of day and month would do', () => {
    expect(typeOf(['5/9/2016', '4/8/2016'])).not.toBe('date')
  })

  test.each<[string, KeptCell[], unknown[]]>([
    ['JSON arrays', [['a', 'b'], ['a']], [['a', 'b'], ['a']]],
    ['arrays as text', ['["a", "b"]', "['c']"], [['a', 'b'], ['c']]],
    ['bars', ['a|b', 'c'], [['a', 'b'], ['c']]],
    [
      'commas between words that repeat',
      ['red, blue', 'blue', 'red, blue', 'red'],
      [['red', 'blue'], ['blue'], ['red', 'blue'], ['red']],
    ],
  ])('a list of %s', (_, cells, values) => {
    expect(inferColumn(cells, 'x')).toEqual({ type: 'list', values, unread: 0 })
  })

  test('no list of sentences with commas, nor of names that differ', () => {
    expect(typeOf(['Well, no', 'Ah, yes', 'Oh, perhaps'])).not.toBe('list')
    expect(typeOf(['Paris, France', 'Rome, Italy', 'Bonn, Germany'])).not.toBe('list')
  })

  test('no list where no array has more than one', () => {
    expect(valuesOf([['a'], ['b'], ['a']])).toEqual(['a', 'b', 'a'])
    expect(typeOf([['a'], ['b'], ['a'], ['a']])).toBe('category')
  })

  test('a category of words that repeat, or of a few short ones', () => {
    expect(typeOf(['red', 'blue', 'red', 'blue'])).toBe('category')
    expect(typeOf(['red', 'blue', 'green'])).toBe('category')
  })

  test('text of long or different values', () => {
    expect(typeOf(['A-1', 'A-2', 'A-3'])).toBe('text')
    expect(typeOf(['x'.repeat(90), 'x'.repeat(90)])).toBe('text')
    expect(valuesOf(['Tom &amp; Jerry', 'x9'])).toEqual(['Tom & Jerry', 'x9'])
  })
})
