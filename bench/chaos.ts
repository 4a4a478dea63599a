/**
 * Seeded random faults against a model of what must hold, without a browser: tabs of one profile
 * on one (fake) database record, change their mind, remove, are killed in mid-write, meet a full
 * disk and connections that fail. Afterwards, and in every tab that is left:
 *
 * - every acknowledged event is there once, unless it was removed or taken the place of;
 * - nothing that was removed is there, nothing is there twice;
 * - every tab shows what is stored.
 *
 *   npx tsx bench/chaos.ts [rounds] [seed]      10 tabs × 100 acts a round
 */
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { createRandom } from '../src/math/random.ts'
import { openProfile } from '../src/store/open-store.ts'
import { createHub } from '../src/store/profile.test-kit.ts'
import type { MovableStore } from '../src/store/profile-store.ts'
import type { TabChannel } from '../src/store/tabs.ts'

const ROUNDS = Number(process.argv[2] ?? 20)
const SEED = Number(process.argv[3] ?? 1)
const TABS = 10
const ACTS = 100
/** Chances at each act. */
const KILLED = 0.004
const DISK_FULL = 0.01
const CONNECTION_LOST = 0.01
const CHANGES_MIND = 0.15
const REMOVES = 0.1
/** Tabs that end a round alive: the others may be killed. */
const MIN_ALIVE = 3

interface Tab {
  readonly store: MovableStore
  isAlive: boolean
  /** Acknowledged while the disk refused: kept as long as the tab, as its state tells. */
  readonly unstored: Set<string>
  /** What its listeners were told of last. */
  shown: Promise<readonly string[]>
}

interface Model {
  /** Uids that were acknowledged and not removed since. */
  readonly kept: Set<string>
  /** Uids whose removal, or whose taking the place of, was acknowledged. */
  readonly gone: Set<string>
  /** Uids of calls that a killed tab left without an answer: there or not, once at most. */
  readonly open: Set<string>
}

/** What the next event that is added meets. */
let fault: string | undefined
const add = IDBObjectStore.prototype.add
IDBObjectStore.prototype.add = function (...args: Parameters<typeof add>) {
  const name = fault
  fault = undefined
  if (name !== undefined) throw new DOMException('a fault of the bench', name)
  return add.apply(this, args)
}

async function round(seed: number) {
  const random = createRandom(seed)
  const disk = new IDBFactory()
  const hub = createHub()
  const model: Model = { kept: new Set(), gone: new Set(), open: new Set() }
  const tabs: Tab[] = []
  for (let i = 0; i < TABS; i++) tabs.push(await openTab(disk, hub, `${seed}-${i}`))
  let isOver = false
  const act = async (tab: Tab, i: number, n: number) => {
    const uid = `${i}-${n}`
    const event = { kind: 'like', item: `item-${n}`, at: n + 1, uid } as const
    const stored = await tab.store.events()
    const other = stored[random.integer(Math.max(1, stored.length))]
    const [, isChange, isRemoval] = [
      0,
      random.next() < CHANGES_MIND,
      random.next() < REMOVES,
    ]
    const instead = other && (isChange || isRemoval) ? [other] : []
    for (const { uid: old } of instead) model.open.add(old)
    if (!isRemoval) model.open.add(uid)
    const seqs = instead.map(({ seq }) => seq)
    const call = isRemoval ? tab.store.remove(seqs) : tab.store.append([event], seqs)
    if (
      random.next() < KILLED &&
      tabs.filter(({ isAlive }) => isAlive).length > MIN_ALIVE
    ) {
      kill(tab) // in mid-write: its call may have come through or not
    }
    const isDone = await call.then(
      () => true,
      () => false,
    )
    if (!tab.isAlive || !isDone) return // open: there or not
    for (const { uid: old } of instead) {
      model.gone.add(old)
      model.kept.delete(old)
    }
    if (isRemoval) return
    if (!model.gone.has(uid)) tab.unstored.add(uid)
    if (tab.store.state().mode === 'indexeddb') settle(tab, model)
  }
  const run = async (tab: Tab, i: number) => {
    for (let n = 0; n < ACTS && tab.isAlive; n++) {
      if (random.next() < DISK_FULL) fault = 'QuotaExceededError'
      if (random.next() < CONNECTION_LOST) fault = 'UnknownError'
      await act(tab, i, n)
    }
  }
  await Promise.all(tabs.map(run))
  isOver = true
  const alive = tabs.filter(({ isAlive }) => isAlive)
  // what the disk did not take is in its tab's memory: the next write brings it
  for (const [i, tab] of alive.entries()) {
    await tab.store.append([{ kind: 'like', item: 'last', at: 1, uid: `last-${i}` }])
    tab.unstored.add(`last-${i}`)
    settle(tab, model)
  }
  await new Promise((resolve) => setTimeout(resolve, 30))
  const fresh = await openTab(disk, hub, `${seed}-fresh`)
  const stored = (await fresh.store.events()).map(({ uid }) => uid)
  const there = new Set(stored)
  const shown = await Promise.all(alive.map((tab) => tab.shown))
  for (const tab of [...alive, fresh]) tab.store.close()
  return {
    isOver,
    acknowledged: model.kept.size,
    lost: [...model.kept].filter((uid) => !there.has(uid)).length,
    doubled: stored.length - there.size,
    'came back': [...model.gone].filter((uid) => there.has(uid)).length,
    'tabs killed': TABS - alive.length,
    'tabs that show something else': shown.filter(
      (uids) => String(uids) !== String(stored),
    ).length,
  }
}

async function openTab(
  disk: IDBFactory,
  hub: (name: string) => TabChannel,
  name: string,
): Promise<Tab> {
  let uids = 0
  const store = await openProfile({
    ...{ name: 'chaos', indexedDB: disk, channel: hub, now: () => 1 },
    onDemand: () => import('../src/store/on-demand.ts'),
    uid: () => `${name}:${++uids}`,
  })
  const read = async () => (await store.events()).map(({ uid }) => uid)
  const tab: Tab = { store, isAlive: true, unstored: new Set(), shown: read() }
  // as the engine does: what was changed is read again
  store.onChange(() => {
    if (tab.isAlive) tab.shown = read()
  })
  return tab
}

/** What the tab held in memory is on the disk now. */
function settle({ unstored }: Tab, { kept, gone }: Model) {
  for (const uid of unstored) if (!gone.has(uid)) kept.add(uid)
  unstored.clear()
}

function kill(tab: Tab) {
  tab.isAlive = false
  tab.store.close()
}

const totals: Record<string, number> = {}
for (let i = 0; i < ROUNDS; i++) {
  const result = await round(SEED + i)
  for (const [name, value] of Object.entries(result)) {
    totals[name] = (totals[name] ?? 0) + Number(value)
  }
}
const { isOver: rounds, ...counts } = totals
console.log(`${rounds} rounds of ${TABS} tabs × ${ACTS} acts`)
console.table(counts)
const faults = ['lost', 'doubled', 'came back', 'tabs that show something else']
if (faults.some((name) => counts[name] !== 0)) process.exitCode = 1
