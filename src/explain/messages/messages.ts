/**
 * Reasons and shelves → sentences, by a table of one language and one kind of catalogue.
 * `en.ts` is the table for a catalogue of anything; a site may give its own.
 */

import type { PositiveKind } from '../../feedback/item-feedback.ts'
import type { NamedItem, ReasonContent, ReasonKind, ReasonParams } from '../reason.ts'
import type { Chance } from './chance.ts'

/** Every sentence that is made from data: a function a kind of reason and of shelf. */
export interface Messages {
  /** Each a plain sentence without a capital or a full stop. */
  readonly reasons: {
    readonly [K in Exclude<ReasonKind, 'guess'>]: (params: ReasonParams[K]) => string
  } & {
    /** @param because the sentence of what supports it besides, if anything does */
    readonly guess: (because: string | undefined) => string
  }
  /** The titles over shelves. */
  readonly shelves: {
    readonly 'for-you': () => string
    readonly because: (anchor: ShelfAnchor) => string
    /** @param isByPopularity false where nobody's choices are known: a varied list */
    readonly popular: (isByPopularity: boolean) => string
    readonly different: () => string
    readonly continue: () => string
  }
  /**
   * How many chose an item in the visitor's place: a plain sentence like those of reasons.
   * Absent: it is not said.
   *
   * @param chance undefined for a long shot: fewer than 1 in 20
   */
  readonly chance?: (chance: Chance | undefined) => string
}

/** The item a `because` shelf is like, and what the visitor did to it. */
interface ShelfAnchor {
  readonly item: NamedItem
  readonly event: PositiveKind
}

/** The fields of a `Shelf` that make its title. */
export interface TitledShelf {
  readonly kind: keyof Messages['shelves']
  readonly anchor?: ShelfAnchor
  readonly isByPopularity?: boolean
}

/** The sentence of one reason, e.g. "because you liked Dune". */
export function reasonText(reason: ReasonContent, messages: Messages): string {
  if (reason.kind === 'guess') {
    const { because } = reason.params
    return messages.reasons.guess(because && reasonText(because, messages))
  }
  // the table has each kind's own parameters, which a union cannot express in one call
  const sentence = messages.reasons[reason.kind] as (
    params: typeof reason.params,
  ) => string
  return sentence(reason.params)
}

/** The title over a shelf, e.g. "Because you liked Dune". */
export function shelfTitle(shelf: TitledShelf, { shelves }: Messages): string {
  if (shelf.kind === 'because')
    return shelf.anchor ? shelves.because(shelf.anchor) : shelves['for-you']()
  if (shelf.kind === 'popular') return shelves.popular(shelf.isByPopularity ?? true)
  return shelves[shelf.kind]()
}
