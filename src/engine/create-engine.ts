/**
 * The one composition root: a pack, a profile and two lazily opened devices become an
 * Engine. Everything the outside world gives (clock, randomness, storage, devices) comes
 * in as an argument; nothing here knows whether it runs in a worker, a test or the CLI.
 */

import {
  checkIdentified,
  type EventInput,
  type IdentifiedEvent,
  type LoggedEvent,
} from '../feedback/event.ts'
import { identify } from '../feedback/identify.ts'
import type { PreferenceReader } from '../feedback/preferences.ts'
import type { Scanner } from '../math/scanner.ts'
import type { AttributeColumn } from '../pack/attribute-column.ts'
import type { ItemTable } from '../pack/items.ts'
import type { Overlay } from '../pack/overlay.ts'
import type { Pack } from '../pack/pack.ts'
import { prepareScoring } from '../scoring/prepare-scoring.ts'
import type { MovableStore } from '../store/profile-store.ts'
import { type Engine, type EngineNotice, eventsOf } from './calls.ts'
import { createFusionLearner } from './fusion-learner.ts'
import type { CurationState, HearthState } from './hearth.ts'
import { checkStorage } from './hearth-options.ts'
import { lazily } from './lazily.ts'
import { createLists } from './lists.ts'
import { learnerOnDemand, readerOnDemand } from './on-demand.ts'
import type { ProfileBasics, ProfileCalls } from './profile-calls.ts'
import type { OpenEncoder } from './text-reader.ts'
import type { OpenTowers } from './tower-learner.ts'
import { type LogChange, openVisitorLog, type StoreChange } from './visitor-log.ts'

/** An overlay, and its ids that the catalogue does not hold. */
export interface EngineOverlay extends Overlay {
  readonly unknown: readonly string[]
}

export interface EngineParts {
  readonly pack: Pack
  readonly items: ItemTable
  readonly scanner: Scanner
  /** Item indices of the pack's first screen, best first; may be empty. */
  readonly firstItems: readonly number[]
  readonly store: MovableStore
  /** Reads one of the owner's columns, whole. */
  readonly readColumn: (name: string) => Promise<AttributeColumn>
  /** What the owner changed since the build; `items` have its prices and stock. */
  readonly overlay?: EngineOverlay
  readonly openEncoder: OpenEncoder
  readonly openTowers: OpenTowers
  /** Unix time, ms. */
  readonly now: () => number
  /** Monotonic time for measurements, ms. */
  readonly clock: () => number
  /**
   * Runs `task` when nothing more urgent waits. Absent: what changes the log is learned
   * before the call resolves, so that the same calls give the same lists.
   */
  readonly later?: (task: () => void) => void
  readonly notify: (notice: EngineNotice) => void
  /** Lets calls that wait go first, in the middle of long work. Default: nothing waits. */
  readonly pause?: () => Promise<void>
  /** The site's own, as `example.org`, where its relative addresses start. Default: none. */
  readonly host?: string
  /** Times the worker was restarted, for the state. Default 0. */
  readonly restarts?: number
  /** Seed of exploration and of slates. Default 1. */
  readonly seed?: number
}

/** Events below which a log is never searched for views to drop, and between two searches. */
const LONG_LOG = 12_000
const LONG_LOG_STEP = 2_000
/** Views removed in one transaction: a page that is left loses no more of the work. */
const DROPPED_AT_ONCE = 10_000

/** Loaded with the first call of one of them. */
const SELDOM: readonly (keyof ProfileCalls)[] = [
  ...(['export', 'import', 'readHistory', 'addHistory', 'undoHistory'] as const),
  ...(['taste', 'preferences', 'opens', 'predictRating'] as const),
]

