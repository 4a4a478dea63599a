/** A folder of built HTML → a table of its pages. */
import { join } from 'node:path'
import { HearthError } from '../../../../errors.ts'
import {
  type FolderTable,
  LARGE,
  leftOutNotes,
  noItems,
  notRead,
  type ReadOptions,
  UNREADABLE,
  type WarnOfFile,
} from './folder-table.ts'
import { addressOfFile } from './page-address.ts'
import { pageTable, pictureSizes } from './page-table.ts'
import { readPageText } from './page-text.ts'
import { type ReadPage, readPage } from './read-page.ts'
import { siteRows } from './site-rows.ts'
import { type FoundSitemap, readSitemap, type Sitemap } from './sitemap.ts'
import type { SiteFiles } from './walk-folder.ts'

/** @throws HearthError `bad-input` when no page is an item */
export async function readSite(
  path: string,
  { html, markdown }: SiteFiles,
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
    notes: [
      ...(markdown.length > 0 ? [notRead('HTML', 'Markdown', markdown.length)] : []),
      ...notes,
      ...leftOutNotes(leftOut),
    ],
  }
}

async function readOne(folder: string, file: string, warn: WarnOfFile) {
  try {
    const { text, isCut } = await readPageText(join(folder, file))
    if (isCut) warn(LARGE, 1, file)
    const page = readPage(file, text)
    if (page.isCut) warn('pages nested too deeply: only the start is read', 1, file)
    for (const line of page.brokenLines)
      warn('JSON-LD that does not parse: left out', line, file)
    return page
  } catch (error) {
    if (!(error instanceof HearthError)) throw error
    warn(UNREADABLE, 1, file)
    return undefined
  }
}

/** Share of the pages that a sitemap lists for the others to be meant for nobody. */
const MIN_COVER = 0.5

/** Under which path the sitemap lists most pages, and whether it lists most of them. */
function withCover(map: FoundSitemap, pages: readonly ReadPage[]): Sitemap {
  const covered = map.bases.map((base) => ({
    base,
    count: pages.filter((page) => isListed(map, page, base)).length,
  }))
  const best = covered.reduce((a, b) => (b.count > a.count ? b : a))
  return {
    has: map.has,
    isWhole: best.count > MIN_COVER * pages.length,
    ...(best.count > 0 && { base: `${map.origin}${best.base}/` }),
  }
}

function isListed(map: FoundSitemap, { file, head }: ReadPage, base: string): boolean {
  if (map.has(addressOfFile(file, base))) return true
  const { canonical } = head
  const isAbsolute = canonical !== undefined && URL.canParse(canonical)
  return isAbsolute && map.has(new URL(canonical).pathname)
}
