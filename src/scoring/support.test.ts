import { expect, test } from 'vitest'
import { samplePack } from './sample-pack.test-data.ts'
import type { Component } from './score.ts'
import { COMPONENTS } from './score.ts'
import { readSupports } from './support.ts'

const pack = samplePack({
  items: [0, 1, 2, 3].map((n) => ({
    id: `i${n}`,
    authors: [n === 3 ? 'Another' : 'Ursula K. Le Guin'],
  })),
  cf: [
    [9, 1, 0, 0],
    [1, 9, 0, 0],
    [1, 0, 0, 0],
    [0, 0, 0, 0],
  ],
  content: [
    [1, 0],
    [1, 0],
    [1, 0],
    [0, 1],
  ],
})
const taste = {
  eventCount: 3,
  history: [0, 1, 2].map((index) => ({ index, weight: 1 - index / 10 })),
  positive: new Map(),
  negative: new Map(),
}
const all = Object.fromEntries(COMPONENTS.map((name) => [name, 1])) as Record<
  Component,
  number
>

test('a shared attribute is supported by the items that hold it', () => {
  const supports = readSupports(pack, { taste }).read(0, all)
  const shared = supports.find(({ component }) => component === 'attributes')
  expect(shared?.indices).toEqual([1, 2])
})

test('an item never supports itself', () => {
  const reader = readSupports(pack, { taste })
  for (const item of [0, 1, 2]) {
    const supports = reader.read(item, all)
    expect(supports.length).toBeGreaterThan(0)
    for (const { index, indices = [] } of supports) {
      expect([index, ...indices]).not.toContain(item)
    }
  }
})