/** A store that cannot be opened is no error: its events are kept in memory. */
export async function createEngine(parts: EngineParts): Promise<Engine> {
  const { pack, items, store, notify } = parts
  let preferences: PreferenceReader | undefined
  /** Few visitors state any: their code comes with the first of them, before it is stored. */
  const loadPreferences = lazily(async () => {
    const { preferenceReader } = await import('./seldom.ts')
    preferences = preferenceReader(pack.attributes, items.record)
  })
  const log = await openVisitorLog(store, {
    ...{ indexOf: items.indexOf, now: parts.now, loadPreferences },
    statedOf: (events) => preferences?.effectOf(events),
  })
  const reportState = () => notify({ type: 'state', event: stateNow() })
  const text = readerOnDemand(pack, parts.openEncoder, reportState)
  const towers = await learnerOnDemand(pack, {
    store,
    log,
    indexOf: items.indexOf,
    open: parts.openTowers,
    now: parts.now,
    onChange: (what) =>
      what === 'layers' ? notify({ type: 'learned', event: {} }) : reportState(),
  })
  const learner = createFusionLearner(pack.manifest.fusion, log)
  const { rankAhead, loadedColumns, withShown, ...lists } = createLists({
    scoring: prepareScoring(pack, parts.scanner),
    items,
    firstItems: parts.firstItems,
    overlay: parts.overlay,
    readColumn: parts.readColumn,
    now: parts.now,
    log,
    text,
    layers: towers.layers,
    learner,
    words: lazily(() => indexWords(items, parts.pause)),
    seed: parts.seed ?? 1,
    clock: parts.clock,
    later: parts.later,
  })

  /** @returns what to wait for: nothing where learning is for later */
  function learn(): Promise<void> | undefined {
    if (!parts.later) return towers.learn().then(towers.adopt)
    parts.later(() => {
      void Promise.resolve(learner.prepare()).then(learner.now) // before a list waits for it
      void towers.learn()
    })
    return undefined
  }
  const changed = (origin: 'own' | 'other', { kinds }: LogChange) => {
    // lists move with what the visitor did, and with nothing else
    if (!kinds?.every((kind) => kind === 'impression' || kind === 'search')) {
      towers.adopt()
    }
    notify({ type: 'change', event: { origin, ...(kinds ? { kinds } : {}) } })
  }

  const storageNow = () => {
    const { reason, unreadable } = store.state()
    return `${unreadable?.length} ${reason}`
  }
  let reported = storageNow()
  /** Storage may be refused, or come back, in the middle of a session. */
  function reportStorage() {
    if (reported === storageNow()) return
    reported = storageNow()
    reportState()
  }
  /** After anything but an append: what was learned may have been from what is gone. */
  async function unlearn({ own, other }: { own?: LogChange; other?: LogChange }) {
    reportStorage()
    if (!own && !other) return
    towers.reset()
    if (own) changed('own', own)
    if (other) changed('other', other)
    await learn()
  }
  let nextSearch = LONG_LOG
  /** Drops views that hardly count any more: no list changes by it that a visitor would see. */
  async function dropViews() {
    if (log.events().length < nextSearch) return
    nextSearch = log.events().length + LONG_LOG_STEP
    const { outdatedViews } = await import('./seldom.ts')
    const seqs = outdatedViews(log.events(), parts.now())
    if (seqs.length === 0) return
    // a part at a time: a page that is left meanwhile, or a click, waits for no more than that
    for (let from = 0; from < seqs.length; from += DROPPED_AT_ONCE) {
      const part = seqs.slice(from, from + DROPPED_AT_ONCE)
      await log.change(() => store.remove(part))
      await parts.pause?.()
    }
    nextSearch = Math.max(LONG_LOG, log.events().length + LONG_LOG_STEP)
  }
  /** A store that refuses keeps them: they are dropped another time. */
  const dropViewsLater = () => void dropViews().catch(() => {})
  /** What is gone is gone by this engine; what came in the same moment is another's. */
  const afterRemoval = ({ removed, added }: StoreChange<unknown>) =>
    unlearn({
      ...(removed ? { own: removed } : {}),
      ...(added ? { other: added } : {}),
    })
  /** A change of mind: what is said now, and what it takes back, at once. */
  async function replace(
    events: readonly IdentifiedEvent[],
    instead: readonly number[],
  ): Promise<readonly LoggedEvent[]> {
    const change = await log.change(() => store.append(events, instead))
    const own = change.removed ?? change.added
    await unlearn(own ? { own } : {})
    return change.value
  }
  /** Events come from a file or from the disk: none of them was recorded just now. */
  async function afterArrival({ removed, added }: StoreChange<unknown>) {
    await unlearn(removed || added ? { own: {} } : {})
    dropViewsLater()
  }
  store.onChange(() => {
    log
      .reload()
      .then((other) => unlearn(other ? { other } : {}))
      .catch(() => {}) // closed meanwhile
  })
  await learn()
  dropViewsLater()

  function stateNow(): HearthState {
    const { name, items: count, licence, attribution, provenance } = pack.manifest
    return {
      pack: {
        ...{ name, items: count, licence, attribution },
        notes: [...provenance.notes, ...(parts.overlay?.notes ?? [])],
      },
      curation: curationState(pack, parts.overlay, loadedColumns()),
      scan: parts.scanner.kind,
      profile: store.state(),
      events: log.events().length,
      encoder: text.state(),
      towers: towers.state(),
      learning: learner.now().state,
      restarts: parts.restarts ?? 0,
    }
  }

  /** What is asked for on few pages, and never before a list. */
  const seldom = lazily(async () => {
    const { createProfileCalls } = await import('./seldom.ts')
    return createProfileCalls({
      ...{ pack, items, store, log, parts, loadPreferences },
      ...{ afterArrival, afterRemoval },
    })
  })
  const profile: ProfileBasics = {
    events: async () => {
      const shown = log.events().map((event) => {
        const index = items.indexOf(event.item ?? '')
        return index === undefined ? event : { ...event, record: items.record(index) }
      })
      return shown.reverse()
    },
    remove: async (seqs) => afterRemoval(await log.change(() => store.remove(seqs))),
    erase: async () => afterRemoval(await log.change(() => store.erase())),
    resetLearning: async () => {
      await log.append([checkIdentified(identify({ kind: 'reset' }, parts))])
      await unlearn({ own: { kinds: ['reset'] } })
    },
    setStorage: async (storage) => {
      checkStorage(storage)
      await loadPreferences() // the disk may hold some
      await afterArrival(await log.change(() => store.setStorage(storage)))
    },
  }

  return {
    ...lists,
    ...profile,
    ...callsOf(seldom),
    state: async () => {
      await learner.prepare()
      return stateNow()
    },
    links: async () => [...linksOf(items)],
    checkEncoder: () => text.check(),
    record: async (given, { instead = [] } = {}) => {
      const { checked, refusal } = checkEach(eventsOf(given), parts)
      if (refusal && (checked.length === 0 || instead.length > 0)) throw refusal
      if (checked.some(({ kind }) => kind === 'prefer')) await loadPreferences()
      const known = checked
        .filter(({ item, attribute }) =>
          attribute
            ? preferences?.names(attribute)
            : item === undefined || items.indexOf(item) !== undefined,
        )
        .map(withShown)
      if (instead.length > 0) return replace(known, instead)
      const version = log.version()
      const writing = log.append(known)
      rankAhead(known) // while they are written
      const logged = await writing
      reportStorage()
      // a call made again after its worker died: the dead one may not have reported it
      const isRepeated = (parts.restarts ?? 0) > 0 && logged.length > 0
      if (log.version() !== version || isRepeated) {
        changed('own', { kinds: logged.map(({ kind }) => kind) })
        const learning = learn()
        if (learning) await learning
        dropViewsLater()
      }
      if (refusal) throw refusal
      return logged
    },
    close: async () => {
      store.close()
      await Promise.allSettled([text.close(), towers.close()])
    },
  }
}

