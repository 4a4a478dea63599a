import { describe, expect, test } from 'vitest'
import { buildAttributes } from '../build/dataset/attributes.ts'
import type { ItemRecord } from '../pack/item.ts'
import { createListLimits, type Limiter, type Visitor } from './list-limits.ts'

function limitsFor(items: readonly Partial<ItemRecord>[]) {
  const records = items.map((item, index) => ({
    ...{ id: `${index}`, title: `T${index}` },
    ...item,
  }))
  const pack = { attributes: buildAttributes(records), itemCount: records.length }
  const limitsOf = createListLimits(pack, (index) => records[index]!)
  return (visitor: Visitor) => limitsOf(visitor)
}
/** Indices that the list takes, asked for each in turn. */
function taken(limiter: Limiter, count: number): number[] {
  const list: number[] = []
  for (let index = 0; index < count; index++) {
    if (!limiter.admits(index)) continue
    limiter.take(index)
    list.push(index)
  }
  return list
}
/** So many that nobody made much of the catalogue; the first made the first six. */
const many = Array.from({ length: 600 }, (_, index) => ({
  authors: [index < 6 ? 'A' : `M${index >> 1}`],
}))

describe('makers', () => {
  const limitsOf = limitsFor(many)

  test('have a sixth of a list each, at least one', () => {
    const { limiter } = limitsOf({ history: [] })
    expect(taken(limiter({ count: 12 }), 6)).toEqual([0, 1])
    expect(taken(limiter({ count: 3 }), 6)).toEqual([0])
    expect(taken(limiter({ count: 20 }), 6)).toEqual([0, 1, 2, 3])
  })

  test('have what the caller asks for, and what the owner rules above all', () => {
    expect(
      taken(limitsOf({ history: [] }).limiter({ count: 12, perMaker: 5 }), 6),
    ).toHaveLength(5)
    const ruled = limitsOf({ history: [], limits: { maxPerAuthor: 1 } })
    expect(taken(ruled.limiter({ count: 12, perMaker: 5 }), 6)).toEqual([0])
    const limiter = ruled.limiter({ count: 12 })
    expect(taken(limiter, 6)).toEqual([0])
    expect(limiter.loosened().admits(1)).toBe(false)
  })

  test('may fill half a list for a visitor who likes three of theirs and nothing else', () => {
    const history = [0, 1, 2].map((index) => ({ index, kind: 'like' }))
    expect(taken(limitsOf({ history }).limiter({ count: 6 }), 6)).toEqual([3, 4, 5])
    const two = limitsOf({ history: history.slice(1) })
    expect(taken(two.limiter({ count: 6 }), 6)).toEqual([0])
  })

  test('fill the lists of a shop that is theirs', () => {
    const shop = limitsFor(Array.from({ length: 12 }, () => ({ authors: ['Brand'] })))
    expect(taken(shop({ history: [] }).limiter({ count: 12 }), 12)).toHaveLength(12)
  })

  test('are no limit to a list that would be short, once loosened', () => {
    const limiter = limitsOf({ history: [] }).limiter({ count: 6 })
    expect(taken(limiter, 6)).toEqual([0])
    expect(taken(limiter.loosened(), 6)).toEqual([0, 1, 2, 3, 4, 5].slice(1))
  })

  test('are counted apart in a copy', () => {
    const limiter = limitsOf({ history: [] }).limiter({ count: 6 })
    taken(limiter.copy(), 6)
    expect(limiter.admits(0)).toBe(true)
  })
})

describe('editions', () => {
  const items = [
    { title: 'Dracula', authors: ['Stoker'] },
    { title: 'Dracula: A Novel', authors: ['Stoker'] },
    { title: 'Red shoe', group: 'shoe' },
    { title: 'Blue shoe', group: 'shoe' },
  ]
  const limitsOf = limitsFor(items)

  test('come once in a list, and not beside what the visitor has or a page has shown', () => {
    expect(taken(limitsOf({ history: [] }).limiter({ count: 12 }), 4)).toEqual([0, 2])
    const had = limitsOf({ history: [{ index: 1 }], shown: [3] })
    expect(taken(had.limiter({ count: 12 }), 4)).toEqual([])
    const page = limitsOf({ history: [] })
    page.know(0)
    expect(page.limiter({ count: 12 }).admits(1)).toBe(false)
  })

  test('that the owner wants to see all are shown, those by title are not', () => {
    const all = limitsOf({ history: [], limits: { onePerGroup: false } })
    expect(taken(all.limiter({ count: 12 }), 4)).toEqual([0, 2, 3])
  })
})

test('a list has one volume of a series', () => {
  const series = { name: 'Dune', position: 1 }
  const limitsOf = limitsFor([
    { series },
    { series },
    { series: { name: 'Dune', position: 2 } },
  ])
  expect(taken(limitsOf({ history: [] }).limiter({ count: 12 }), 3)).toEqual([0])
})

test('of a series begun a list has two volumes, the one after the next only behind the next', () => {
  const limitsOf = limitsFor(
    [1, 2, 3, 4].map((position) => ({ series: { name: 'Dune', position } })),
  )
  const { limiter } = limitsOf({ history: [{ index: 0, kind: 'like' }] })
  const list = limiter({ count: 12 })
  expect(list.admits(2)).toBe(false)
  list.take(1)
  expect(list.admits(2)).toBe(true)
  expect(list.copy().admits(2)).toBe(true)
  list.take(2)
  expect(list.admits(3)).toBe(false)
})

test('what a visitor asks for by name is limited by the owner alone', () => {
  const limitsOf = limitsFor(many)
  const all = limitsOf({ history: [] }).owners()
  const one = limitsOf({ history: [], limits: { maxPerAuthor: 1 } }).owners()
  for (const index of [0, 1]) all.take(index)
  one.take(0)
  expect(all.admits(2)).toBe(true)
  expect(one.admits(1)).toBe(false)
})
