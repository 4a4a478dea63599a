import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanText, maxTextChars } from './encoder.ts'

describe('cleanText', () => {
  test('leaves ordinary text as it is', () => {
    expect(cleanText('Les Misérables, 北京 😀')).toBe('Les Misérables, 北京 😀')
  })

  test('turns control characters and runs of white space into one space', () => {
    expect(cleanText(' a\u0000b\r\n\tc\u2028 \u00a0d ')).toBe('a b c d')
  })

  test('replaces half a surrogate pair', () => {
    expect(cleanText('a\ud83d b \ude00')).toBe('a\ufffd b \ufffd')
  })

  test('gives nothing for white space and control characters alone', () => {
    expect(cleanText(' \u0000\n\t ')).toBe('')
    expect(cleanText('')).toBe('')
  })

  test('reads no more than its limit of a pasted megabyte', () => {
    expect(cleanText('x'.repeat(1_000_000))).toHaveLength(maxTextChars)
  })

  test('is well formed, short and stable for any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const cleaned = cleanText(text)
        expect(cleaned.isWellFormed()).toBe(true)
        expect(cleanText(cleaned)).toBe(cleaned)
      }),
    )
  })
})
