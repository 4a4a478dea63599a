import { describe, expect, test } from 'vitest'
import { createNodeEncoder } from './node-encoder.ts'
import { createScriptReader, readableOnly } from './readable-script.ts'

const specials = { all: 2, last: 1 }

/** A piece a letter or a word; what is not known is piece 1. */
function reader(pieces: 'letters' | 'spaced', known: RegExp) {
  return createScriptReader((text) => {
    const found = text.match(pieces === 'letters' ? /\p{L}/gu : /[\p{L}\p{M}]+/gu) ?? []
    return [2, ...found.map((piece, i) => (known.test(piece) ? 10 + i : 1)), 3]
  }, specials)
}

describe('a script', () => {
  test('whose words are unknown is not read', () => {
    const unread = reader('spaced', /^\p{Script=Latin}+$/u)
    expect(unread('สูตรอาหารไทย')).toBe('Thai')
    expect(unread('Война и мир')).toBe('Cyrillic')
    expect(unread('肖申克的救赎')).toBe('Chinese or Japanese')
  })

  test('whose words are spelled letter by letter is not read', () => {
    const unread = reader('letters', /\p{L}/u)
    expect(unread('Война и мир')).toBe('Cyrillic')
    expect(unread('Οδύσσεια')).toBe('Greek')
  })

  test('of signs that are words is read, a piece each', () => {
    expect(reader('letters', /\p{L}/u)('肖申克的救赎')).toBeUndefined()
  })

  test('whose words are known is read', () => {
    const unread = reader('spaced', /^[^𐎀𐀀]+$/u)
    for (const text of ['สูตรอาหาร', 'Война и мир', '한국어', 'ვეფხისტყაოსანი']) {
      expect(unread(text)).toBeUndefined()
    }
  })

  test('counts where most letters are of it', () => {
    const unread = reader('spaced', /^\p{Script=Latin}+$/u)
    expect(unread('SEIKO dress watch ドレス SARB033')).toBeUndefined()
    expect(unread('7 ไทย a')).toBe('Thai')
    expect(unread('2001: 100 %')).toBeUndefined()
    expect(unread('')).toBeUndefined()
    expect(unread('Café “Zürich” — naïve')).toBeUndefined()
  })

  test('that is not read leaves nothing of its texts', () => {
    const unread = reader('spaced', /^\p{Script=Latin}+$/u)
    expect(readableOnly(['Dune', 'ไทย'], unread)).toEqual(['Dune', ''])
    expect(readableOnly(['ไทย'], undefined)).toEqual(['ไทย'])
  })
})

test('Hearth’s own encoder gives Thai titles no vectors, and so no likeness', async () => {
  const encoder = await createNodeEncoder({
    modelFolder: 'public/models/hearth-encoder',
    threads: 1,
  })
  const titles = ['สูตรอาหารไทย', 'คู่มือซ่อมรถ', 'Krieg und Frieden', 'War and Peace']
  const vectors = await encoder.encode(readableOnly(titles, encoder.unreadScriptOf))
  const isZero = titles.map((_, row) =>
    vectors.subarray(row * encoder.dim, (row + 1) * encoder.dim).every((x) => x === 0),
  )
  expect(isZero).toEqual([true, true, false, false])
  await encoder.dispose()
})
