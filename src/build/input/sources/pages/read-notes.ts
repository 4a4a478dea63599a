/** A folder of Markdown → a table of its pages, with the addresses they will have. */
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
import type { FrontMatter } from './front-matter.ts'
import { addressOfMarkdown, keepsImages, type Project } from './generators.ts'
import { readMarkdown } from './markdown-page.ts'
import { type PageRow, type PageSize, pageTable, pictureSizes } from './page-table.ts'
import { readPageText } from './page-text.ts'
import type { ReadPage } from './read-page.ts'
import { siteRows } from './site-rows.ts'
import { isThing, own } from './structured-data.ts'
import type { SiteFiles } from './walk-folder.ts'

interface NotesOptions extends ReadOptions {
  readonly project: Project
}

/** @throws HearthError `bad-input` when no page is an item */
export async function readNotes(
  path: string,
  { html, markdown }: SiteFiles,
  { warn, base, project, allPages = false }: NotesOptions,
): Promise<FolderTable> {
  const placed = base === undefined ? project : withBase(project, base)
  const pages: ReadPage[] = []
  const fronts = new Map<string, FrontMatter>()
  for (const file of markdown) {
    const read = await readNote(path, file, { warn, project: placed })
    if (read) {
      pages.push(read.page)
      fronts.set(file, read.front)
    }
  }
  const hidden = hiddenFolders(fronts)
  const { rows, leftOut, notes } = siteRows(
    pages.map((page) =>
      hidden.some((folder) => page.file.startsWith(folder))
        ? { ...page, reason: 'no page' as const }
        : page,
    ),
    { allPages, base: '/', isSource: true },
  )
  if (rows.length === 0) throw noItems(path, markdown.length, leftOutNotes(leftOut))
  const folders = ['static', 'public', 'source', ''].map((name) =>
    join(project.folder, name),
  )
  const kept = keepsImages(project) ? rows : rows.map(withoutMovedImage)
  const moved = rows.filter((row, at) => row.image && !kept[at]!.image).length
  const sizes = new Map<string, PageSize>()
  for (const folder of folders) {
    for (const [src, size] of await pictureSizes(folder, kept, placed.settings.base)) {
      if (!sizes.has(src)) sizes.set(src, size)
    }
  }
  return {
    ...pageTable(kept, sizes),
    leftOut: markdown.length - rows.length,
    notes: [
      addressNote(project, kept),
      ...(html.length > 0 ? [notRead('Markdown', 'HTML', html.length)] : []),
      ...(moved > 0 ? [movedNote(moved)] : []),
      ...notes,
      ...leftOutNotes(leftOut),
    ],
  }
}

function movedNote(count: number): string {
  const what =
    count === 1
      ? '1 picture left out, as its address is'
      : `${count} pictures left out, as their addresses are`
  return `${what} made when the site is built (give the built site instead)`
}

/** Folders whose `_index.md` keeps all in them from becoming pages, as Hugo has it. */
function hiddenFolders(fronts: ReadonlyMap<string, FrontMatter>): string[] {
  return [...fronts]
    .filter(([file, { values }]) => {
      if (!/(?:^|\/)_index\.\w+$/.test(file)) return false
      const cascade = values.get('cascade')
      const build = isThing(cascade)
        ? (own(cascade, 'build') ?? own(cascade, '_build'))
        : undefined
      return (
        isThing(build) &&
        (own(build, 'render') === 'never' || own(build, 'render') === false)
      )
    })
    .map(([file]) => file.replace(/_index\.\w+$/, ''))
}

function withBase(project: Project, base: string): Project {
  const path = URL.canParse(base) ? new URL(base).pathname : base
  const settings = { ...project.settings, base: path.replace(/\/+$/, '') }
  return { ...project, settings }
}

async function readNote(
  folder: string,
  file: string,
  { warn, project }: { readonly warn: WarnOfFile; readonly project: Project },
) {
  try {
    const { text, isCut } = await readPageText(join(folder, file))
    if (isCut) warn(LARGE, 1, file)
    const inProject = `${project.prefix}${file}`
    const { page, front, isPlain } = readMarkdown(file, text, ({ values }) =>
      addressOfMarkdown({ file: inProject, values }, project),
    )
    if (front.fault) warn(front.fault.what, front.fault.line, file)
    if (isPlain) warn('Markdown nested too deeply: taken as plain text', 1, file)
    return { page, front }
  } catch (error) {
    if (!(error instanceof HearthError)) throw error
    warn(UNREADABLE, 1, file)
    return undefined
  }
}

/** Written relative to the file, or to a folder that is not served. */
function withoutMovedImage(row: PageRow): PageRow {
  const { image: _, ...rest } = row
  return row.facts.image?.src.startsWith('.') || row.facts.image?.src.startsWith('@')
    ? rest
    : row
}

function addressNote({ generator, config }: Project, rows: readonly PageRow[]): string {
  const example = rows[0]!
  const shown = `${example.file} is ${example.url}`
  return generator === undefined
    ? `no site generator is known here, so addresses are guessed from paths: ${shown}; others: --url "/blog/{slug}/"`
    : `addresses by the rules of ${generator} (${config}): ${shown}; others: --url "/blog/{slug}/"`
}
