import { expect, test } from 'vitest'
import { differentFirst } from './different.ts'
import { samplePack } from './sample-pack.test-data.ts'

const genres = ['sea', 'sea', 'space', 'space', 'bread', 'sea']
const pack = samplePack({ items: genres.map((genre) => ({ genres: [genre] })) })
const pool = [1, 2, 3, 4, 5]
const firstOf = (
  history: readonly { index: number; weight: number }[],
  worth: readonly number[],
) =>
  [...differentFirst(pack, pool, { worth: Float32Array.from(worth), history })].map(
    (place) => pool[place],
  )

test('what shares no genre with the history comes first, by worth', () => {
  const history = [{ index: 0, weight: 1 }]
  expect(firstOf(history, [9, 1, 2, 3, 8])).toEqual([4, 3, 2, 1, 5])
})

test('to a stranger everything is different: worth alone counts', () => {
  expect(firstOf([], [5, 1, 4, 2, 3])).toEqual([1, 3, 5, 4, 2])
})

test('where all is familiar the least familiar comes first', () => {
  const history = [
    { index: 0, weight: 1 },
    { index: 1, weight: 1 },
    { index: 2, weight: 1 },
    { index: 4, weight: 0.5 },
  ]
  expect(firstOf(history, [9, 0, 1, 0, 8])).toEqual([4, 3, 2, 1, 5])
})

test('what is near in its text waits, whatever its genre', () => {
  const near = samplePack({
    items: Array.from({ length: 8 }, (_, index) => ({ genres: [`g${index}`] })),
    // the first two are one text, all others have nothing in common
    content: Array.from({ length: 8 }, (_, index) =>
      Array.from({ length: 8 }, (_, d) => (d === Math.max(1, index) ? 1 : 0)),
    ),
  })
  const worth = Float32Array.of(9, 1)
  const history = [{ index: 0, weight: 1 }]
  expect([...differentFirst(near, [1, 2], { worth, history })]).toEqual([1, 0])
})
