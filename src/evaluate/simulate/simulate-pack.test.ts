import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeSamplePack } from '../../engine/sample-folder.test-data.ts'
import { createHearth } from '../../index.node.ts'
import { hearthPolicy } from './hearth-policies.ts'
import { POLICY_NAMES } from './policies.ts'
import { simulate } from './simulate.ts'
import { parseBehaviour, simulatePack } from './simulate-pack.ts'
import type { SimulationJson } from './simulation-report.ts'

let pack = ''
let visitors = ''
const sea = Array.from({ length: 15 }, (_, i) => (i === 0 ? 'dune' : `item-${2 * i}`))
const space = Array.from({ length: 15 }, (_, i) => `item-${2 * i + 1}`)

beforeAll(async () => {
  pack = await writeSamplePack()
  visitors = join(pack, 'visitors.json')
  await writeFile(visitors, JSON.stringify([sea, space, sea, space]))
})
afterAll(() => rm(pack, { recursive: true, force: true }))

const behaviour = { lists: 4, listLength: 4, openOther: 0 }

test('every policy runs over the same people and is compared with one of them', async () => {
  const { table, json } = await simulatePack(pack, { visitors, behaviour })
  const figures = JSON.parse(json) as SimulationJson
  expect(figures.policies.map(({ policy }) => policy)).toEqual(POLICY_NAMES)
  expect(figures.visitors).toBe(4)
  for (const name of POLICY_NAMES) expect(table).toContain(name)
  const of = (name: string) => figures.policies.find(({ policy }) => policy === name)!
  expect(of('shipped-no-repeats').repeated).toBe(0)
  expect(of('popularity').repeated).toBeGreaterThan(0)
  // two plain tastes: who learns finds more than who does not
  expect(of('shipped-no-repeats').hits.mean).toBeGreaterThan(
    of('popularity-no-repeats').hits.mean,
  )
})

test('the same seed gives the same figures, another one others', async () => {
  const run = async (seed: number) => {
    const { json } = await simulatePack(pack, {
      ...{ visitors, behaviour, seed },
      policies: ['popularity-no-repeats', 'shipped'],
    })
    const { policies } = JSON.parse(json) as SimulationJson
    return policies.map(({ hits, blocks }) => ({ hits, blocks }))
  }
  expect(await run(1)).toEqual(await run(1))
  expect(await run(1)).not.toEqual(await run(2))
})

test('Hearth is given what a page would record, and nothing more once it is frozen', async () => {
  const logs: string[][] = []
  const policy = hearthPolicy({
    ...{ name: 'watched', pack, frozenAfter: 1 },
    createHearth: async (options) => {
      const hearth = await createHearth(options)
      return {
        ...hearth,
        close: async () => {
          const events = await hearth.profile.events()
          expect(events.every(({ kind, slate }) => kind === 'like' || slate)).toBe(true)
          logs.push(events.toReversed().map(({ kind, item }) => `${kind} ${item}`))
          await hearth.close()
        },
      }
    },
  })
  const all = Array.from({ length: 30 }, (_, i) => (i === 0 ? 'dune' : `item-${i}`))
  await simulate([policy], [all, all], {
    behaviour: { lists: 3, listLength: 2, attention: 1, openLiked: 1 },
  })
  expect(logs).toHaveLength(2)
  for (const log of logs) {
    const kinds = log.map((line) => line.split(' ')[0])
    expect(kinds).toEqual([
      'impression',
      'impression',
      'click',
      'like',
      'click',
      'like',
    ])
  }
})

test('another library runs beside this one under its name', async () => {
  const { json } = await simulatePack(pack, {
    ...{ visitors, behaviour, against: 'here:shipped' },
    policies: ['shipped'],
    libraries: new Map([
      ['here', createHearth],
      ['there', createHearth],
    ]),
  })
  const { policies } = JSON.parse(json) as SimulationJson
  expect(policies.map(({ policy }) => policy)).toEqual([
    'here:shipped',
    'there:shipped',
  ])
  expect(policies[1]?.difference).toEqual({ mean: 0, low: 0, high: 0 })
})

test('a behaviour is read from one line', () => {
  expect(parseBehaviour('noise=0.02, driftAt=15,impressions=looked')).toEqual({
    ...{ noise: 0.02, driftAt: 15, impressions: 'looked' },
  })
  expect(() => parseBehaviour('patience=soon')).toThrow(
    /invalid behaviour: got patience=soon/,
  )
  expect(() => parseBehaviour('mood=3')).toThrow(/invalid behaviour: got mood=3/)
})

test('what is wrong is named before anybody is shown a list', async () => {
  const run = (more: object) => simulatePack(pack, { visitors, behaviour, ...more })
  await expect(run({ policies: ['oracle'] })).rejects.toThrow(
    /unknown policy: got oracle/,
  )
  await expect(run({ count: 1 })).rejects.toThrow(/invalid visitors: got 1/)
  await expect(run({ behaviour: { noise: 2 } })).rejects.toThrow(/invalid noise: got 2/)
  await expect(run({ against: 'nobody' })).rejects.toThrow(/nothing to compare with/)
  const broken = join(pack, 'broken.json')
  await writeFile(broken, '{"people": 3}')
  await expect(run({ visitors: broken })).rejects.toThrow(/no list of people/)
  await writeFile(broken, '[["a", 3]]')
  await expect(run({ visitors: broken })).rejects.toThrow(
    /person 1 has what is neither/,
  )
  await writeFile(broken, 'not json')
  await expect(run({ visitors: broken })).rejects.toThrow(/cannot read/)
})

test('ratings of four and five are likes', async () => {
  const rated = join(pack, 'rated.json')
  const people = [sea, space].map((likes) => likes.map((id, i) => [id, 3 + (i % 3)]))
  await writeFile(rated, JSON.stringify(people))
  const { readVisitors } = await import('./read-visitors.ts')
  const read = await readVisitors(rated)
  expect(read[0]).toEqual(sea.filter((_, i) => i % 3 !== 0))
})
