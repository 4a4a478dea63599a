/** What a list is described with, now or once its script is here. */
import type { Explained, ShelfRule } from '../explain/reason.ts'
import type { Taste } from '../feedback/taste.ts'
import type { ItemTable } from '../pack/items.ts'
import type { Pack } from '../pack/pack.ts'
import type { RankedItem, ScoreRequest } from '../scoring/score.ts'
import type { RecommendedItem } from './hearth.ts'
import type { VisitorLog } from './visitor-log.ts'

export interface DescriberParts {
  readonly pack: Pack
  readonly items: ItemTable
  readonly log: VisitorLog
  /** The visitor of this taste as scoring wants them, with the typed text it read. */
  readonly requestOf: (taste: Taste) => ScoreRequest & { readonly typed?: string }
}

/** One list to describe. */
export interface DescribedList {
  /** Default `score`. */
  readonly rule?: ShelfRule
  /** The item a list is about: what its items have in common with it is their reason. */
  readonly anchor?: number
  /** Default: the log's. */
  readonly taste?: Taste
  /** All that explains it: for the page of one item. Default false. */
  readonly isWhole?: boolean
  readonly search?: { readonly text: string; readonly vector?: Float32Array }
}

/** Explains the lists that are made at one moment. */
export type ExplainLists = (
  ranked: readonly RankedItem[],
  list: DescribedList,
) => readonly Explained[]

export type Describe = (
  ranked: readonly RankedItem[],
  list?: DescribedList,
) => RecommendedItem[]
