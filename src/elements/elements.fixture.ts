/** Made-up items and a made-up library for the tests of the elements. */
import type {
  EventInput,
  Hearth,
  HearthEvents,
  Profile,
  Recommendations,
  RecommendedItem,
  Shelf,
  Shelves,
} from '../index.ts'
import type { ShownShelf } from './shelf.ts'

const NO_COMPONENTS: RecommendedItem['components'] = {
  cf: 0,
  sequence: 0,
  tower: 0,
  content: 0,
  attributes: 0,
  feedback: 0,
  popularity: 0,
}

export function itemOf(
  id: string,
  more: Partial<RecommendedItem> = {},
): RecommendedItem {
  const near = { id: `near ${id}`, title: `Near ${id}` }
  const reason: RecommendedItem['reasons'][number] = {
    kind: 'because-chosen',
    params: { item: near, event: 'like' },
    component: 'cf',
    share: 1,
  }
  const item: RecommendedItem = {
    ...{ id, title: `Title ${id}`, score: 1, match: 0.7, components: NO_COMPONENTS },
    ...{ reasons: [reason], headline: reason, isGuess: false },
  }
  return { ...item, ...more }
}

/** A shelf of the library, an item for each letter. */
export function shelfOf(kind: Shelf['kind'], ids: string): Shelf {
  return { kind, key: kind, items: [...ids].map((id) => itemOf(id)) }
}

/** A shelf as an element shows it, an item for each letter. */
export function shownOf(key: string, ids: string): ShownShelf {
  return { key, title: key, items: [...ids].map((id) => itemOf(id)) }
}

export const shelvesOf = (...shelves: Shelf[]): Shelves => ({
  ...{ shelves, slate: 'slate-1', eventCount: 7, tookMs: 3.6 },
})

export const listOf = (...items: RecommendedItem[]): Recommendations => ({
  ...{ items, slate: 'slate-1', eventCount: 7, tookMs: 3.6 },
})

/** Remembers what it is given; every other answer is that of `parts`, or never comes. */
export function hearthOf(parts: Partial<Hearth> = {}, profile: Partial<Profile> = {}) {
  const never = () => new Promise<never>(() => {})
  const recorded: EventInput[] = []
  const removed: number[] = []
  const listeners = new Map<string, Set<(event: never) => void>>()
  let seq = 0
  const emit = <T extends keyof HearthEvents>(type: T, event: HearthEvents[T]) => {
    for (const listener of listeners.get(type) ?? []) listener(event as never)
  }
  const hearth: Hearth = {
    ...{ recommend: never, shelves: never, related: never, search: never, item: never },
    elicit: never,
    ...{
      recommendNext: never,
      items: never,
      predictRating: never,
      state: never,
      first: never,
      checkEncoder: never,
    },
    links: async () => [],
    prepareSearch: async () => {},
    record: async (given, { instead = [] } = {}) => {
      const events = Array.isArray(given)
        ? (given as EventInput[])
        : [given as EventInput]
      recorded.push(...events)
      removed.push(...instead)
      emit('change', { origin: 'own', kinds: events.map(({ kind }) => kind) })
      return events.map((event) => ({ at: 0, ...event, seq: ++seq, uid: `u${seq}` }))
    },
    profile: {
      ...{ events: never, export: never, import: never, erase: never, taste: never },
      preferences: never,
      opens: never,
      ...{
        setStorage: never,
        resetLearning: never,
        readHistory: never,
        addHistory: never,
        undoHistory: never,
      },
      remove: async (seqs) => {
        removed.push(...seqs)
        emit('change', { origin: 'own' })
      },
      ...profile,
    },
    on: (type, listener) => {
      const those = listeners.get(type) ?? new Set()
      listeners.set(type, those.add(listener as (event: never) => void))
      return () => those.delete(listener as (event: never) => void)
    },
    retry: () => {},
    close: async () => {},
    ...parts,
  }
  return { hearth, recorded, removed, emit }
}

/** Lets promises and Lit's own updates run out, with the script that comes after a first list. */
export async function settled() {
  await import('./after-first-list.ts')
  await new Promise((done) => setTimeout(done))
}
