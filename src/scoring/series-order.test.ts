import { describe, expect, test } from 'vitest'
import { buildAttributes } from '../build/dataset/attributes.ts'
import type { ItemRecord } from '../pack/item.ts'
import { createSeriesOrder } from './series-order.ts'

function inOrder(series: readonly (readonly [string, number?] | undefined)[]) {
  const items: ItemRecord[] = series.map((of, index) => ({
    id: `${index}`,
    title: `T${index}`,
    ...(of
      ? { series: { name: of[0], ...(of[1] === undefined ? {} : { position: of[1] }) } }
      : {}),
  }))
  const attributes = buildAttributes(items)
  const order = createSeriesOrder({ attributes, record: (index) => items[index]! })
  return (history: readonly { index: number; kind?: string }[]) => {
    const { isDue } = order(history)
    return items.flatMap((_, index) => (isDue(index) ? [index] : []))
  }
}
const like = (index: number) => ({ index, kind: 'like' })
const click = (index: number) => ({ index, kind: 'click' })

describe('a series', () => {
  const due = inOrder([
    ...([['Dune', 1], ['Dune', 2], ['Dune', 3], ['Dune', 1.5], ['Dune']] as const),
    undefined,
  ])

  test('not begun is due from its first volume', () => {
    expect(due([])).toEqual([0, 5])
  })

  test('begun is due by the next two volumes, and by what lies between or before', () => {
    expect(due([like(0)])).toEqual([0, 1, 2, 3, 5])
    expect(due([like(0), like(1)])).toEqual([0, 1, 2, 3, 5])
  })

  test('goes on from the highest volume liked, and offers what was passed by', () => {
    expect(due([like(1)])).toEqual([0, 1, 2, 3, 5])
    expect(due([like(2)])).toEqual([0, 1, 2, 3, 5])
  })

  test('is not begun by a look into its middle, but by one volume after the other', () => {
    expect(due([click(1)])).toEqual([0, 5])
    expect(due([click(0)])).toEqual([0, 1, 2, 3, 5])
  })
})

test('three volumes ahead is not due', () => {
  const due = inOrder([1, 2, 3, 4, 4.5].map((place) => ['A', place] as const))
  expect(due([like(0)])).toEqual([0, 1, 2])
  expect(due([like(1)])).toEqual([0, 1, 2, 3])
  // looks count from the first volume on, and no further than they go on from it
  expect(due([click(0)])).toEqual([0, 1, 2])
  expect(due([click(0), click(1)])).toEqual([0, 1, 2, 3])
  expect(due([click(0), click(2)])).toEqual([0, 1, 2])
})

test('without its beginning in the catalogue a series is not due until it is begun', () => {
  const due = inOrder([
    ['Reacher', 4],
    ['Reacher', 5],
    ['Reacher', 9],
  ])
  expect(due([])).toEqual([])
  expect(due([like(0)])).toEqual([0, 1, 2])
  expect(due([like(1)])).toEqual([0, 1, 2])
})

test('a lone volume is due if it is the first, or has no place', () => {
  expect(inOrder([['A', 1], ['B', 7], ['C']])([])).toEqual([0, 2])
})

test('a collection is due where the catalogue has no first volume', () => {
  expect(inOrder([['A'], ['A', 2], ['B'], ['B', 1]])([])).toEqual([0, 3])
})

test('both editions of a due volume are due', () => {
  expect(
    inOrder([
      ['A', 1],
      ['A', 1],
      ['A', 2],
    ])([]),
  ).toEqual([0, 1])
})

test('a line without numbers, and a long row of episodes, have no order', () => {
  expect(inOrder([['Line'], ['Line']])([])).toEqual([0, 1])
  const episodes = Array.from(
    { length: 80 },
    (_, index) => ['Cast', index + 1] as const,
  )
  expect(inOrder(episodes)([])).toHaveLength(80)
})
