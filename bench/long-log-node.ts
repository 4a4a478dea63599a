/**
 * What a log of 100,000 events costs in the worker, piece by piece, without a browser: opening
 * the engine on it, the first shelves, the next ones, dropping what it need not keep.
 *
 *   npx tsx bench/long-log-node.ts [share of acts]
 */
import { createEngine } from '../src/engine/create-engine.ts'
import type { LoggedEvent } from '../src/feedback/event.ts'
import { createMemoryStore } from '../src/store/memory-store.ts'
import { outdatedViews } from '../src/store/outdated-views.ts'
import { readRecords } from '../src/store/read-record.ts'
import { openPack } from './open-pack.ts'

const folder = 'public/catalogues/books'
const acts = Number(process.argv[2] ?? 0.2)
const EVENTS = 100_000
const { pack, items, scanner } = await openPack(folder)
const now = Date.UTC(2026, 0, 1)
const absent = () => Promise.reject(new Error('not in this bench'))
const KINDS = ['click', 'dwell', 'like', 'save', 'rate', 'search'] as const

const events = Array.from({ length: EVENTS }, (_, i): LoggedEvent => {
  const kind = (i * 0.618034) % 1 < acts ? KINDS[i % KINDS.length]! : 'impression'
  const at = now - (EVENTS - i) * 250_000
  const shown = {
    ...{ place: i % 12, propensity: 1, policy: 'shipped' as const },
    parts: { cf: 0.5, tower: 0.25, popularity: -0.125, content: 0.1 },
  }
  return {
    ...{ seq: i + 1, uid: i.toString(16).padStart(32, '0'), kind, at },
    ...(kind === 'search'
      ? { text: 'the sea' }
      : { item: items.record((i * 7) % 3000).id }),
    ...(kind === 'dwell' ? { value: 40 } : kind === 'rate' ? { value: 4 } : {}),
    ...(kind === 'impression' ? { slate: `slate-${Math.floor(i / 12)}`, shown } : {}),
  }
})

async function timed<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  const start = process.cpuUsage()
  const made = await work()
  const { user, system } = process.cpuUsage(start)
  console.log(`${what}: ${((user + system) / 1000).toFixed(0)} ms of processor time`)
  return made
}

for (const log of [[], events]) {
  console.log(`${log.length} events`)
  const known = await timed('checked as read', () => readRecords(log).events)
  await timed('views to drop found', () => outdatedViews(known, now).length)
  const memory = createMemoryStore({
    ...{ now: () => now, uid: () => 'u', events: known },
    later: (task) => void setTimeout(task),
  })
  const store = { ...memory, setStorage: absent }
  const engine = await timed('engine opened', () =>
    createEngine({
      ...{ pack, items, scanner, firstItems: [], store, readColumn: absent },
      ...{ openEncoder: absent, openTowers: absent, now: () => now },
      ...{ clock: () => performance.now(), later: () => {}, notify: () => {} },
    }),
  )
  await timed('state', () => engine.state())
  await timed('first shelves', () => engine.shelves())
  await timed('shelves again', () => engine.shelves())
  const item = items.record(77).id
  await timed('a click recorded', () =>
    engine.record({ kind: 'click', item, at: now - 1 }),
  )
  await timed('shelves after it', () => engine.shelves())
  const { events: left } = await engine.state()
  console.log(`${left} events left`)
}
