import { expect, test } from 'vitest'
import type { AttributeBlock } from '../pack/pack.ts'
import { commonOrder } from './common-order.ts'
import { spreadOrder } from './spread-order.ts'

/** Four items of each genre, one genre after another, each with its maker. */
function block(genres: readonly string[]): AttributeBlock {
  const values = [
    ...genres.map((name) => ({ name, relation: 'genre' as const })),
    { name: 'maker', relation: 'author' as const },
  ]
  const indices = genres.flatMap((_, genre) =>
    [0, 1, 2, 3].flatMap(() => [genres.length, genre]),
  )
  const indptr = Uint32Array.from({ length: 4 * genres.length + 1 }, (_, i) => 2 * i)
  return { values, indptr, indices: Uint16Array.from(indices) }
}

test('each turn has one item of every category, in no order of the file', () => {
  const order = [...spreadOrder(16, block(['a', 'b', 'c', 'd']))]
  expect([...order].sort((a, b) => a - b)).toEqual([...Array(16).keys()])
  for (let turn = 0; turn < 16; turn += 4) {
    const genres = order.slice(turn, turn + 4).map((index) => Math.floor(index / 4))
    expect(new Set(genres).size).toBe(4)
  }
  expect(order.map((index) => index % 4).slice(0, 4)).not.toEqual([0, 0, 0, 0])
})

test('items without a category are spread too, after the others of each turn', () => {
  const none = { values: [], indptr: new Uint32Array(7), indices: new Uint16Array(0) }
  const order = [...spreadOrder(6, none)]
  expect(order).not.toEqual([0, 1, 2, 3, 4, 5])
  expect(new Set(order).size).toBe(6)
  expect(spreadOrder(0, none)).toHaveLength(0)
})

test('where nothing is popular, the common order goes on as a spread one', () => {
  const attributes = block(['a', 'b'])
  const known = {
    ...{ itemCount: 8, attributes, flags: new Uint8Array(8).fill(1) },
    popularity: new Float32Array(8),
  }
  const order = [...commonOrder(known, [5])]
  expect(order[0]).toBe(5)
  expect(new Set(order).size).toBe(8)
  expect(order).not.toEqual([5, 0, 1, 2, 3, 4, 6, 7])
  const popular = {
    ...known,
    popularity: Float32Array.from({ length: 8 }, (_, i) => i / 8),
  }
  expect([...commonOrder(popular, [])]).toEqual([7, 6, 5, 4, 3, 2, 1, 0])
})
