/** What a folder of pages gives, whatever they are written in. */
import { HearthError } from '../../../../errors.ts'
import type { PageTable } from './page-table.ts'
import { MAX_PAGE_BYTES } from './page-text.ts'
import { LISTING, SERVICE, UNLISTED, WITHOUT_BODY } from './site-rows.ts'

export interface FolderOptions {
  /**
   * Path or address that the folder is served under, as `/docs`. Default: as most pages
   * state it (canonical addresses, sitemap), else the root.
   */
  readonly base?: string
  /** Pages that list other pages, or that a sitemap leaves out, are items too. */
  readonly allPages?: boolean
}

export interface FolderTable extends PageTable {
  readonly notes: readonly string[]
  /** Pages that were read and are no items. */
  readonly leftOut: number
}

/** Records one fault of one file. */
export type WarnOfFile = (what: string, line: number, file: string) => void

export interface ReadOptions extends FolderOptions {
  readonly warn: WarnOfFile
}

export const LARGE = `pages larger than ${MAX_PAGE_BYTES >> 20} MB: only the start is read`
export const UNREADABLE = 'pages that cannot be read as text: skipped'

/** `5 pages left out, listing other pages (tags/index.html, …); --all-pages keeps them` */
export function leftOutNotes(
  leftOut: ReadonlyMap<string, readonly string[]>,
): string[] {
  return [...leftOut].map(([why, files]) => {
    const pages = files.length === 1 ? '1 page' : `${files.length} pages`
    const first = files.length === 1 ? files[0] : `${files[0]}, …`
    const keep = KEPT.has(why)
      ? `; --all-pages keeps ${files.length === 1 ? 'it' : 'them'}`
      : ''
    return `${pages} left out, ${why} (${first})${keep}`
  })
}

const KEPT: ReadonlySet<string> = new Set([LISTING, UNLISTED, WITHOUT_BODY, SERVICE])

export function notRead(kind: string, other: string, count: number): string {
  const files = count === 1 ? `1 ${other} file is` : `${count} ${other} files are`
  return `its ${kind} is read; its ${files} not`
}

export function noItems(
  path: string,
  count: number,
  why: readonly string[],
): HearthError {
  return new HearthError(
    'bad-input',
    `no items in ${path}: read ${count} ${count === 1 ? 'page' : 'pages'} and could use none ` +
      `(${why.join('; ')}).`,
  )
}
