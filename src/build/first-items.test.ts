import { expect, test } from 'vitest'
import { chooseFirstItems } from './train-pack.ts'

const item = (author: string, genre: string, series?: string) => ({
  id: '',
  title: '',
  authors: [author],
  genres: [genre],
  ...(series ? { series: { name: series } } : {}),
})

test('takes the most popular, at most two of an author', () => {
  const items = [item('a', 'x'), item('a', 'y'), item('a', 'z'), item('b', 'x')]
  expect(chooseFirstItems(items, Float32Array.of(0.9, 1, 0.8, 0.1), 3)).toEqual([
    1, 0, 3,
  ])
})

test('takes at most two of a series and twelve of a leading genre', () => {
  const series = [1, 2, 3].map((n) => item(`s${n}`, `g${n}`, 'one series'))
  const genre = Array.from({ length: 14 }, (_, n) => item(`g${n}`, 'war'))
  const other = item('z', 'quiet')
  const items = [...series, ...genre, other]
  const popularity = Float32Array.from(items, (_, row) => 1 - row / 100)
  const rows = chooseFirstItems(items, popularity, 15)
  expect(rows.filter((row) => row < 3)).toEqual([0, 1])
  expect(rows.filter((row) => row >= 3 && row < 17)).toHaveLength(12)
  expect(rows).toContain(17)
})

test('fills up with the best of the others rather than show fewer', () => {
  const items = Array.from({ length: 5 }, () => item('a', 'x'))
  expect(chooseFirstItems(items, new Float32Array(5), 4)).toEqual([0, 1, 2, 3])
})

test('gives what there is of a catalogue smaller than the screen', () => {
  expect(chooseFirstItems([item('a', 'x')], Float32Array.of(1))).toEqual([0])
})
