/** Goodreads, StoryGraph and Zotero: what was read, and what is to be. */

import { timeOf } from '../dates.ts'
import type { Row } from '../table.ts'
import {
  type Draft,
  eachRow,
  idsOf,
  kindOfStatus,
  namesOf,
  type Service,
  starsOf,
  yearOf,
} from './service.ts'

/** `Dates Read` is `2022/12/30-2023/01/15`, several with commas. */
const lastDay = (text: string) =>
  text
    .split(/[,\s]+/)
    .at(-1)!
    .split('-')
    .at(-1)!

/** Rated where there are stars, else what the shelf stands for. */
function byShelf(shelf: string, stars: number | undefined): Draft | string {
  const kind = kindOfStatus(shelf)
  if (stars !== undefined) return { kind: 'rated', stars }
  return kind ? { kind } : { kind: 'opened' } // a shelf of the visitor's own
}

function datesOf(kind: Draft['kind'], read: string, added: string) {
  const at = timeOf(kind === 'wanted' ? added : read) ?? timeOf(added)
  return at === undefined ? {} : { at }
}

function goodreadsRow(row: Row): Draft | string {
  const draft = byShelf(row.cell('Exclusive Shelf'), starsOf(row.cell('My Rating'), 5))
  if (typeof draft === 'string') return draft
  const year = yearOf(row.cell('Original Publication Year', 'Year Published'))
  return {
    ...draft,
    title: row.cell('Title'),
    makers: [
      row.cell('Author', 'Author l-f'),
      ...namesOf(row.cell('Additional Authors')),
    ],
    ...(year ? { year } : {}),
    ids: idsOf({ isbn: row.cell('ISBN13', 'ISBN'), goodreads: row.cell('Book Id') }),
    ...datesOf(draft.kind, row.cell('Date Read'), row.cell('Date Added')),
  }
}

function storyGraphRow(row: Row): Draft | string {
  const draft = byShelf(row.cell('Read Status'), starsOf(row.cell('Star Rating'), 5))
  if (typeof draft === 'string') return draft
  const read = row.cell('Last Date Read') || lastDay(row.cell('Dates Read'))
  return {
    ...draft,
    title: row.cell('Title'),
    makers: namesOf(row.cell('Authors')),
    ids: idsOf({ isbn: row.cell('ISBN/UID') }),
    ...datesOf(draft.kind, read, row.cell('Date Added')),
  }
}

/** Notes and files that hang on another entry. */
const NO_WORK = new Set(['attachment', 'note', 'annotation'])

function zoteroRow(row: Row): Draft | string {
  if (NO_WORK.has(row.cell('Item Type'))) return 'a note or an attachment'
  const url = row.cell('Url')
  const year = yearOf(row.cell('Publication Year', 'Date'))
  const at = timeOf(row.cell('Date Added'))
  return {
    kind: 'wanted', // kept in a library; whether it was read is not stated
    title: row.cell('Title'),
    makers: row.cell('Author').split(';'),
    ...(year ? { year } : {}),
    ids: idsOf({ isbn: row.cell('ISBN').split(/[ ;,]/)[0], doi: row.cell('DOI') }),
    ...(url ? { url } : {}),
    ...(at ? { at } : {}),
  }
}

export const BOOK_SERVICES: readonly Service[] = [
  {
    name: 'Goodreads',
    has: [
      ['Book Id', 'Title', 'Author', 'Exclusive Shelf'],
      ['Title', 'Author', 'My Rating', 'Exclusive Shelf'],
    ],
    read: eachRow(goodreadsRow),
  },
  {
    name: 'StoryGraph',
    has: [['Title', 'Authors', 'Read Status', 'Star Rating']],
    read: eachRow(storyGraphRow),
  },
  {
    name: 'Zotero',
    has: [['Key', 'Item Type', 'Title', 'Author']],
    read: eachRow(zoteroRow),
  },
]
