/** The words of "Bring your history" in <hearth-profile>: `profile.history` in a table of messages. */
import type { HistoryMatch, MatchReason, SkippedLines } from '../../index.ts'

export interface HistoryMessages {
  readonly title: string
  /** What it is for, and that nothing is sent. */
  readonly about: string
  readonly choose: string
  readonly drop: string
  /** Before the list of services. */
  readonly sources: string
  /** A service, and how a visitor gets the file there. */
  readonly services: readonly (readonly [name: string, how: string])[]
  readonly reading: (name: string) => string
  readonly found: (source: string, found: number, entries: number) => string
  /** Entries that were added before. */
  readonly known: (count: number) => string
  readonly sure: (count: number) => string
  readonly maybe: (count: number) => string
  readonly missing: (count: number) => string
  readonly skipped: (count: number) => string
  readonly skippedLines: (lines: SkippedLines) => string
  readonly all: string
  readonly showAll: (count: number) => string
  /** What an entry becomes; `value`: stars or seconds. */
  readonly becomes: (kind: HistoryMatch['becomes'], value: number) => string
  /** The file's own title, of a match that is asked about. */
  readonly inFile: (title: string) => string
  /** Why a match is asked about; none for one that is sure. */
  readonly why: Readonly<Partial<Record<MatchReason, string>>>
  readonly add: (count: number) => string
  readonly cancel: string
  readonly added: (count: number, source: string) => string
  readonly nothingNew: string
  readonly undo: string
  readonly undone: (count: number) => string
  /** An import of an earlier page. */
  readonly batch: (source: string, count: number) => string
  readonly undoBatch: (source: string) => string
  /** BCP 47, of dates and numbers. */
  readonly language: string
}

const numbers = new Intl.NumberFormat('en')
const shown = (count: number) => numbers.format(count)

/** "5 h", "40 min" */
const duration = (seconds: number) =>
  seconds >= 5400
    ? `${Math.round(seconds / 3600)} h`
    : `${Math.max(1, Math.round(seconds / 60))} min`

/** "4", "3.5" */
const stars = (value: number) => String(Math.round(value * 10) / 10)

const BECOMES = {
  ...{ click: 'opened', finish: 'finished', like: 'liked', save: 'on your list' },
  ...{ dislike: 'not for me', impression: 'seen', search: 'searched' },
  prefer: 'stated',
  reset: 'learning began anew',
} as const

export const historyEn: HistoryMessages = {
  title: 'Bring your history',
  about:
    'Add what you rated or finished elsewhere. The file is read on this device; nothing is sent.',
  choose: 'Choose a file',
  drop: 'or drop it here',
  sources: 'Which files, and where to get them',
  services: [
    ['Goodreads', 'My Books, Import and export, Export library: a CSV file.'],
    ['StoryGraph', 'Manage account, Export StoryGraph library: a CSV file.'],
    ['Letterboxd', 'Settings, Data, Export your data: the ZIP as it is.'],
    [
      'Trakt',
      'Settings, Data, Export: its CSV or JSON files, one at a time or zipped.',
    ],
    ['IMDb', 'Your ratings or Watchlist, Export: a CSV file.'],
    ['MovieLens', 'Settings, Export: the ratings as CSV.'],
    ['Netflix', 'Account, Profile, Viewing activity, Download all: a CSV file.'],
    ['Spotify', 'Account, Privacy, Download your data: a StreamingHistory JSON file.'],
    [
      'Steam',
      'The answer of GetOwnedGames, or a saved list of your games: a JSON file.',
    ],
    ['Zotero', 'File, Export library, format CSV.'],
    ['Browsers', 'Bookmark manager, Export bookmarks: an HTML file.'],
    ['Feed readers', 'Export subscriptions: an OPML file.'],
    [
      'Anything else',
      'A CSV or JSON file with a column title, and author, year or rating.',
    ],
  ],
  reading: (name) => `Reading “${name}” …`,
  found: (source, found, entries) =>
    `${source === 'a table' ? 'Your table' : source}: ${shown(found)} of ${shown(entries)} found here`,
  known: (count) =>
    `${shown(count)} of them ${count === 1 ? 'was' : 'were'} added before.`,
  sure: (count) => `Found (${shown(count)})`,
  maybe: (count) => `Perhaps (${shown(count)}): tick what is right`,
  missing: (count) => `Not here (${shown(count)})`,
  skipped: (count) => `Left out (${shown(count)})`,
  skippedLines: ({ why, count, lines }) =>
    `${shown(count)} × ${why}: line ${lines.join(', ')}${count > lines.length ? ' …' : ''}`,
  all: 'All',
  showAll: (count) => `Show all ${shown(count)}`,
  becomes: (kind, value) => {
    if (kind === 'rate') return `rated ${stars(value)} of 5`
    return kind === 'dwell' ? `${duration(value)} spent` : BECOMES[kind]
  },
  inFile: (title) => `“${title}” in your file`,
  why: {
    'title-maker': 'one of several with this title',
    'title-year': 'same year, one of several',
    'short-title': 'by its title alone',
    'part-title': 'by a piece of its title',
    'near-title': 'nearly the same title',
    'other-title': 'same id, another title',
    number: 'by its number alone',
  },
  add: (count) => `Add ${shown(count)}`,
  cancel: 'Cancel',
  added: (count, source) => `${shown(count)} added from ${source}.`,
  nothingNew: 'Nothing new: all of it was here already.',
  undo: 'Undo',
  undone: (count) => `Undone: ${shown(count)} removed, with all they taught.`,
  batch: (source, count) => `From ${source}: ${shown(count)} events`,
  undoBatch: (source) => `Undo: what came from ${source}`,
  language: 'en',
}
