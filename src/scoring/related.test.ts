import { describe, expect, test } from 'vitest'
import { relatedItems } from './related.ts'
import { type SampleOptions, sampleScoring } from './sample-pack.test-data.ts'

const items = ['Dune', 'Dune Messiah', 'Ringworld', 'Potter', 'Bread'].map(
  (title, i) => ({
    title,
    ...(i < 2 ? { series: { name: 'Dune' }, authors: ['Herbert'] } : {}),
    genres: [i < 3 ? 'science fiction' : 'other'],
  }),
)
const library: SampleOptions = {
  items,
  cf: [
    [0, 15, 12, 9, 0],
    [15, 0, 5, 0, 0],
    [12, 5, 0, 0, 0],
    [9, 3, 3, 0, 3],
    [0, 0, 0, 15, 0],
  ],
  content: [
    [1, 0.1],
    [1, 0.2],
    [0.9, 0.3],
    [0.1, 1],
    [0, 1],
  ],
  tower: {
    items: [
      [1, 0],
      [1, 0.1],
      [0.8, 0.2],
      [0.5, 0.5],
      [0, 1],
    ],
  },
}

describe('relatedItems', () => {
  const scoring = sampleScoring(library)
  const titlesOf = (index: number, count: number) =>
    relatedItems(scoring, index, count).map((ranked) => items[ranked.index].title)

  test('ranks the sequel first, then what the same readers read', () => {
    expect(titlesOf(0, 2)).toEqual(['Dune Messiah', 'Ringworld'])
  })

  test('never returns the item itself, nor what is excluded', () => {
    // Potter and Bread are further from Dune than the catalogue's mean: not related
    expect(titlesOf(0, 10)).toEqual(['Dune Messiah', 'Ringworld'])
    const related = relatedItems(scoring, 0, 10, {
      exclude: Uint8Array.of(0, 1, 0, 0, 0),
    })
    expect(related.map(({ index }) => index)).not.toContain(1)
  })

  test('leaves the caller’s mask as it was', () => {
    const exclude = new Uint8Array(5)
    relatedItems(scoring, 0, 3, { exclude })
    expect(exclude).toEqual(new Uint8Array(5))
  })

  test('holds a hub back: of two items equally near, the less popular comes first', () => {
    const all = Array.from({ length: 40 }, (_, index) => index)
    const hub = sampleScoring({
      items: all.map(() => ({})),
      cf: all.map((from) =>
        all.map((to) => (from === 0 && (to === 1 || to === 2) ? 5 : 0)),
      ),
      popularity: all.map((index) => (index === 1 ? 1 : (index % 10) / 10)),
    })
    // and the obscure items that nothing links to 0 are left out
    expect(relatedItems(hub, 0, 5).map(({ index }) => index)).toEqual([2, 1])
  })

  test('works on text and facts alone', () => {
    const { cf: _, tower: __, ...textOnly } = library
    const [first] = relatedItems(sampleScoring(textOnly), 0, 1)
    expect(items[first.index].title).toBe('Dune Messiah')
  })

  test('refuses an index that is not in the pack', () => {
    expect(() => relatedItems(scoring, 5, 3)).toThrow(
      'unknown index: got 5, expected 0–4.',
    )
  })
})