/** Calls of what is loaded with the first of them. */
function callsOf(load: () => Promise<ProfileCalls>): ProfileCalls {
  const call = (name: keyof ProfileCalls) => [
    name,
    async (...args: never[]) =>
      ((await load())[name] as (...args: never[]) => unknown)(...args),
  ]
  return Object.fromEntries(SELDOM.map(call))
}

/** The events that can be recorded, and the reason for the first that cannot. */
function checkEach(
  given: readonly EventInput[],
  { now }: Pick<EngineParts, 'now'>,
): { checked: IdentifiedEvent[]; refusal?: unknown } {
  const checked: IdentifiedEvent[] = []
  let refusal: unknown
  for (const event of given) {
    try {
      const { at, ...fields } = checkIdentified(identify(event, { now }))
      // a time that has not come is a clock's mistake: it would be the newest for ever
      checked.push({ ...fields, at: Math.min(at, now()) })
    } catch (error) {
      refusal ??= error
    }
  }
  return { checked, refusal }
}

function curationState(
  { manifest }: Pack,
  overlay: EngineOverlay | undefined,
  loaded: readonly string[],
): CurationState {
  const { rules = {}, columns = [] } = manifest
  const counted = overlay && {
    ...(overlay.updated === undefined ? {} : { updated: overlay.updated }),
    hidden: overlay.hidden.length,
    pinned: overlay.pinned.length,
    prices: overlay.prices.size,
    stock: overlay.stock.size,
    unknown: overlay.unknown,
  }
  return {
    rules,
    ...(counted ? { overlay: counted } : {}),
    columns: { known: columns.map(({ name }) => name), loaded },
  }
}

function* linksOf(items: ItemTable): Generator<readonly [string, string]> {
  for (let index = 0; index < items.count; index++) {
    const { url, id } = items.record(index)
    if (url !== undefined) yield [url, id]
  }
}

/** Items indexed between two pauses, some 200 ms: on a busy machine a pause costs as much. */
const INDEXED_AT_ONCE = 5_000

/** Loaded with the first search: a list needs no word index. */
async function indexWords(items: ItemTable, pause?: () => Promise<void>) {
  const { createKeywordIndexer } = await import('../text/search/keyword-search.ts')
  const indexer = createKeywordIndexer()
  for (let index = 0; index < items.count; index++) {
    indexer.add({ index, record: items.record(index) })
    if ((index + 1) % INDEXED_AT_ONCE === 0) await pause?.()
  }
  return indexer.done()
}
