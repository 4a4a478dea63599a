import { describe, expect, test } from 'vitest'
import type { ItemRecord } from '../pack/item.ts'
import { nearnessOf, peersOf } from './background.ts'
import { samplePack, tasteOf } from './sample-pack.test-data.ts'
import type { Component } from './score.ts'
import { COMPONENTS } from './score.ts'
import { readSupports, type Support } from './support.ts'

const all = Object.fromEntries(COMPONENTS.map((name) => [name, 1])) as Record<
  Component,
  number
>
const COUNT = 40
const places = Array.from({ length: COUNT }, (_, index) => index)
/** 0 and 1 are alike; all others point their own way. */
const axes = Array.from({ length: COUNT + 1 }, (_, d) => d)
const vectors = places.map((a) =>
  axes.map((d) => (d === a || (a < 2 && d === COUNT) ? 1 : 0.05)),
)
const pairs = (values: Readonly<Record<number, readonly number[]>>) =>
  places.map((a) => places.map((b) => values[a]?.[b] ?? 0))
const items: Partial<ItemRecord>[] = places.map((index) => ({
  ...(index < 3 ? { authors: ['Ursula K. Le Guin'] } : {}),
  genres: [index % 2 === 0 ? 'fiction' : `kind ${index % 9}`],
}))
const pack = samplePack({
  items,
  cf: pairs({ 0: [0, 15, 10, 1], 1: [0, 0, 10] }),
  sequence: pairs({ 0: [0, 0, 9], 1: [0, 0, 9] }),
  content: vectors,
  tower: { items: vectors },
})

function supportsOf(component: string, found: readonly Support[]) {
  return found.filter((support) => support.component === component)
}

describe('supports', () => {
  const reader = readSupports(pack, { taste: tasteOf([0, [1, 0.5]]) })

  test('give how much of cf and sequence each history item added', () => {
    const found = reader.of(2, all)
    // 1 · 10 and ½ · 10
    const [first, second] = supportsOf('cf', found)
    expect([first!.index, second!.index]).toEqual([0, 1])
    expect(first!.share).toBeCloseTo(2 / 3, 6)
    // newest: 9 · 1; then ½ · .7 of 9
    expect(supportsOf('sequence', found)[0]!.share).toBeCloseTo(1 / 1.35, 6)
  })

  test('name the shared attribute and the history items that hold it', () => {
    const [shared] = supportsOf('attributes', reader.of(2, all))
    expect(pack.attributes.values[shared!.attribute!]!.name).toBe('Ursula K. Le Guin')
    expect(shared!.indices).toEqual([0, 1])
  })

  test('are never of the item itself, nor of an edition of it', () => {
    for (const { index, indices = [] } of reader.of(0, all)) {
      expect([index, ...indices]).not.toContain(0)
    }
    const editions = (index: number) => (index === 2 ? [0] : [])
    const apart = readSupports(pack, { taste: tasteOf([0, 1]) }, { editions }).of(
      2,
      all,
    )
    expect(apart.length).toBeGreaterThan(0)
    for (const { index, indices = [] } of apart) {
      expect([index, ...indices]).not.toContain(0)
    }
  })

  test('are strongest first, and of positive components alone', () => {
    const components = { ...all, cf: 3, sequence: -1 }
    const found = reader.of(2, components)
    const strengths = found.map(({ component, share }) => share * components[component])
    expect(strengths).toEqual(strengths.toSorted((a, b) => b - a))
    expect(supportsOf('sequence', found)).toEqual([])
  })
})

describe('what is too weak to be stated', () => {
  const reader = readSupports(pack, { taste: tasteOf([0]) })

  test('a pair far below the strongest of its item', () => {
    expect(supportsOf('cf', reader.of(1, all))).toHaveLength(1)
    expect(supportsOf('cf', reader.of(3, all))).toEqual([]) // 1 of 15
  })

  test('a text that is no closer than others', () => {
    expect(supportsOf('content', reader.of(1, all))).toHaveLength(1)
    expect(supportsOf('content', reader.of(2, all))).toEqual([])
  })

  test('what half of the catalogue is', () => {
    const named = supportsOf('attributes', reader.of(4, all))
    expect(named).toEqual([]) // fiction
  })

  test('a maker that names nobody, where the caller knows', () => {
    const isNamed = () => false
    const found = readSupports(pack, { taste: tasteOf([0]) }, { isNamed }).of(1, all)
    expect(supportsOf('attributes', found)).toEqual([])
  })

  test('a typed text, and a visitor as a whole, that fit this item no better', () => {
    const textQuery = Float32Array.from(axes, (d) => (d === 7 ? 1 : 0))
    const userVector = Float32Array.from(axes, (d) => (d === 5 ? 1 : 0))
    const typed = readSupports(pack, { taste: tasteOf([9]), textQuery, userVector })
    const wholes = (index: number) =>
      typed
        .of(index, all)
        .filter((support) => support.index === undefined)
        .map(({ component }) => component)
        .filter((component) => component !== 'attributes')
    expect(wholes(7)).toEqual(['content'])
    expect(wholes(5)).toContain('tower')
    expect(wholes(20)).toEqual([])
  })
})

describe('nearness', () => {
  test('is nothing where all are alike', () => {
    const same = samplePack({ items, content: places.map(() => [1, 1]) })
    expect(nearnessOf(same.content?.vectors)(0, 1)).toBeUndefined()
    expect(nearnessOf(undefined)(0, 1)).toBeUndefined()
  })

  test('is measured among items that were chosen as often', () => {
    const popularity = Float32Array.from({ length: 1200 }, (_, index) => index / 1200)
    const peers = peersOf({ popularity })
    expect(peers.groupOf(1199)).toBe(0)
    expect(peers.groupOf(0)).toBe(2)
    const members = [0, 1, 2].map((group) => peers.members(group))
    expect(members.map(({ length }) => length)).toEqual([400, 400, 400])
    for (const [group, those] of members.entries()) {
      expect(those.every((index) => peers.groupOf(index) === group)).toBe(true)
    }
    const even = peersOf({ popularity: new Float32Array(1200) })
    expect(even.members(even.groupOf(7))).toHaveLength(400)
  })
})
