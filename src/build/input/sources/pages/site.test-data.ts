/** A small site of built pages for a test, with the furniture that real ones have. */
import { readItems } from '../../read-items.ts'
import { type TempFolder, tempFolder } from '../../temp-folder.test-data.ts'
import type { FolderOptions } from './folder-table.ts'

export interface PageParts {
  readonly title?: string
  readonly head?: string
  /** Of the main content, after its heading. */
  readonly body?: string
  readonly html?: string
}

const LONG = 'It is long enough that it could stand for the whole page on a small card.'

export function pageOf({
  title = 'A page',
  head = '',
  body,
  html = 'lang="en"',
}: PageParts) {
  return `<!doctype html><html ${html}><head><meta charset="utf-8"><title>${title} | Trees</title>
${head}</head><body><header><a href="/">Trees</a><nav><a href="/a">A</a> <a href="/b">B</a></nav></header>
<main><h1>${title}</h1>${body ?? `<p>This is the first paragraph of ${title}. ${LONG}</p>`}</main>
<aside>Subscribe to our newsletter, it costs nothing at all and comes every week.</aside>
<footer>© Trees, all rights reserved, since the year of the first tree.</footer></body></html>`
}

/** A folder with these files. */
export function siteOf(
  files: Readonly<Record<string, string | Uint8Array>>,
): TempFolder {
  const folder = tempFolder()
  for (const [name, content] of Object.entries(files)) folder.write(name, content)
  return folder
}

export async function readSiteOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  folder: FolderOptions = {},
) {
  const read = await readItems(siteOf(files).path, {}, { folder })
  const byId = Object.fromEntries(read.items.map((item) => [item.id, item]))
  return { ...read, byId, ids: read.items.map(({ id }) => id) }
}

/** One page among others, so that what the site's pages share is known. */
export async function readPageOf(parts: PageParts, folder: FolderOptions = {}) {
  const { byId, report, bodies, items } = await readSiteOf(
    {
      'one.html': pageOf(parts),
      'other.html': pageOf({ title: 'Another page' }),
      'third.html': pageOf({ title: 'The third page' }),
    },
    folder,
  )
  const item = byId['/one.html'] ?? items[0]
  return { item, report, body: bodies?.[item ? items.indexOf(item) : -1] }
}
