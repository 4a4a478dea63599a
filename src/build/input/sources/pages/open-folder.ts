/** A folder as a source: built HTML, or Markdown with front matter → a table of its pages. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { HearthError } from '../../../../errors.ts'
import { addressOfFile } from './page-address.ts'
import { type PageTable, pageTable, pictureSizes } from './page-table.ts'
import { MAX_PAGE_BYTES, readPageText } from './page-text.ts'
import { type ReadPage, readPage } from './read-page.ts'
import { SERVICE, siteRows } from './site-rows.ts'
import { readSitemap, type Sitemap } from './sitemap.ts'
import { type SiteFiles, walkFolder } from './walk-folder.ts'

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

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/** @throws HearthError `bad-input` when the folder holds no pages */
export async function openFolder(
  path: string,
  warn: WarnOfFile,
  options: FolderOptions = {},
): Promise<FolderTable> {
  const files = await walkFolder(path)
  if (files.html.length > 0) return readSite(path, files, { ...options, warn })
  throw noPages(path, files)
}

interface ReadOptions extends FolderOptions {
  readonly warn: WarnOfFile
}

async function readSite(
  path: string,
  { html }: SiteFiles,
  { warn, base, allPages = false }: ReadOptions,
): Promise<FolderTable> {
  const pages: ReadPage[] = []
  for (const file of html) {
    const page = await readOne(path, file, warn)
    if (page) pages.push(page)
  }
  const map = await readSitemap(path)
  const sitemap = map && withCover(map, pages)
  const { rows, leftOut, notes } = siteRows(pages, {
    allPages,
    ...(base !== undefined && { base }),
    ...(sitemap && { sitemap }),
  })
  if (rows.length === 0) throw noItems(path, html.length, leftOutNotes(leftOut))
  const sizes = await pictureSizes(path, rows, '')
  return {
    ...pageTable(rows, sizes),
    leftOut: html.length - rows.length,
    notes: [...notes, ...leftOutNotes(leftOut)],
  }
}

async function readOne(folder: string, file: string, warn: WarnOfFile) {
  try {
    const { text, isCut } = await readPageText(join(folder, file))
    if (isCut)
      warn(
        `pages larger than ${MAX_PAGE_BYTES >> 20} MB: only the start is read`,
        1,
        file,
      )
    const page = readPage(file, text)
    for (const line of page.brokenLines)
      warn('JSON-LD that does not parse: left out', line, file)
    return page
  } catch (error) {
    if (!(error instanceof HearthError)) throw error
    warn('pages that cannot be read as text: skipped', 1, file)
    return undefined
  }
}

/** Share of the pages that a sitemap lists for the others to be meant for nobody. */
const MIN_COVER = 0.5

function withCover(map: Omit<Sitemap, 'isWhole'>, pages: readonly ReadPage[]): Sitemap {
  const listed = pages.filter(
    ({ file, head }) =>
      map.has(addressOfFile(file, '')) ||
      (head.canonical !== undefined &&
        URL.canParse(head.canonical) &&
        map.has(new URL(head.canonical).pathname)),
  )
  return { ...map, isWhole: listed.length > MIN_COVER * pages.length }
}

/** `5 pages that list other pages left out (first: tags/index.html); --all-pages keeps them` */
function leftOutNotes(leftOut: ReadonlyMap<string, readonly string[]>): string[] {
  return [...leftOut].map(([why, files]) => {
    const pages = files.length === 1 ? '1 page' : `${files.length} pages`
    const first = files.length === 1 ? files[0] : `${files[0]}, …`
    const keep = KEPT.has(why) ? '; --all-pages keeps them' : ''
    return `${pages} ${why}: left out (${first})${keep}`
  })
}

const KEPT = new Set([
  'that list other pages',
  SERVICE,
  'without data-hearth-body, which others have',
])

function noItems(path: string, count: number, why: readonly string[]): HearthError {
  return new HearthError(
    'bad-input',
    `no items in ${path}: read ${count} ${count === 1 ? 'page' : 'pages'} and could use none ` +
      `(${why.join('; ')}).`,
  )
}

function noPages(path: string, { tables, markdown }: SiteFiles): HearthError {
  if (tables.length > 0 && markdown.length === 0) {
    const shown = tables.slice(0, 5).join(', ') + (tables.length > 5 ? ', …' : '')
    return new HearthError(
      'bad-input',
      `no pages in ${path}: it holds ${tables.length === 1 ? 'a table' : 'tables'} (${shown}). ` +
        'Name the file itself.',
    )
  }
  return new HearthError(
    'bad-input',
    `no pages in ${path}: found no HTML and no Markdown. Give the folder of the built site ` +
      '(_site, dist, public, out, build), or of its Markdown.',
  )
}
