import { describe, expect, test, vi } from 'vitest'
import type { ItemRecord } from '../catalogue/item-record.ts'
import type { ItemTable } from '../catalogue/item-table.ts'
import { HearthError } from '../errors.ts'
import { createJsScanner } from '../math/js-scanner.ts'
import { openProfile } from '../profile/open-profile.ts'
import type { ProfileStore } from '../profile/profile-store.ts'
import { samplePack } from '../scoring/sample-pack.test-data.ts'
import type { Signal } from '../signals/signal.ts'
import { createReferenceDevice } from '../towers/reference.ts'
import type { TowerDevice } from '../towers/tower-device.ts'
import { createEngine, type EngineParts } from './create-engine.ts'
import type { Engine, EngineNotice, Feed } from './engine.ts'

/** Two tastes, sea (even rows) and space (odd rows), twelve items each. */
const ROWS = 24
const DIM = 4
const titles = Array.from({ length: ROWS }, (_, row) =>
  row % 2 === 0 ? `Sea ${row}` : `Space ${row}`,
)
const records: ItemRecord[] = titles.map((title, row) => ({
  id: `id${row}`,
  title,
  authors: [`Author ${row % 6}`],
  genres: [row % 2 === 0 ? 'sea stories' : 'science fiction'],
}))
const sameTaste = (a: number, b: number) => a % 2 === b % 2 && a !== b
const matrix = (value: (a: number, b: number) => number, columns = ROWS) =>
  titles.map((_, a) => Array.from({ length: columns }, (_, b) => value(a, b)))

const sample = samplePack({
  items: records,
  cf: matrix((a, b) => (sameTaste(a, b) ? 1 - b / 100 : 0)),
  content: matrix((a, d) => (d % 2 === a % 2 ? 1 : 0.1), DIM),
  tower: {
    items: matrix((a, d) => (d % 2 === a % 2 ? 1 : 0), DIM),
    user: [identityLayer(2 * DIM, DIM)],
  },
  popularity: titles.map((_, row) => 1 - row / ROWS),
})
const pack = {
  ...sample,
  manifest: { ...sample.manifest, encoder: { name: 'test', fingerprint: 'f00d' } },
}
const items: ItemTable = {
  count: ROWS,
  record: (row) => records[row],
  rowOf: (id) => {
    const row = records.findIndex((record) => record.id === id)
    return row === -1 ? undefined : row
  },
}

function identityLayer(from: number, to: number) {
  const weights = new Float32Array(from * to)
  for (let i = 0; i < to; i++) weights[i * to + i] = 1
  return { weights, bias: new Float32Array(to) }
}

interface Setup {
  engine: Engine
  notices: EngineNotice[]
  store: ProfileStore
  /** Runs what was put off, to its end. */
  settle: () => Promise<void>
  at: (minutes: number) => number
}

