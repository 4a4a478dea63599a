/** A folder as a source: built HTML, or Markdown with front matter → a table of its pages. */
import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { HearthError } from '../../../../errors.ts'
import type { FolderOptions, FolderTable, WarnOfFile } from './folder-table.ts'
import { findProject, type Project } from './generators.ts'
import { readNotes } from './read-notes.ts'
import { readSite } from './read-site.ts'
import { type SiteFiles, walkFolder } from './walk-folder.ts'

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
  if (files.html.length + files.markdown.length === 0) throw noPages(path, files)
  const project = findProject(path)
  return isSource(files, project)
    ? readNotes(path, files, { ...options, warn, project })
    : readSite(path, files, { ...options, warn })
}

/** Is it what a site is made of, and not what was made? */
function isSource(
  { html, markdown }: SiteFiles,
  { generator, prefix }: Project,
): boolean {
  if (markdown.length === 0) return false
  const isProject = generator !== undefined && prefix === ''
  return isProject || markdown.length > html.length
}

/** Does a file begin as a sitemap does? */
export function isSitemap(head: string): boolean {
  return /^\s*<[^>]*(?:>\s*<[^>]*){0,5}\b(?:urlset|sitemapindex)\b/.test(
    head.slice(0, 4000),
  )
}

/**
 * A sitemap lists addresses alone: the pages are the files beside it, if they are there.
 *
 * @throws HearthError `bad-input` where they are not
 */
export async function folderOfSitemap(path: string): Promise<string> {
  const folder = dirname(path)
  const { html } = await walkFolder(folder)
  if (html.length > 0) return folder
  throw new HearthError(
    'bad-input',
    `no items in ${path}: a sitemap lists addresses, not items. Give the folder of the ` +
      'built site.',
  )
}

function noPages(path: string, { tables, markdown }: SiteFiles): HearthError {
  const named = tables.filter((name) => !/(?:^|\/)sitemap|manifest|package/.test(name))
  if (named.length > 0 && markdown.length === 0) {
    const shown = named.slice(0, 5).join(', ') + (named.length > 5 ? ', …' : '')
    return new HearthError(
      'bad-input',
      `no pages in ${path}: it holds ${named.length === 1 ? 'a table' : 'tables'} (${shown}). ` +
        'Name the file itself.',
    )
  }
  return new HearthError(
    'bad-input',
    `no pages in ${path}: found no HTML and no Markdown. Give the folder of the built site ` +
      '(_site, dist, public, out, build), or of its Markdown.',
  )
}
