import { expect, test } from 'vitest'
import { joinSplit } from './users.ts'

test('joinSplit makes one interaction of every entry, each once', () => {
  const positives = (lists: number[][]) => ({
    userCount: lists.length,
    rowCount: 3,
    indptr: Uint32Array.from([0, ...lists.map((_, u) => sizeUpTo(lists, u))]),
    rows: Uint32Array.from(lists.flat()),
  })
  const { items, interactions } = joinSplit({
    name: 'three',
    itemIds: ['a', 'b', 'c'],
    train: positives([[0], [1]]),
    valid: positives([[2], []]),
    test: positives([[1], [1]]),
  })
  expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect([...(interactions?.users ?? [])]).toEqual([0, 0, 0, 1])
  expect([...(interactions?.rows ?? [])]).toEqual([0, 1, 2, 1])
  expect([...(interactions?.weights ?? [])]).toEqual([1, 1, 1, 1])
})

function sizeUpTo(lists: number[][], user: number): number {
  return lists.slice(0, user + 1).flat().length
}
