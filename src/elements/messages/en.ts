/**
 * Every word the elements show, in one table. To translate or rename, give an element
 * another table as its property `messages`: `{ ...en, retry: 'Encore' }`. The words of
 * <hearth-profile> are beside, so that a page without one does not load them.
 */
import { en as explained } from '../../explain/messages/en.ts'
import type { Messages } from '../../explain/messages/messages.ts'
import type { LoggedEvent, Preference, Relation, ShelfKind } from '../../index.ts'
import type { HistoryMessages } from './history-en.ts'

export interface ElementMessages extends Messages {
  /** Actions of a card; `on(action, title)` is what a screen reader hears of one. */
  readonly actions: {
    readonly like: string
    readonly dislike: string
    readonly save: string
    readonly on: (action: string, title: string) => string
    readonly undo: string
  }
  readonly retry: string
  readonly list: {
    /** Beside the heading of a shelf, by its kind. */
    readonly notes: Readonly<Partial<Record<ShelfKind, string>>>
    /** Beside the first heading. `eventCount`: positive events; `tookMs`: measured. */
    readonly note: (eventCount: number, tookMs: number) => string
    readonly loading: string
    /** What a screen reader hears after a re-rank; without a count for other lists. */
    readonly reranked: (eventCount?: number) => string
    /** `problem` may be empty. */
    readonly broken: (problem: string) => string
    readonly related: string
    /** A filter leaves nothing to show. */
    readonly none: string
    /** Over what the button below the shelves adds; on the button; heard after it. */
    readonly more: string
    readonly showMore: string
    readonly added: (items: number) => string
    /** `currency`: ISO 4217; without one a plain number. */
    readonly price: (amount: number, currency?: string) => string
    readonly soldOut: string
    /** Before a former price, for screen readers. */
    readonly formerly: string
    readonly dial: string
    readonly familiar: string
    readonly surprising: string
  }
  readonly search: {
    readonly placeholder: string
    readonly results: string
    readonly none: (text: string) => string
    /** Keywords have answered, the encoder has not yet. */
    readonly reading: string
    readonly semantic: string
    /** `why` there is no semantic answer, if one was asked for. */
    readonly keyword: (why?: string) => string
    /** A script of the search did not arrive. Default: English, with <hearth-search>. */
    readonly unloaded?: string
    /** Of the chips below the box. Default: English, with them. */
    readonly understood?: UnderstoodMessages
  }
  /** Of <hearth-profile>, whose English comes with it. */
  readonly profile?: ProfileMessages
  /** Of <hearth-taste>, whose English comes with it. */
  readonly taste?: TasteMessages
  /** Of <hearth-welcome>, whose English comes with it. */
  readonly welcome?: WelcomeMessages
}

/** What was understood of a typed text. */
export interface UnderstoodMessages {
  /** Of the list of chips. */
  readonly label: string
  readonly refused: (text: string) => string
  readonly maker: (name: string) => string
  /** A fact that the catalogue cannot tell. */
  readonly unknown: (text: string) => string
  /** Of the button that takes a chip away. */
  readonly remove: (text: string) => string
}

/** The words of <hearth-taste>. */
export interface TasteMessages {
  /** Over the values of each relation. */
  readonly relations: Readonly<Record<Relation, string>>
  readonly stated: string
  readonly nothingStated: string
  readonly taste: string
  readonly noTaste: string
  readonly liked: string
  readonly refused: string
  readonly all: (count: number) => string
  /** Items that hold a value. */
  readonly held: (items: number) => string
  readonly unknown: string
  readonly actions: Readonly<Record<Preference, string>>
  /** Beside a name: what is asked of it. */
  readonly current: Readonly<Record<Preference, string>>
  readonly on: (action: string, name: string) => string
  /** What a screen reader hears of the three choices of a value. */
  readonly change: (name: string) => string
  readonly done: Readonly<Record<Preference, (name: string) => string>>
  readonly undone: (name: string) => string
  /** On an item's page, over the choices for its makers and genres. */
  readonly ofItem: string
}