async function setUp(parts: Partial<EngineParts> = {}): Promise<Setup> {
  const start = Date.UTC(2026, 0, 1)
  const notices: EngineNotice[] = []
  const put: (() => void)[] = []
  let uid = 0
  const store =
    parts.store ??
    (await openProfile({
      name: 'test',
      memoryOnly: true,
      now: () => start,
      uid: () => `u${++uid}`,
      later: (task) => task(),
    }))
  const engine = await createEngine({
    ...{ pack, items, store, scanner: createJsScanner() },
    openEncoder: () =>
      Promise.reject(new HearthError('no-encoder', 'the model is missing.')),
    openTowers: async () => ({
      device: createReferenceDevice(),
      ...{ tried: ['js: in use'], selfCheck: 0, probeMs: 1 },
    }),
    now: () => start + 3_600_000,
    clock: () => 0,
    later: (task) => void put.push(task),
    notify: (notice) => notices.push(notice),
    ...parts,
  })
  const settle = async () => {
    for (const task of put.splice(0)) task()
    await vi.waitFor(async () => {
      const { towers } = await engine.state()
      expect(towers.state).not.toBe('loading')
    })
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { engine, notices, store, settle, at: (minutes) => start + minutes * 60_000 }
}

const like = (row: number, at: number): Signal => ({
  kind: 'like',
  itemId: `id${row}`,
  at,
})

/** Every pick of the feed but what the visitor already knows. */
function newTitles(feed: Feed) {
  return feed.shelves
    .filter(({ kind }) => kind === 'for-you')
    .flatMap(({ picks }) => picks.map(({ item }) => item.title))
}

describe('a stranger', () => {
  test('gets the common shelves, most read first, with no device opened', async () => {
    const opened: string[] = []
    const { engine } = await setUp({
      openTowers: async () => {
        opened.push('towers')
        throw new Error('not wanted')
      },
    })
    const feed = await engine.feed({ count: 5 })
    expect(feed.eventCount).toBe(0)
    expect(feed.shelves.map(({ kind }) => kind)).toEqual(['trending', 'different'])
    expect(feed.shelves[0].picks[0].item.title).toBe('Sea 0')
    expect(opened).toEqual([])
  })
})

describe('a like', () => {
  test('fills "For you" with the liked taste and says why', async () => {
    const { engine, at } = await setUp()
    await engine.record([like(6, at(0))])
    const feed = await engine.feed({ count: 4 })
    const [forYou] = feed.shelves
    expect(forYou.kind).toBe('for-you')
    expect(newTitles(feed).every((title) => title.startsWith('Sea'))).toBe(true)
    expect(newTitles(feed)).not.toContain('Sea 6')
    for (const { reasons } of forYou.picks) {
      expect(reasons.map(({ text }) => text).join('\n')).toContain('Sea 6')
    }
  })

  test('adds up: the parts of each pick sum to its score', async () => {
    const { engine, at } = await setUp()
    await engine.record([like(6, at(0)), like(8, at(1))])
    const feed = await engine.feed({ count: 6 })
    const picks = feed.shelves.flatMap((shelf) => shelf.picks)
    expect(picks.length).toBeGreaterThan(6)
    for (const { score, parts } of picks) {
      const sum = Object.values(parts).reduce((total, part) => total + part, 0)
      expect(sum).toBeCloseTo(score, 3)
    }
  })

  test('told twice in the same millisecond counts once', async () => {
    const { engine, at } = await setUp()
    const [first] = await engine.record([like(6, at(0))])
    const [again] = await engine.record([like(6, at(0))])
    expect(again.seq).toBe(first.seq)
    expect(await engine.events()).toHaveLength(1)
  })

  test('is shown as a mark with the event that takes it back', async () => {
    const { engine, at } = await setUp()
    const [event] = await engine.record([like(6, at(0))])
    const detail = await engine.item('id6')
    expect(detail?.pick.mark?.liked).toBe(event.seq)
  })
})

test('removing the event gives exactly the feed from before it', async () => {
  const { engine, at, settle } = await setUp()
  await engine.record([like(6, at(0)), like(8, at(1))])
  await settle()
  const before = await engine.item('id10')
  const [event] = await engine.record([like(7, at(2))])
  await settle()
  expect((await engine.item('id10'))?.pick.score).not.toBe(before?.pick.score)
  await engine.removeEvents([event.seq])
  await settle()
  expect((await engine.item('id10'))?.pick).toEqual(before?.pick)
})

test('"not for me" takes the item out of the feed', async () => {
  const { engine, at } = await setUp()
  await engine.record([like(6, at(0))])
  await engine.record([{ kind: 'dislike', itemId: 'id0', at: at(1) }])
  const feed = await engine.feed({ count: 12 })
  const shown = feed.shelves.flatMap(({ picks }) => picks.map(({ item }) => item.id))
  expect(shown).not.toContain('id0')
})

test('no item is shown twice among the shelves of new things', async () => {
  const { engine, at } = await setUp()
  await engine.record([like(6, at(0)), like(9, at(1))])
  const feed = await engine.feed({ count: 4 })
  const fresh = feed.shelves.filter(({ kind }) => kind !== 'continue')
  const ids = fresh.flatMap(({ picks }) => picks.map(({ item }) => item.id))
  expect(new Set(ids).size).toBe(ids.length)
})

test('signals on items that the catalogue does not hold are ignored', async () => {
  const { engine, at } = await setUp()
  expect(await engine.record([{ ...like(1, at(0)), itemId: 'gone' }])).toEqual([])
  expect(await engine.events()).toEqual([])
})

test('tells the page once a change', async () => {
  const { engine, notices, at } = await setUp()
  await engine.record([like(6, at(0))])
  expect(notices.filter(({ type }) => type === 'profile-changed')).toHaveLength(1)
})

test('erase forgets events, taste and what was learned', async () => {
  const { engine, at, settle } = await setUp()
  const stranger = await engine.item('id10')
  await engine.record([like(6, at(0)), like(8, at(1)), like(4, at(2))])
  await settle()
  await engine.erase()
  expect(await engine.events()).toEqual([])
  expect((await engine.taste()).entities).toEqual([])
  expect((await engine.item('id10'))?.pick).toEqual(stranger?.pick)
})

test('an exported profile makes the same list on another device', async () => {
  const here = await setUp()
  const there = await setUp()
  await here.engine.record([like(6, here.at(0)), like(9, here.at(1))])
  const file = JSON.parse(JSON.stringify(await here.engine.exportProfile()))
  expect(await there.engine.importProfile(file)).toBe(2)
  const score = async (engine: Engine) => (await engine.item('id10'))?.pick.score
  expect(await score(there.engine)).toBe(await score(here.engine))
})

test('a foreign profile file is refused and nothing changes', async () => {
  const { engine, at } = await setUp()
  await engine.record([like(6, at(0))])
  await expect(engine.importProfile({ format: 'other' })).rejects.toMatchObject({
    code: 'bad-profile',
  })
  expect(await engine.events()).toHaveLength(1)
})

describe('search', () => {
  test('answers by words when there is no encoder, and says so', async () => {
    const { engine } = await setUp()
    const result = await engine.search('sea', { count: 5, meaning: true })
    expect(result.mode).toBe('words')
    expect(result.note).toContain('the model is missing')
    expect(result.picks.every(({ item }) => item.title.startsWith('Sea'))).toBe(true)
    expect((await engine.state()).encoder.state).toBe('failed')
  })

  test('answers by meaning once the encoder reads', async () => {
    const vector = Float32Array.of(0, 1, 0, 1) // the direction of the space items
    const { engine } = await setUp({
      openEncoder: async () => ({
        encoder: {
          ...{ dim: DIM, fingerprint: 'f00d' },
          encode: async () => vector,
          dispose: async () => {},
        },
        ...{ rung: 'wasm' as const, tried: ['wasm: in use'], selfCheck: 1, probeMs: 1 },
      }),
    })
    const result = await engine.search('rockets', { count: 3, meaning: true })
    expect(result.mode).toBe('meaning')
    expect(result.picks.every(({ item }) => item.title.startsWith('Space'))).toBe(true)
    expect((await engine.state()).encoder).toMatchObject({
      state: 'ready',
      rung: 'wasm',
    })
  })

  test('refuses an encoder that did not make this pack', async () => {
    const { engine } = await setUp({
      openEncoder: async () => ({
        encoder: {
          ...{ dim: DIM, fingerprint: 'another' },
          encode: async () => new Float32Array(DIM),
          dispose: async () => {},
        },
        ...{ rung: 'wasm' as const, tried: [], selfCheck: 1, probeMs: 1 },
      }),
    })
    const result = await engine.search('sea', { meaning: true })
    expect(result.note).toContain('wrong encoder for this catalogue')
  })
})

describe('towers', () => {
  test('learn in the background and are kept for the next visit', async () => {
    const first = await setUp()
    await first.engine.record([6, 8, 10, 4].map((row, i) => like(row, first.at(i))))
    await first.settle()
    expect(first.notices).toContainEqual({ type: 'learned' })
    const learned = await first.engine.item('id12')
    const opened: string[] = []
    const second = await setUp({
      store: first.store,
      openTowers: async () => {
        opened.push('towers')
        throw new Error('not wanted')
      },
    })
    expect((await second.engine.item('id12'))?.pick.score).toBe(learned?.pick.score)
    await second.settle()
    expect(opened).toEqual([])
  })

  test('go one rung down when the device is lost, and lose nothing', async () => {
    const lost: TowerDevice = {
      ...createReferenceDevice(),
      rung: 'webgpu',
      tune: () => Promise.reject(new HearthError('no-device', 'the GPU was lost.')),
    }
    const from: string[] = []
    const { engine, at, settle } = await setUp({
      openTowers: async (rung) => {
        from.push(rung)
        const device = rung === 'webgpu' ? lost : createReferenceDevice()
        return { device, tried: [`${device.rung}: in use`], selfCheck: 0, probeMs: 1 }
      },
    })
    await engine.record([6, 8, 10].map((row, i) => like(row, at(i))))
    await settle()
    expect(from).toEqual(['webgpu', 'wasm'])
    const { towers } = await engine.state()
    expect(towers).toMatchObject({ state: 'ready', rung: 'js' })
    expect(towers.tried.join('\n')).toContain('the GPU was lost.')
    expect(await engine.events()).toHaveLength(3)
  })
})

test.each([0, -1, 1.5, 51, Number.NaN])('refuses a list of %s', async (count) => {
  const { engine } = await setUp()
  await expect(engine.feed({ count })).rejects.toMatchObject({ code: 'bad-argument' })
})
