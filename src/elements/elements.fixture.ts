/** Made-up picks and engines for the tests of the elements. */

import type { Engine, EngineNotice, Feed, Pick, Shelf } from '../engine/engine.ts'
import type { Hearth } from '../engine/worker/open-hearth.ts'
import type { Signal } from '../feedback/event.ts'
import type { ItemRecord } from '../pack/item.ts'
import { COMPONENTS } from '../scoring/score.ts'

export function pickOf(id: string, item: Partial<ItemRecord> = {}): Pick {
  const reason = { component: 'cf', text: `because of ${id}`, share: 1 } as const
  return {
    item: { id, title: `Title ${id}`, ...item },
    score: 1,
    match: 0.7,
    components: Object.fromEntries(
      COMPONENTS.map((part) => [part, 0]),
    ) as Pick['components'],
    reasons: [reason],
    headline: reason,
    isGuess: false,
  }
}

export function shelfOf(key: string, ids: string): Shelf {
  const picks = [...ids].map((id) => pickOf(id))
  return { kind: 'for-you', key, title: key, picks }
}

export const feedOf = (...shelves: Shelf[]): Feed => ({
  shelves,
  eventCount: 7,
  tookMs: 3.6,
})

/** Records what it is told; everything else is what `parts` says, or never comes. */
export function hearthOf(parts: Partial<Engine> = {}) {
  const never = () => new Promise<never>(() => {})
  const recorded: Signal[] = []
  const removed: number[] = []
  const listeners = new Set<(notice: EngineNotice) => void>()
  let seq = 0
  const engine = {
    ...{ state: never, feed: never, related: never, search: never, item: never },
    ...{ events: never, taste: never, exportProfile: never, importProfile: never },
    ...{ erase: never, links: never, checkEncoder: never, predictRating: never },
    prepareSearch: async () => {},
    record: async (signals: readonly Signal[]) => {
      recorded.push(...signals)
      return signals.map((signal) => ({ seq: ++seq, uid: `u${seq}`, signal }))
    },
    removeEvents: async (seqs: readonly number[]) => {
      removed.push(...seqs)
    },
    ...parts,
  } satisfies Engine
  const hearth: Hearth = {
    engine,
    first: never,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    retry: () => {},
    close: () => {},
  }
  const notify = (notice: EngineNotice) => {
    for (const listener of listeners) listener(notice)
  }
  return { hearth, recorded, removed, notify }
}

/** Lets promises and Lit's own updates run out. */
export const settled = () => new Promise((done) => setTimeout(done))
