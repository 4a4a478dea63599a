import { describe, expect, test } from 'vitest'
import {
  makersAgree,
  plainText,
  titleKeys,
  titleLikeness,
  titleWords,
} from './names.ts'

test('plain text has neither case, accents nor punctuation', () => {
  expect(plainText("  L’Étranger & Żółć—Straße's Ærø! ")).toBe(
    'letranger and zolc strasses aero',
  )
})

describe('keys of a title', () => {
  test.each([
    ['The Light (Saga, #2; Other #1)', 'light', 'light'],
    ['War, The', 'war', 'war'],
    ['Stars: Episode IV - A Dawn', 'stars 4 a dawn', 'stars'],
    ['Ferry: Deluxe Edition', 'ferry', 'ferry'],
    ['Tide [Unabridged]', 'tide', 'tide'],
    ['Rocky III', 'rocky 3', 'rocky 3'],
    ['Vol. II', 'vol 2', 'vol 2'],
    ['(500) Days', 'days', 'days'],
    ['[REC]', 'rec', 'rec'],
    ['A', 'a', 'a'],
    ['…', '', ''],
  ])('%s', (title, full, main) => {
    expect(titleKeys(title)).toEqual({ full, main })
  })
})

test('makers agree by surname and initial, in any order', () => {
  const agree = (a: string, b: string) => makersAgree([a], [b])
  expect(agree('Rowling, J.K.', 'J. K. Rowling')).toBe(true)
  expect(agree('Ursula K. Le Guin', 'Le Guin, Ursula')).toBe(true)
  expect(agree('Murakami Haruki', 'Haruki Murakami')).toBe(true)
  expect(agree('King, Stephen', 'Owen King')).toBe(false)
  expect(agree('Martin Luther King Jr.', 'King, Martin Luther')).toBe(true)
  expect(agree('Plato', 'Plato (Philosopher)')).toBe(true)
  expect(agree('', '')).toBe(false)
})

test('likeness counts the words that matter, and none where numbers differ', () => {
  const likeness = (a: string, b: string) => titleLikeness(titleWords(a), titleWords(b))
  expect(likeness('Night Ferry', 'The Night Ferry')).toBe(1)
  expect(likeness('Night Ferry', 'Night Train')).toBe(0.5)
  expect(likeness('Night Ferry', 'Night Fery')).toBe(0.5) // too short to be a slip
  expect(likeness('Midnight Ferries', 'Midnight Feries')).toBe(0.95)
  expect(likeness('Saga 1', 'Saga 2')).toBe(0)
})
