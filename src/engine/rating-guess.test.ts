import { expect, test } from 'vitest'
import { createJsScanner } from '../math/scanner.ts'
import { samplePack } from '../scoring/sample-pack.test-data.ts'
import { openProfile } from '../store/open-store.ts'
import { createEngine } from './create-engine.ts'
import { guessRating } from './rating-guess.ts'

const ITEMS = 8
const records = Array.from({ length: ITEMS }, (_, index) => ({
  id: `id${index}`,
  title: `T${index}`,
  authors: [index < 4 ? 'Ann' : 'Bo'],
}))
const items = {
  count: ITEMS,
  record: (index: number) => records[index],
  indexOf: (id: string) => {
    const index = records.findIndex((record) => record.id === id)
    return index < 0 ? undefined : index
  },
}
const head = {
  ...{ low: 1, high: 10, mean: 6, bias: new Float32Array(ITEMS) },
  variances: { visitor: 0.5, tower: 0, content: 0, facts: 2, idf: 0 },
}
const pack = { ...samplePack({ items: records }), ratings: head }

const reactionsOf = (...stars: [id: string, stars: number][]) =>
  new Map(stars.map(([id, given], n) => [id, { rated: { seq: n, stars: given } }]))

test('three ratings make a guess, in stars whatever the scale', () => {
  const reactions = reactionsOf(['id0', 5], ['id1', 5], ['id4', 1])
  const guess = (id: string) => guessRating(pack, { items, reactions }, id)!
  expect(guess('id2')).toMatchObject({ from: 3, least: 3 })
  expect(guess('id2').stars).toBeGreaterThan(3.5) // by the author of the two liked ones
  expect(guess('id5').stars).toBeLessThan(3)
})

test('fewer make none', () => {
  const reactions = reactionsOf(['id0', 5], ['id1', 5])
  expect(guessRating(pack, { items, reactions }, 'id2')).toEqual({ from: 2, least: 3 })
})

test("the item's own rating is not read, nor one of an item that is gone", () => {
  const reactions = reactionsOf(['id0', 5], ['id1', 4], ['id4', 2], ['gone', 1])
  expect(guessRating(pack, { items, reactions }, 'id0')).toEqual({ from: 2, least: 3 })
  expect(guessRating(pack, { items, reactions }, 'id2')!.from).toBe(3)
})

test('an unknown item and a pack without a head have none', () => {
  expect(guessRating(pack, { items, reactions: new Map() }, 'gone')).toBeUndefined()
  const { ratings: _, ...bare } = pack
  expect(guessRating(bare, { items, reactions: new Map() }, 'id0')).toBeUndefined()
})

test("the engine reads the visitor's log, and forgets what is removed", async () => {
  const store = await openProfile({
    onDemand: () => import('../store/on-demand.ts'),
    ...{ name: 'guess', storage: 'memory', now: () => 0, uid: () => 'u' },
    later: (task) => task(),
  })
  const never = () => new Promise<never>(() => {})
  const engine = await createEngine({
    ...{ pack, items, store, firstItems: [], scanner: createJsScanner() },
    ...{
      readColumn: never,
      openEncoder: never,
      openTowers: never,
      later: () => {},
      notify: () => {},
    },
    ...{ now: () => 9, clock: () => 0 },
  })
  const given = [5, 4, 1].map((value, n) => {
    return { kind: 'rate', item: `id${n}`, value, at: n } as const
  })
  const [first] = await engine.record(given)
  expect((await engine.predictRating('id3'))!.stars).toBeDefined()
  await engine.remove([first!.seq])
  expect(await engine.predictRating('id3')).toEqual({ from: 2, least: 3 })
})
