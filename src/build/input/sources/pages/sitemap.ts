/** A sitemap in a site's folder → which pages are public. */
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import sax from 'sax'
import { readSourceText } from '../source-text.ts'

export interface Sitemap {
  readonly has: (address: string) => boolean
  /** Address that the folder is served under, where the sitemap shows it. */
  readonly base?: string
  /** Does it cover most pages of the folder? Then the others are not public. */
  readonly isWhole: boolean
}

export interface FoundSitemap {
  readonly has: (address: string) => boolean
  readonly origin: string
  /** Paths that the folder may be served under, likeliest last. */
  readonly bases: readonly string[]
}

const NAMES = [
  'sitemap.xml',
  'sitemap_index.xml',
  'sitemap-index.xml',
  'sitemap-0.xml',
  'sitemap.xml.gz',
  'wp-sitemap.xml',
]
/** Sitemaps an index may name, and addresses read of all. */
const MAX_SITEMAPS = 500
const MAX_ADDRESSES = 1_000_000

/** @returns undefined where there is none that can be read */
export async function readSitemap(folder: string): Promise<FoundSitemap | undefined> {
  const first = NAMES.find((name) => existsSync(join(folder, name)))
  if (first === undefined) return undefined
  const waiting = [first]
  const seen = new Set(waiting)
  const found = new Set<string>()
  let origin: string | undefined
  let shortest: string | undefined
  for (let at = 0; at < waiting.length && at < MAX_SITEMAPS; at++) {
    const { urls, maps } = await readOne(join(folder, waiting[at]!))
    for (const loc of urls) {
      if (!URL.canParse(loc) || found.size >= MAX_ADDRESSES) continue
      const url = new URL(loc)
      origin ??= url.origin
      found.add(plain(url.pathname))
      if (shortest === undefined || url.pathname.length < shortest.length) {
        shortest = url.pathname
      }
    }
    for (const loc of maps) {
      const name = fileOf(loc, folder)
      if (name !== undefined && !seen.has(name)) waiting.push(name)
      if (name !== undefined) seen.add(name)
    }
  }
  if (origin === undefined || shortest === undefined) return undefined
  const above = shortest.replace(/[^/]*$/, '').replace(/\/$/, '')
  return {
    origin,
    has: (address) => found.has(plain(address)),
    bases: [...new Set(['', above])],
  }
}

/** Addresses of one page, with or without its ending. */
function plain(path: string): string {
  return decoded(path.split('?')[0]!)
    .replace(/(?:^|\/)index\.(?:html?|xhtml)$/i, '/')
    .replace(/\.(?:html?|xhtml)$/i, '')
    .replace(/\/+$/, '')
}

function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path // a `%` that encodes nothing stands for itself
  }
}

function fileOf(loc: string, folder: string): string | undefined {
  const name = basename(loc.trim().split(/[?#]/)[0]!)
  const path = URL.canParse(loc) ? new URL(loc).pathname.replace(/^\/+/, '') : name
  const isOutside = path.split('/').includes('..')
  if (!isOutside && existsSync(join(folder, path))) return path
  return existsSync(join(folder, name)) ? name : undefined
}

async function readOne(path: string) {
  const urls: string[] = []
  const maps: string[] = []
  const parser = sax.parser(true, { trim: true, normalize: true })
  let text = ''
  let loc = ''
  parser.onopentag = () => {
    text = ''
  }
  const addText = (piece: string) => {
    text += piece
  }
  parser.ontext = addText
  parser.oncdata = addText
  parser.onclosetag = (name) => {
    if (name === 'loc' && loc === '') loc = text
    if (name === 'url' && loc !== '') urls.push(loc)
    if (name === 'sitemap' && loc !== '') maps.push(loc)
    if (name === 'url' || name === 'sitemap') loc = ''
  }
  // what is left unread of a broken sitemap is as if it did not list it
  parser.onerror = () => void parser.resume()
  for await (const piece of readSourceText(path, [])) {
    for (let at = 0; at < piece.length; at += 32_768)
      parser.write(piece.slice(at, at + 32_768))
  }
  return { urls, maps }
}
