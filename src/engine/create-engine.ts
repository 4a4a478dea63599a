/**
 * The one composition root: a pack, a profile and two lazily opened devices become an
 * Engine. Everything the outside world gives (clock, randomness, storage, devices) comes
 * in as an argument; nothing here knows whether it runs in a worker, a test or the CLI.
 */

import { checkSignal } from '../feedback/event.ts'
import type { Taste } from '../feedback/taste.ts'
import type { Scanner } from '../math/scanner.ts'
import type { ItemTable } from '../pack/items.ts'
import type { AttributeBlock, Pack } from '../pack/pack.ts'
import { prepareScoring } from '../scoring/score-all.ts'
import type { ProfileStore } from '../store/profile-store.ts'
import type { Engine, EngineNotice, EngineState, TasteSummary } from './engine.ts'
import { createLists } from './lists.ts'
import { createTextReader, type OpenEncoder } from './text-reader.ts'
import { createTowerLearner, type OpenTowers } from './tower-learner.ts'
import { openVisitorLog } from './visitor-log.ts'

/** Attributes shown at most. */
const SHOWN = 12

/** What the history is made of: its weights summed over genres, authors and series. */
export function tasteSummary(block: AttributeBlock, taste: Taste): TasteSummary {
  const sums = new Map<number, number>()
  for (const { index, weight } of taste.history) {
    for (let e = block.indptr[index]!; e < block.indptr[index + 1]!; e++) {
      const attribute = block.indices[e]!
      sums.set(attribute, (sums.get(attribute) ?? 0) + weight)
    }
  }
  const strongest = Math.max(...sums.values())
  const attributes = [...sums]
    .sort(([a, sumA], [b, sumB]) => sumB - sumA || a - b)
    .slice(0, SHOWN)
    .map(([attribute, sum]) => ({
      ...block.values[attribute]!,
      share: sum / strongest,
    }))
  return { attributes: attributes }
}

export interface EngineParts {
  readonly pack: Pack
  readonly items: ItemTable
  readonly scanner: Scanner
  /** Rows of the pack's first screen, best first; may be empty. */
  readonly firstRows: readonly number[]
  readonly store: ProfileStore
  readonly openEncoder: OpenEncoder
  readonly openTowers: OpenTowers
  /** Unix time, ms. */
  readonly now: () => number
  /** Monotonic time for measurements, ms. */
  readonly clock: () => number
  /** Runs `task` when nothing more urgent waits. */
  readonly later: (task: () => void) => void
  readonly notify: (notice: EngineNotice) => void
  /** Lets calls that wait go first, in the middle of long work. Default: nothing waits. */
  readonly pause?: () => Promise<void>
  /** Times the worker was restarted, for the state. Default 0. */
  readonly restarts?: number
  /** Seed of exploration. Default 1. */
  readonly seed?: number
}

/**
 * @throws HearthError `storage` never: a store that cannot be opened is memory-only
 */
export async function createEngine(parts: EngineParts): Promise<Engine> {
  const { pack, items, store, notify, later } = parts
  const log = await openVisitorLog(store, items.indexOf, parts.now)
  const tellState = () => notify({ type: 'state', state: stateNow() })
  const text = createTextReader(pack, parts.openEncoder, tellState)
  const towers = await createTowerLearner(pack, {
    store,
    log,
    open: parts.openTowers,
    onChange: (what) => (what === 'layers' ? notify({ type: 'learned' }) : tellState()),
  })
  const { rankAhead, ...lists } = createLists({
    scoring: prepareScoring(pack, parts.scanner),
    items,
    firstRows: parts.firstRows,
    log,
    text,
    layers: towers.layers,
    words: lazily(() => indexWords(items, parts.pause)),
    seed: parts.seed ?? 1,
    clock: parts.clock,
  })

  const learnLater = () => later(() => void towers.learn())
  const changed = () => {
    notify({ type: 'profile-changed' })
    learnLater()
  }
  let toldReason = store.state().reason
  /** Storage may be refused, or come back, in the middle of a visit. */
  function tellStore() {
    const { reason } = store.state()
    if (reason === toldReason) return
    toldReason = reason
    tellState()
  }
  /** After a change that did not come through `log.append`. */
  async function reload() {
    const isOther = await log.reload()
    tellStore()
    if (!isOther) return
    towers.reset() // what was learned may have been from what is gone
    changed()
  }
  store.onChange(() => void reload())
  learnLater()

  function stateNow(): EngineState {
    const { name, items: count, licence, attribution, provenance } = pack.manifest
    return {
      pack: { name, items: count, licence, attribution, notes: provenance.notes },
      scan: parts.scanner.kind,
      profile: store.state(),
      events: log.events().length,
      encoder: text.state(),
      towers: towers.state(),
      restarts: parts.restarts ?? 0,
    }
  }

  return {
    ...lists,
    state: async () => stateNow(),
    links: async () => [...linksOf(items)],
    checkEncoder: () => text.check(),
    predictRating: async (itemId) => {
      const { guessRating } = await import('./rating-guess.ts') // a list needs none
      return guessRating(pack, { items, reactions: log.reactions() }, itemId)
    },
    record: async (signals) => {
      const known = signals
        .map(checkSignal)
        .filter(({ kind, itemId }) =>
          kind === 'search' ? true : items.indexOf(itemId ?? '') !== undefined,
        )
      const version = log.version()
      const writing = log.append(known)
      rankAhead(known) // while they are written
      const logged = await writing
      tellStore()
      if (log.version() !== version) changed()
      return logged
    },
    events: async () => {
      const shown = log.events().map((event) => {
        const index = items.indexOf(event.signal.itemId ?? '')
        return index === undefined ? event : { ...event, item: items.record(index) }
      })
      return shown.reverse()
    },
    removeEvents: async (seqs) => {
      await store.remove(seqs)
      await reload()
    },
    taste: async () => tasteSummary(pack.attributes, log.taste()),
    exportProfile: () => store.exportProfile(),
    importProfile: async (file) => {
      const added = await store.importProfile(file)
      await reload()
      return added
    },
    erase: async () => {
      await store.erase()
      await reload()
    },
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

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined // e.g. its chunk did not arrive: the next call asks again
      throw error
    })
    return made
  }
}