/** The words of <hearth-welcome>. */
export interface WelcomeMessages {
  /** To a visitor of whom nothing is known. */
  readonly invite: string
  readonly start: string
  readonly skip: string
  /** What a screen reader hears of where one is: "Question 1 of 3". */
  readonly place: (step: number, steps: number) => string
  /** Beside it: how much was answered so far; may be empty. */
  readonly picked: (answers: number) => string
  /** The three questions, each with a line below it. */
  readonly items: string
  readonly itemsHint: string
  readonly others: string
  readonly noOthers: string
  readonly follow: string
  readonly followHint: string
  readonly never: string
  readonly neverHint: string
  readonly back: string
  readonly next: string
  readonly finish: string
  readonly close: string
  /** Afterwards: how much was answered. */
  readonly done: (answers: number) => string
  readonly nothingDone: string
  readonly undo: string
  readonly undone: string
  /** The line of a profile over what these questions brought, and its button. */
  readonly batch: (answers: number) => string
  readonly undoBatch: string
}

/** The words of <hearth-profile>. */
export interface ProfileMessages {
  /** What was done to an item, or with a text; the title or the text follows. */
  readonly done: (kind: LoggedEvent['kind'], value: number) => string
  /** A day's impressions in one line. */
  readonly seen: (items: number) => string
  /** Before the stars of a rating. */
  readonly rated: (stars: string) => string
  /** What is wanted of a maker or category; its name follows. Default: English. */
  readonly preferred?: Readonly<Record<Preference, string>>
  readonly today: string
  readonly yesterday: string
  /** BCP 47, of dates and times. */
  readonly language: string
  readonly remove: string
  readonly removeOne: (what: string) => string
  readonly removed: (what: string) => string
  readonly older: string
  readonly empty: string
  readonly count: (events: number) => string
  readonly stored: string
  readonly inMemory: (reason?: string) => string
  readonly keep: string
  readonly export: string
  readonly import: string
  readonly erase: string
  readonly eraseAsk: string
  readonly eraseYes: string
  readonly eraseNo: string
  readonly hint: string
  readonly exported: (events: number) => string
  readonly imported: (events: number) => string
  /** Stored records that are no events of this version. Default: English, as of the next three. */
  readonly unreadable?: (records: number) => string
  readonly removeUnreadable?: string
  /** Beside the reason why the file of another catalogue was not imported. */
  readonly importAnyway?: string
  readonly importNot?: string
  readonly erased: string
  readonly tooLarge: (bytes: number) => string
  readonly notJson: (name: string) => string
  /** Of "Bring your history". Default: English. */
  readonly history?: HistoryMessages
}

/** "1 event", "7 events" */
export const events = (count: number) => `${count} ${count === 1 ? 'event' : 'events'}`

/** "under 1 ms", "4 ms" */
const time = (ms: number) => (ms < 1 ? 'under 1 ms' : `${Math.round(ms)} ms`)

/** "€19.99"; "19.99" without a currency that is one. */
function price(amount: number, currency = ''): string {
  const style = /^[A-Z]{3}$/.test(currency)
    ? ({ style: 'currency', currency } as const)
    : { minimumFractionDigits: Number.isInteger(amount) ? 0 : 2 }
  return amount.toLocaleString('en', style)
}

export const en: ElementMessages = {
  ...explained,
  actions: {
    like: 'Like',
    dislike: 'Not for me',
    save: 'Save',
    on: (action, title) => `${action}: ${title}`,
    undo: 'Undo',
  },
  retry: 'Retry',
  list: {
    notes: {
      different: 'left to chance, to learn what you like',
      continue: 'what you saved, liked or opened',
    },
    note: (eventCount, tookMs) =>
      eventCount === 0
        ? 'like something, and the shelves turn to you'
        : `from ${events(eventCount)}, re-ranked on this device in ${time(tookMs)}`,
    loading: 'making your shelves …',
    reranked: (eventCount) =>
      eventCount ? `Re-ranked from ${events(eventCount)}.` : 'Re-ranked.',
    broken: (problem) =>
      `These picks could not be made${problem ? `: ${problem}` : '.'}`,
    related: 'Close to it',
    none: 'Nothing here fits.',
    more: 'More',
    showMore: 'Show more',
    added: (items) => (items === 0 ? 'That was all.' : `${items} more.`),
    price,
    soldOut: 'Sold out',
    formerly: 'formerly',
    dial: 'Familiar or surprising',
    familiar: 'Familiar',
    surprising: 'Surprising',
  },
  search: {
    placeholder: 'Search',
    results: 'Results',
    none: (text) => `Nothing like “${text}” here.`,
    reading: 'By keywords. Working out what you mean …',
    semantic: 'By keywords and meaning',
    keyword: (why) => `By keywords${why ? `: ${why}` : ''}`,
  },
}
