/** What the profile of a visitor is asked for: types alone. */
import type { LoggedEvent } from '../feedback/event.ts'
import type { OpenCounts } from '../feedback/opens.ts'
import type { StatedPreference } from '../feedback/preferences.ts'
import type {
  AddedHistory,
  ChosenHistory,
  HistoryPreview,
} from '../history/history-preview.ts'
import type { ItemRecord } from '../pack/item.ts'
import type { AttributeValue, Relation } from '../pack/pack.ts'
import type { ProfileFile, Storage } from '../store/profile-store.ts'

/** One attribute value of a taste. */
export interface TasteShare extends AttributeValue {
  /** Of the strongest value of its relation, liked or disliked, 0–1. */
  readonly share: number
  /** Items of the history, or refused ones, that hold it. */
  readonly items: number
}

/** What is liked and disliked of one relation; a value is in one of the two. */
export interface TasteOfRelation {
  readonly relation: Relation
  /** Strongest first, at most 8. */
  readonly liked: readonly TasteShare[]
  readonly disliked: readonly TasteShare[]
}

/** What the history is made of. */
export interface TasteSummary {
  /** By weight, strongest first, share of the strongest 0–1; at most 12 of all relations. */
  readonly attributes: readonly (AttributeValue & { readonly share: number })[]
  /** The same by relation, makers first, with what was refused; only where there is any. */
  readonly relations: readonly TasteOfRelation[]
}

/** A preference that the visitor stated, and how much of the catalogue it is about. */
export interface ShownPreference extends StatedPreference {
  /** Items of the catalogue that hold the value; 0: it is not of this catalogue. */
  readonly items: number
}

/** An event with its item's facts, where the pack holds it. */
export interface ShownEvent extends LoggedEvent {
  readonly record?: ItemRecord
}

/** The visitor's profile: an append-only log, and what can be done with it. */
export interface Profile {
  /**
   * Newest first, of every kind.
   * @example
   * const [newest] = await hearth.profile.events()
   */
  events(): Promise<readonly ShownEvent[]>
  /**
   * Removes events with all they taught; unknown numbers are ignored.
   * @example
   * await hearth.profile.remove([newest.seq])
   * @throws HearthError `storage` if the disk that holds them refuses; nothing was removed
   */
  remove(seqs: readonly number[]): Promise<void>
  /**
   * The whole profile as JSON can hold it.
   * @example
   * const file = await hearth.profile.export()
   */
  export(): Promise<ProfileFile>
  /**
   * Adds the events of an exported profile that are not here yet, all or nothing.
   * @example
   * const added = await hearth.profile.import(JSON.parse(text))
   * @param options.anyCatalogue a file of another catalogue is taken too: of it, the events on
   *   items that are here, and those about no item. Default false
   * @returns events added
   * @throws HearthError `bad-profile`, `other-catalogue` for a file that names another one, or
   *   `storage` if there is no room; nothing stored has changed
   */
  import(file: unknown, options?: { readonly anyCatalogue?: boolean }): Promise<number>
  /**
   * Reads what a visitor exported from Goodreads, StoryGraph, Zotero, Letterboxd, Trakt,
   * MovieLens, IMDb, Netflix, Spotify, Steam, a browser's bookmarks or a feed reader (OPML),
   * or any table with titles, and finds it in the catalogue. Stores nothing.
   * @param file a file, or its text
   * @param name of the file, for messages. Default: the file's own
   * @example
   * const preview = await hearth.profile.readHistory(input.files[0])
   * @throws HearthError `bad-profile`, naming what the file seems to be, if nothing in it can
   *   be read
   */
  readHistory(file: Blob | string, name?: string): Promise<HistoryPreview>
  /**
   * Adds the matches of a preview as events with their own dates, all or nothing. The same
   * entry is added once, however often its file is read.
   * @param chosen the preview, or one with fewer `matched`
   * @example
   * const sure = preview.matched.filter(({ isSure }) => isSure)
   * const { added, batch } = await hearth.profile.addHistory({ ...preview, matched: sure })
   * @throws HearthError `bad-argument` for what is no preview, `bad-profile` for an entry that
   *   makes no event, `storage` if there is no room; nothing stored has changed
   */
  addHistory(chosen: ChosenHistory): Promise<AddedHistory>
  /**
   * Removes the events of one import with all they taught; now, or on a later page.
   * @example
   * await hearth.profile.undoHistory(batch)
   * @returns events removed
   * @throws HearthError `storage` if the disk that holds them refuses; nothing was removed
   */
  undoHistory(batch: string): Promise<number>
  /**
   * Forgets everything, all or nothing, in every tab.
   * @example
   * await hearth.profile.erase()
   * @throws HearthError `storage` if a disk that may hold events refuses
   */
  erase(): Promise<void>
  /**
   * The attributes the history is made of, at most 12.
   * @example
   * const { attributes } = await hearth.profile.taste()
   */
  taste(): Promise<TasteSummary>
  /**
   * What the visitor stated about makers and categories, newest first.
   * @example
   * const [{ seqs }] = await hearth.profile.preferences()
   * await hearth.profile.remove(seqs) // takes it back
   */
  preferences(): Promise<readonly ShownPreference[]>
  /**
   * Back to the model as it was built: what views, clicks and likes until now taught the
   * fusion and the towers does not count any more. The taste stays. An event of the log
   * (`reset`): removing it takes that back.
   * @example
   * await hearth.profile.resetLearning()
   */
  resetLearning(): Promise<void>
  /**
   * Which lists the newest opens came from, and which of two compared rankings won: counts of
   * the log, which leave the device as little as the log does.
   * @param options.last opens to count, an integer from 1. Default 20
   * @example
   * const { opens, lists, teams } = await hearth.profile.opens()
   * @throws HearthError `bad-argument` for a `last` that is no such number
   */
  opens(options?: { readonly last?: number }): Promise<OpenCounts>
  /**
   * Moves the profile: `memory` keeps the events of now and erases the disk, in every tab;
   * `persistent` stores them. In Node there is `memory` alone.
   * @param options.remember the visitor's own choice: in a page it holds on later pages too,
   *   whatever `storage` they are opened with; one word in `localStorage`. Default false
   * @example
   * await hearth.profile.setStorage('memory')
   * @throws HearthError `bad-argument` for another word, `storage` if the disk cannot be
   *   erased; nothing has moved
   */
  setStorage(storage: Storage, options?: { readonly remember?: boolean }): Promise<void>
}
