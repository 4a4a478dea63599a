import { expect, test, vi } from 'vitest'
import { listOptionsOf } from './list-options.ts'
import { NO_WISHES } from './wishes.ts'

const optionsOf = (wishes: Partial<Parameters<typeof listOptionsOf>[0]>) =>
  listOptionsOf({ ...NO_WISHES, ...wishes })

test('attributes become what the library is asked', () => {
  expect(optionsOf({})).toEqual({})
  expect(
    optionsOf({
      filter: 'price < 5',
      exclude: ' a, b ,,c',
      boost: "title = 'a: 1b': +1; price < 20 : -0.5",
      threshold: '0.25',
      fallback: 'popular',
    }),
  ).toEqual({
    filter: 'price < 5',
    exclude: ['a', 'b', 'c'],
    boost: [
      { filter: "title = 'a: 1b'", by: 1 },
      { filter: 'price < 20 ', by: -0.5 },
    ],
    threshold: 0.25,
    fallback: 'popular',
  })
  expect(optionsOf({ fallback: '7, 9' })).toEqual({ fallback: ['7', '9'] })
  expect(optionsOf({ boost: '[{"filter": "price < 3", "by": 2}]' }).boost).toEqual([
    { filter: 'price < 3', by: 2 },
  ])
})

test('properties are taken in the library’s own forms', () => {
  const wishes = {
    filter: { price: { lt: 3 } },
    exclude: ['a'],
    boost: [{ filter: { year: 1999 }, by: 1 }],
    threshold: 0.5,
    fallback: ['b'],
  }
  expect(optionsOf(wishes)).toEqual(wishes)
})

test('an empty filter is passed on: it states that filters will follow', () => {
  expect(optionsOf({ filter: '' })).toEqual({ filter: '' })
})

test('a boost or a threshold that cannot be read is named on the console and left out', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  expect(optionsOf({ boost: 'price < 3', threshold: '7' })).toEqual({})
  expect(optionsOf({ boost: '[{]' })).toEqual({})
  expect(warn.mock.calls.map(([text]) => text)).toEqual([
    "Hearth: wrong boost: got “price < 3”, expected “filter: number”, as “category = 'Sale': +1”.",
    'Hearth: wrong threshold: got “7”, expected a number from 0 to below 1.',
    "Hearth: wrong boost: got “[{]”, expected “filter: number”, as “category = 'Sale': +1”.",
  ])
  warn.mockRestore()
})
