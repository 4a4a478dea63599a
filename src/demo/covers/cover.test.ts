// @vitest-environment jsdom
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawCover, LABELLED } from './cover.ts'
import { coverView } from './cover-view.ts'
import { FAMILIES } from './families.ts'
import { FIGURES, PATTERNS } from './figures.ts'
import { COVER_HEIGHT, COVER_WIDTH, widthOf } from './layouts.ts'
import { AUTHOR_OPACITY, PALETTES } from './palettes.ts'

const art = { figures: FIGURES, patterns: PATTERNS }
const linesOf = (title: string, role = 'title') =>
  drawCover({ title, author: 'An Author' })
    .lines.filter((line) => line.role === role)
    .map(({ text }) => text)

describe('a drawing', () => {
  test('is the same for the same book and another for another', () => {
    const dune = { title: 'Dune', author: 'Frank Herbert', genres: ['science fiction'] }
    expect(drawCover(dune, art)).toEqual(drawCover(dune, art))
    expect(drawCover({ ...dune, title: 'Emma' }, art)).not.toEqual(drawCover(dune, art))
  })

  test('differs within a genre: fifty titles give at least twenty-five pictures', () => {
    const pictures = Array.from({ length: 50 }, (_, k) => {
      const { stage, back, inks } = drawCover(
        { title: `Book ${k}`, genres: ['horror'] },
        art,
      )
      return JSON.stringify([stage, back, inks])
    })
    expect(new Set(pictures).size).toBeGreaterThanOrEqual(25)
  })

  test('has its words at the same place before its picture has come', () => {
    for (let k = 0; k < 60; k++) {
      const book = {
        title: `The ${k}th Tale`,
        author: 'Me',
        genres: [FAMILIES[k % 18]!],
      }
      const { lines, front } = drawCover(book)
      expect(drawCover(book, art)).toMatchObject({ lines, front })
    }
  })

  test('has paths of finite numbers for every figure and wallpaper', () => {
    const { inks } = drawCover({ title: 'x' })
    const all = [...Object.values(FIGURES), ...Object.values(PATTERNS)].flat()
    const dice = [0, 0.31, 0.62, 0.999]
    for (const figure of all) {
      for (const value of dice) {
        const shapes = figure(() => value, inks)
        expect(shapes.length).toBeGreaterThan(0)
        for (const { d } of shapes) expect(d).not.toMatch(/NaN|Infinity|undefined|^$/)
      }
    }
  })

  test('has wallpapers for every family that may wear a label', () => {
    expect(new Set(Object.keys(PATTERNS))).toEqual(LABELLED)
  })
})

describe('the title', () => {
  test('loses series and edition in brackets', () => {
    expect(linesOf('Dune (Dune Chronicles, #1)').join(' ')).toBe('Dune')
    expect(linesOf('[Untitled]').join(' ')).toBe('[Untitled]')
  })

  test('keeps a subtitle in small under a short title', () => {
    expect(linesOf('Wild: From Lost to Found')).toEqual(['Wild'])
    expect(linesOf('Wild: From Lost to Found', 'subtitle').join(' ')).toBe(
      'From Lost to Found',
    )
  })

  test('of any length ends in an ellipsis rather than outside the cover', () => {
    const lines = linesOf('a very long walk '.repeat(40))
    expect(lines.length).toBeLessThanOrEqual(5)
    expect(lines.at(-1)).toMatch(/…$/)
  })

  test('breaks Chinese and Japanese between letters, and long words within', () => {
    expect(linesOf('百年の孤独についての長い物語').length).toBeGreaterThan(1)
    expect(
      linesOf('Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch').length,
    ).toBeGreaterThan(1)
  })

  test('stands at the right margin where it is read from the right', () => {
    const { isRightToLeft, lines, anchor } = drawCover({ title: 'אגדה' })
    expect(isRightToLeft).toBe(true)
    if (anchor === 'start') expect(lines[0]!.x).toBeGreaterThan(COVER_WIDTH / 2)
  })

  test('is text, never markup', () => {
    const host = document.createElement('div')
    host.append(coverView({ title: '<b>Bold</b>', author: '<script>x</script>' }, art))
    expect(host.querySelector('b, script')).toBeNull()
    expect(host.textContent).toContain('<b>Bold</b>')
  })

  test('fits the cover, whatever it is', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom('WWWWWWWWWWWW', 'الكتاب', '雪国', 'Ünïcode', '👩‍👩‍👧'),
    )
    const title = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(title, word, fc.constantFrom(...FAMILIES), (title, author, genre) => {
        const { lines } = drawCover({ title, author, genres: [genre] })
        for (const { text, size, y } of lines) {
          // one letter may be wider than a line: then it stands alone
          if ([...text].length > 2)
            expect(widthOf(text) * size).toBeLessThanOrEqual(COVER_WIDTH - 30)
          expect(y).toBeGreaterThan(0)
          expect(y).toBeLessThan(COVER_HEIGHT)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('the colours', () => {
  test.each(FAMILIES)('of %s keep ink readable on ground, the author too', (family) => {
    expect(PALETTES[family].length).toBeGreaterThanOrEqual(3)
    for (const { ground, ink } of PALETTES[family]) {
      expect(
        contrast(mix(ink, ground, AUTHOR_OPACITY), rgb(ground)),
      ).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('contrast is counted as WCAG does: black on white is 21', () => {
    expect(contrast(rgb('#000000'), rgb('#ffffff'))).toBeCloseTo(21)
  })
})

type Rgb = readonly number[]
const rgb = (hex: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
const mix = (over: string, under: string, share: number): Rgb =>
  rgb(over).map((value, k) => value * share + rgb(under)[k]! * (1 - share))

/** Relative luminance and contrast ratio of WCAG 2. */
function luminance(color: Rgb) {
  const [r, g, b] = color.map((value) => {
    const c = value / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
function contrast(a: Rgb, b: Rgb) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}
