/** What an engine is asked about the profile on few pages; a list needs none of it. */
import type { ItemTable } from '../pack/items.ts'
import type { Pack } from '../pack/pack.ts'
import type { MovableStore, ProfileFile } from '../store/profile-store.ts'
import { checkedOpens } from './compare-shelves.ts'
import type { Hearth, Profile } from './hearth.ts'
import { checkImport } from './import-profile.ts'
import { guessRating } from './rating-guess.ts'
import { statedPreferences, tasteSummary } from './taste-summary.ts'
import type { StoreChange, VisitorLog } from './visitor-log.ts'

/** What an engine has at once. */
export type ProfileBasics = Pick<
  Profile,
  'events' | 'remove' | 'erase' | 'setStorage' | 'resetLearning'
>

export type ProfileCalls = Omit<Profile, keyof ProfileBasics> &
  Pick<Hearth, 'predictRating'>

interface ProfileCallParts {
  readonly pack: Pack
  readonly items: ItemTable
  readonly store: MovableStore
  readonly log: VisitorLog
  readonly parts: {
    readonly host?: string
    readonly pause?: () => Promise<void>
    readonly now: () => number
  }
  readonly loadPreferences: () => Promise<void>
  /** Both report a change of the log, and learn anew. */
  readonly afterArrival: (change: StoreChange<unknown>) => Promise<void>
  readonly afterRemoval: (change: StoreChange<unknown>) => Promise<void>
}

export function createProfileCalls(given: ProfileCallParts): ProfileCalls {
  const { pack, items, store, log, parts, loadPreferences } = given
  const { afterArrival, afterRemoval } = given
  const { name } = pack.manifest
  /** Events of one import of a history. */
  const eventsFrom = (batch: string) =>
    log.events().filter(({ slate }) => slate === batch)

  return {
    export: async (): Promise<ProfileFile> => ({
      ...(await store.exportProfile()),
      catalogue: { name },
    }),
    import: async (file, options = {}) => {
      const checked = checkImport(file, { name, indexOf: items.indexOf, ...options })
      await loadPreferences()
      const change = await log.change(() => store.importProfile(checked))
      await afterArrival(change)
      return change.value
    },
    readHistory: async (file, name) => {
      const { previewHistory } = await import('./visitor-history.ts')
      const known = new Set(log.events().map(({ uid }) => uid))
      const { host, pause, now } = parts
      return previewHistory(file, name, { items, host, pause, now, known })
    },
    addHistory: async (chosen) => {
      const { profileOf } = await import('./visitor-history.ts')
      const file = profileOf(chosen, items)
      await afterArrival(await log.change(() => store.importProfile(file)))
      return { added: eventsFrom(chosen.batch).length, batch: chosen.batch }
    },
    undoHistory: async (batch) => {
      const seqs = eventsFrom(batch).map(({ seq }) => seq)
      if (seqs.length === 0) return 0
      await afterRemoval(await log.change(() => store.remove(seqs)))
      return seqs.length
    },
    taste: async () => tasteSummary(pack.attributes, log.taste()),
    preferences: async () => statedPreferences(pack.attributes, log.events()),
    opens: async ({ last } = {}) => checkedOpens(log.events(), last),
    predictRating: async (id) =>
      guessRating(pack, { items, reactions: log.reactions() }, id),
  }
}
