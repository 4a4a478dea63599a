/** What any list may be asked for, and what the owner does to all of them. */
import type { Rules } from '../pack/rules.ts'
import type { Boost, Filter } from '../scoring/filter/filter.ts'

/**
 * What any list may be asked for, beside the rules of the pack. The order alone changes by
 * it: `score`, `match` and `components` of an item stay what they are.
 */
export interface ListOptions {
  /**
   * Only items that pass, as text (`"category = 'Shoes' and price < 50"`) or as an object;
   * `docs/filters.md` has the grammar. A filter that names columns of the owner's loads all
   * of them, so that no request shows which one a visitor chose; an empty text loads them
   * ahead and passes everything. Default: all.
   */
  readonly filter?: Filter
  /** Ids that must not come, e.g. what is in the basket; unknown ones are ignored. Default none. */
  readonly exclude?: readonly string[]
  /** Moves the items that pass a filter up, or down. Default none. */
  readonly boost?: readonly Boost[]
  /** Least `match`, a probability from 0 to below 1; pinned items come all the same. Default 0. */
  readonly threshold?: number
  /**
   * What fills a list that filter and threshold leave too short: the `popular` items, items
   * by their ids, or `none`. Rules and overlay hold for it. Default `none`.
   */
  readonly fallback?: 'popular' | 'none' | readonly string[]
}

/** What a list for the visitor may be asked for. */
export interface RecommendOptions extends ListOptions {
  /** 1–50. Default 12. */
  readonly count?: number
  /**
   * 0 familiar … 1 surprising: how unlike each other the items are, and how popular. At 0 the
   * list is as popular as the score makes it, at 0.2 as what the visitor likes, at 1 it is of
   * the long tail. Default 0.2.
   */
  readonly surprise?: number
}

/** What a list of related items may be asked for. */
export interface RelatedOptions extends ListOptions {
  /** 1–50. Default 12. */
  readonly count?: number
  /** Items of one maker at most, 1–50. Default: a sixth of the list. */
  readonly perMaker?: number
}

/** What the owner does to the lists. */
export interface CurationState {
  /** In force, as the pack carries them; empty without any. */
  readonly rules: Rules
  /** Absent where there is none, or an empty one. */
  readonly overlay?: {
    /** As the file has it. */
    readonly updated?: string
    /** Ids it names of each kind. */
    readonly hidden: number
    readonly pinned: number
    readonly prices: number
    readonly stock: number
    /** Ids that the catalogue does not hold. */
    readonly unknown: readonly string[]
  }
  /** The owner's own columns, by name, and those whose values were read. */
  readonly columns: {
    readonly known: readonly string[]
    readonly loaded: readonly string[]
  }
}
