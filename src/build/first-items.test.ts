import { expect, test } from 'vitest'
import { chooseFirstItems, variedOrder } from './first-items.ts'

const item = (author: string, genre: string, series?: string) => ({
  id: '',
  title: '',
  authors: [author],
  genres: [genre],
  ...(series ? { series: { name: series } } : {}),
})

test('takes the most popular, at most two of an author', () => {
  const items = [item('a', 'x'), item('a', 'y'), item('a', 'z'), item('b', 'x')]
  expect(
    chooseFirstItems(items, Float32Array.of(0.9, 1, 0.8, 0.1), { count: 3 }),
  ).toEqual([1, 0, 3])
})

test('takes at most two of a series and twelve of a leading genre', () => {
  const series = [1, 2, 3].map((n) => item(`s${n}`, `g${n}`, 'one series'))
  const genre = Array.from({ length: 14 }, (_, n) => item(`g${n}`, 'war'))
  const other = item('z', 'quiet')
  const items = [...series, ...genre, other]
  const popularity = Float32Array.from(items, (_, row) => 1 - row / 100)
  const rows = chooseFirstItems(items, popularity, { count: 15 })
  expect(rows.filter((row) => row < 3)).toEqual([0, 1])
  expect(rows.filter((row) => row >= 3 && row < 17)).toHaveLength(12)
  expect(rows).toContain(17)
})

test('fills up with the best of the others rather than show fewer', () => {
  const items = Array.from({ length: 5 }, () => item('a', 'x'))
  const popularity = Float32Array.of(0.5, 0.4, 0.3, 0.2, 0.1)
  expect(chooseFirstItems(items, popularity, { count: 4 })).toEqual([0, 1, 2, 3])
})

test('gives what there is of a catalogue smaller than the screen', () => {
  expect(chooseFirstItems([item('a', 'x')], Float32Array.of(1))).toEqual([0])
})

/** 26 titles a category, in the order of the alphabet, as catalogues are exported. */
function sorted(categories: readonly string[]) {
  return categories.flatMap((category) =>
    Array.from({ length: 26 }, (_, n) => ({
      id: `${category}-${n}`,
      title: String.fromCharCode(65 + n),
      genres: [category],
    })),
  )
}

const nothing = (items: readonly unknown[]) => new Float32Array(items.length)

function categoriesIn(
  items: readonly { genres?: readonly string[] }[],
  order: number[],
) {
  return new Set(order.slice(0, 12).map((index) => items[index]!.genres?.[0])).size
}

test('a catalogue sorted by category and title starts with many categories, not its own order', () => {
  const items = sorted(Array.from({ length: 20 }, (_, n) => `category ${n}`))
  const order = chooseFirstItems(items, nothing(items))
  expect(categoriesIn(items, [...items.keys()])).toBe(1)
  expect(categoriesIn(items, order)).toBe(12)
  expect(new Set(order).size).toBe(48)
  const letters = order.map((index) => items[index]!.title)
  expect(letters).not.toEqual([...letters].sort())
  expect(order).toEqual(chooseFirstItems(items, nothing(items)))
})

test('broad categories take turns, and the narrow ones within them', () => {
  const items = ['Shirts', 'Trousers', 'Socks'].flatMap((genre) =>
    Array.from({ length: 9 }, (_, n) => ({
      id: `${genre}${n}`,
      title: 'x',
      genres: [genre, 'Clothing'],
    })),
  )
  const lamps = [1, 2, 3].map((n) => ({
    id: `l${n}`,
    title: 'x',
    genres: ['Lamps', 'Home'],
  }))
  const all = [...items, ...lamps]
  const first = variedOrder(all).slice(0, 6)
  const shown = first.map((index) => all[index]!.genres.join(' '))
  const [shirts, trousers, socks] = [0, 2, 4].map((at) => shown[at]!)
  expect(new Set([shirts, trousers, socks])).toEqual(
    new Set(['Shirts Clothing', 'Trousers Clothing', 'Socks Clothing']),
  )
  expect([1, 3, 5].map((at) => shown[at])).toEqual(Array(3).fill('Lamps Home'))
})

test('what shows best and is new comes first, and what is sold out last', () => {
  const items = [
    { id: 'plain', title: 'x' },
    { id: 'sold out', title: 'x', image: 'a.jpg', description: 'y', available: false },
    { id: 'old', title: 'x', image: 'a.jpg', description: 'y', year: 1990 },
    {
      id: 'new',
      title: 'x',
      image: 'a.jpg',
      description: 'y',
      published: '2024-05-01',
    },
    { id: 'described', title: 'x', description: 'y' },
  ]
  expect(variedOrder(items).map((index) => items[index]!.id)).toEqual([
    ...['new', 'old', 'described', 'plain', 'sold out'],
  ])
})

test('without genres, texts that are alike stand for a category', () => {
  const items = Array.from({ length: 120 }, (_, n) => ({ id: `i${n}`, title: 'x' }))
  const vectors = new Float32Array(120 * 24)
  // ten items a topic, one topic after another
  items.forEach((_, n) => {
    vectors[n * 24 + Math.floor(n / 10)] = 1
  })
  const order = chooseFirstItems(items, nothing(items), {
    vectors: { dim: 24, vectors },
  })
  const topics = new Set(order.slice(0, 12).map((index) => Math.floor(index / 10)))
  expect(topics.size).toBe(12)
})

test('among numbers that tie, the order is varied where it is asked for', () => {
  const items = sorted(['a', 'b', 'c'])
  const popularity = Float32Array.from(items, (_, index) => (index < 26 ? 0.5 : 0.25))
  const order = chooseFirstItems(items, popularity, { ties: 'varied' })
  expect(order.slice(0, 12).every((index) => index < 26)).toBe(true)
  expect(categoriesIn(items, order.slice(12, 24))).toBe(2)
})

test('an empty catalogue has an empty screen', () => {
  expect(chooseFirstItems([], new Float32Array(0))).toEqual([])
})
