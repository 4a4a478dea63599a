import { describe, expect, test } from 'vitest'
import { itemsToAsk } from './elicitation.ts'
import { samplePack } from './sample-pack.test-data.ts'

/** Three genres in turn, the best known first; each maker made two running. */
const COUNT = 18
const records = Array.from({ length: COUNT }, (_, index) => ({
  id: `i${index}`,
  title: `T${index}`,
  authors: [`A${Math.floor(index / 2)}`],
  genres: [['sea', 'space', 'crime'][index % 3]!],
}))
const pack = samplePack({
  items: records,
  content: records.map((_, index) =>
    [0, 1, 2].map((d) => (index % 3 === d ? 1 : 0.01 * index)),
  ),
})
const candidates = records.map((_, index) => index)
const ask = (
  count: number,
  { answered = [], liked = [] }: { answered?: number[]; liked?: number[] } = {},
) =>
  itemsToAsk(pack, {
    ...{ candidates, count, liked },
    answered: new Set([...answered, ...liked]),
    record: (index) => records[index]!,
  })
const genreOf = (index: number) => index % 3

describe('the items asked about', () => {
  test('are of every genre before one comes twice', () => {
    expect(new Set(ask(3).map(genreOf))).toEqual(new Set([0, 1, 2]))
  })

  test('are among the best known', () => {
    expect(ask(3).every((index) => index < COUNT / 2)).toBe(true)
  })

  test('are of one maker each as long as there are makers, then of them again', () => {
    const makers = ask(COUNT).map((index) => records[index]!.authors[0])
    expect(new Set(makers.slice(0, COUNT / 2)).size).toBe(COUNT / 2)
    expect(makers).toHaveLength(COUNT)
  })

  test('are never asked again, nor is another of a maker that was', () => {
    const first = ask(3)
    const second = ask(3, { answered: first })
    const names = (indices: number[]) =>
      indices.map((index) => records[index]!.authors[0]!)
    expect(names(second).filter((name) => names(first).includes(name))).toEqual([])
  })

  test('turn to what was liked: a yes brings more of its kind than silence does', () => {
    const ofGenre = (indices: number[]) =>
      indices.filter((i) => genreOf(i) === 0).length
    const silent = ofGenre(ask(4, { answered: [0, 6, 12] }))
    const yes = ofGenre(ask(4, { liked: [0, 6, 12] }))
    expect(yes).toBeGreaterThan(silent)
  })

  test('are the same for the same pack and answers; none for a count of 0', () => {
    expect(ask(5, { liked: [4] })).toEqual(ask(5, { liked: [4] }))
    expect(ask(0)).toEqual([])
  })

  test('come where nothing tells items apart', () => {
    const bare = samplePack({ items: records.map(({ id, title }) => ({ id, title })) })
    const asked = itemsToAsk(bare, {
      ...{ candidates, count: 3, liked: [], answered: new Set<number>() },
      record: (index) => ({ id: `i${index}`, title: '' }),
    })
    expect(asked).toHaveLength(3)
  })
})
