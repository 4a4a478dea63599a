/** Items found in a folder → a table, with the columns' usual names. */
import { open } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { imageSize } from 'image-size'
import type { PageFacts, PageImage } from './page-facts.ts'

export interface PageRow {
  /** Path in the folder. */
  readonly file: string
  readonly id: string
  readonly url: string
  readonly facts: PageFacts
  readonly image?: PageImage
  /** The page's text, which is read but not shown. */
  readonly body: string
  readonly group?: string
}

/** Of a picture, px. */
export interface PageSize {
  readonly width: number
  readonly height: number
}

/** What a row has beside its cells. */
export interface PageOfRow {
  readonly file: string
  readonly body: string
  readonly group?: string
  readonly imageSize?: PageSize
}

export interface PageTable {
  readonly columns: readonly string[]
  readonly rows: readonly {
    readonly line: number
    readonly cells: readonly unknown[]
    readonly page: PageOfRow
  }[]
}

/** Columns of an item's fields, by the names that tables have them under. */
const FIELDS: readonly [string, (row: PageRow) => unknown][] = [
  ['id', ({ id }) => id],
  ['title', ({ facts }) => escaped(facts.title)],
  ['authors', ({ facts }) => facts.authors?.map((name) => escaped(name))],
  ['categories', ({ facts }) => categoriesOf(facts)],
  ['series', ({ facts }) => escaped(facts.series)],
  ['series_position', ({ facts }) => facts.position],
  ['description', ({ facts }) => escaped(facts.description)],
  ['url', ({ url }) => url],
  ['image', ({ image }) => image?.src],
  ['language', ({ facts }) => facts.language],
  ['published', ({ facts }) => facts.published],
  ['modified', ({ facts }) => facts.modified],
  ['price', ({ facts }) => facts.price],
  ['currency', ({ facts }) => facts.currency],
  ['availability', ({ facts }) => facts.available],
]

/** @param sizes of pictures whose page does not state them, by their address */
export function pageTable(
  rows: readonly PageRow[],
  sizes: ReadonlyMap<string, PageSize>,
): PageTable {
  const names = new Set(FIELDS.map(([name]) => name))
  const others = new Set(rows.flatMap(({ facts }) => [...(facts.others?.keys() ?? [])]))
  const columns: readonly [string, (row: PageRow) => unknown][] = [
    ...FIELDS,
    ...[...others]
      .filter((name) => !names.has(name))
      .map((name): [string, (row: PageRow) => unknown] => [
        name,
        ({ facts }) => facts.others?.get(name),
      ]),
  ]
  const filled = columns.filter(([, read]) => rows.some((row) => isFilled(read(row))))
  return {
    columns: filled.map(([name]) => name),
    rows: rows.map((row) => ({
      line: 1,
      cells: filled.map(([, read]) => read(row)),
      page: pageOf(row, sizes),
    })),
  }
}

function isFilled(value: unknown): boolean {
  return (
    value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  )
}

function pageOf(
  { file, body, group, image }: PageRow,
  sizes: ReadonlyMap<string, PageSize>,
): PageOfRow {
  const { width, height } = image ?? {}
  const stated = width && height ? { width, height } : undefined
  const size = image && (sizes.get(image.src) ?? stated)
  return {
    ...{ file, body },
    ...(group !== undefined && { group }),
    ...(size && { imageSize: size }),
  }
}

/** The page's place first, without the site's start page and the page itself. */
function categoriesOf({ path = [], tags = [], title }: PageFacts): string[] {
  const above = path.at(-1) === title ? path.slice(0, -1) : path
  const names = above.filter((name, at) => !(at === 0 && START_PAGE.test(name)))
  return [...new Set([...names, ...tags])].map((name) => escaped(name))
}

const START_PAGE =
  /^(?:home|start|startseite|accueil|inicio|início|главная|首页|ホーム|الرئيسية|🏠)$/i

/** Cells of tables may hold markup; what was read of a page is text already. */
function escaped(text: string): string
function escaped(text: string | undefined): string | undefined
function escaped(text: string | undefined): string | undefined {
  return text?.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** Bytes of a picture's file that hold its size. */
const PICTURE_HEAD_BYTES = 128 * 1024

/**
 * The sizes of pictures whose files lie in the folder.
 *
 * @param base path the folder is served under
 */
export async function pictureSizes(
  folder: string,
  rows: readonly PageRow[],
  base: string,
) {
  const sizes = new Map<string, PageSize>()
  const sources = new Set(rows.flatMap(({ image }) => image?.src ?? []))
  for (const src of sources) {
    const file = fileOf(src, base)
    const size = file === undefined ? undefined : await sizeOf(join(folder, file))
    if (size) sizes.set(src, size)
  }
  return sizes
}

/** A path of the site → a path in its folder; undefined for what is not in it. */
function fileOf(src: string, base: string): string | undefined {
  if (!src.startsWith(`${base}/`)) return undefined
  try {
    const path = decodeURIComponent(src.slice(base.length + 1).split(/[?#]/)[0]!)
    const file = posix.normalize(path)
    return file.startsWith('..') || file.includes('\0') ? undefined : file
  } catch {
    return undefined // a `%` that encodes nothing: no file has that name
  }
}

async function sizeOf(path: string) {
  try {
    const file = await open(path)
    try {
      const buffer = Buffer.alloc(PICTURE_HEAD_BYTES)
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
      const {
        width,
        height,
        orientation = 1,
      } = imageSize(buffer.subarray(0, bytesRead))
      // from 5 on a picture is shown turned by a quarter
      return orientation >= 5 ? { width: height, height: width } : { width, height }
    } finally {
      await file.close()
    }
  } catch {
    return undefined // not there, or no picture: its place is then kept by the page's style
  }
}
