import { expect, test } from 'vitest'
import type { ItemRecord } from '../../pack/item.ts'
import { openTrial } from '../open-trial.ts'
import { plantedDataset } from '../planted.test-data.ts'
import { trainPack } from '../train-pack.ts'
import { MAX_LIKES, makeUpFollower, makeUpVisitors } from './made-up-visitors.ts'

function itemsOf(count: number, factsOf: (n: number) => Partial<ItemRecord>) {
  return Array.from({ length: count }, (_, n) => ({
    ...{ id: `i${n}`, title: `Title ${n}` },
    ...factsOf(n),
  }))
}

test('each likes a genre, its most popular item first', () => {
  const items = itemsOf(12, (n) => ({ genres: [['Sea', 'Land', 'Sky'][n % 3]] }))
  const popularity = items.map((_, n) => (n === 9 ? 1 : n === 3 ? 0.5 : 0))
  const visitors = makeUpVisitors(items, popularity)
  expect(visitors.map(({ likes }) => likes)).toEqual(['Land', 'Sea', 'Sky'])
  expect(visitors[1].items).toEqual(['i9', 'i3', 'i0', 'i6'])
  expect(makeUpVisitors(items, popularity)).toEqual(visitors)
})

test('a genre that all have, or two of the same items, make no other visitor', () => {
  const items = itemsOf(20, (n) => ({
    genres: ['Fiction', ...(n < 10 ? ['Sea', 'Ships'] : ['Land'])],
  }))
  const visitors = makeUpVisitors(items, new Float32Array(20))
  expect(visitors.map(({ likes }) => likes)).toEqual(['Land', 'Sea'])
})

test('without genres they like series, then makers, then what comes first', () => {
  const flat = new Float32Array(80)
  const likes = (factsOf: (n: number) => Partial<ItemRecord>) =>
    makeUpVisitors(itemsOf(80, factsOf), flat).map((visitor) => visitor.likes)
  expect(likes((n) => (n < 4 ? { series: { name: 'Voyages' } } : {}))).toEqual([
    'Voyages',
  ])
  expect(likes((n) => (n > 70 ? { authors: ['Ann'] } : {}))).toEqual(['Ann'])
  expect(likes(() => ({}))).toEqual(['what comes first'])
  expect(
    makeUpVisitors(
      itemsOf(80, () => ({})),
      flat,
    )[0].items,
  ).toHaveLength(MAX_LIKES)
})

test('one likes what goes with the most popular item, nearly all of its own half', async () => {
  const dataset = plantedDataset({ users: 40, items: 20, choices: 4, seed: 1 })
  const { source } = await trainPack(dataset, { threads: 0 })
  const { pack } = await openTrial(source)
  const follower = makeUpFollower(pack, dataset.items)
  const group = dataset.items.find(({ id }) => id === follower?.items[0])?.genres?.[0]
  expect(follower?.likes).toMatch(new RegExp(`^what goes with A ${group} story`))
  const groups = follower?.items
    .slice(0, 6)
    .map((id) => dataset.items.find((item) => item.id === id)?.genres?.[0])
  // popularity counts too
  expect(groups?.filter((each) => each === group).length).toBeGreaterThanOrEqual(5)
  const { cf: _, ...without } = source
  const alone = await openTrial(without)
  expect(makeUpFollower(alone.pack, dataset.items)).toBeUndefined()
})
