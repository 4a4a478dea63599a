import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { isPermutation } from '../../../pack/coding/pair-order.ts'
import { orderRows } from './order-rows.ts'

/** Groups of 20 rows paired among themselves, their numbers shuffled. */
function groups(count: number) {
  const random = createRandom(3)
  const rows = count * 20
  const names = random.shuffleInto(Uint32Array.from({ length: rows }, (_, i) => i))
  const lists = Array.from({ length: rows }, () => new Set<number>())
  for (let n = 0; n < rows * 6; n++) {
    const group = random.integer(count) * 20
    const [a, b] = [
      names[group + random.integer(20)],
      names[group + random.integer(20)],
    ]
    if (a === b) continue
    lists[a].add(b)
    lists[b].add(a)
  }
  const indptr = new Uint32Array(rows + 1)
  lists.forEach((list, row) => {
    indptr[row + 1] = indptr[row] + list.size
  })
  const indices = Uint32Array.from(
    lists.flatMap((list) => [...list].sort((a, b) => a - b)),
  )
  return { rows, indptr, indices }
}

/** Mean log2 of the distance between paired rows. */
function spread(
  { rows, indptr, indices }: ReturnType<typeof groups>,
  order: Uint32Array,
) {
  const rank = new Uint32Array(rows)
  order.forEach((row, position) => {
    rank[row] = position
  })
  let sum = 0
  for (let row = 0; row < rows; row++) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      sum += Math.log2(Math.abs(rank[row] - rank[indices[e]]))
    }
  }
  return sum / indices.length
}

describe('orderRows', () => {
  test('brings together the rows of a group', () => {
    const pairs = groups(32)
    const before = spread(
      pairs,
      Uint32Array.from({ length: pairs.rows }, (_, i) => i),
    )
    const order = orderRows(pairs)
    expect(isPermutation(order, pairs.rows)).toBe(true)
    expect(before).toBeGreaterThan(7)
    expect(spread(pairs, order)).toBeLessThan(before - 2)
  })

  test('is the same every time', () => {
    expect(orderRows(groups(8))).toEqual(orderRows(groups(8)))
  })

  test('leaves few rows, and rows without pairs, as they are', () => {
    const none = { indptr: new Uint32Array(41), indices: new Uint32Array(0) }
    expect([...orderRows(none)]).toEqual(Array.from({ length: 40 }, (_, i) => i))
    const one = { indptr: new Uint32Array(2), indices: new Uint32Array(0) }
    expect([...orderRows(one)]).toEqual([0])
  })
})
