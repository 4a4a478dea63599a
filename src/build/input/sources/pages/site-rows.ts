/** All pages of a site → rows of a table: one an item, and why the others are none. */
import {
  addressOfFile,
  findAddresses,
  onSite,
  type SiteAddresses,
} from './page-address.ts'
import { mergeFacts, type PageFacts } from './page-facts.ts'
import type { PageRow } from './page-table.ts'
import type { ReadPage } from './read-page.ts'
import { findRepeated, findSiteNames } from './repeated.ts'
import type { Sitemap } from './sitemap.ts'

export interface SiteOptions {
  /** Path, or address, the folder is served under. Default: as pages state it, else `/`. */
  readonly base?: string
  /** Pages that list other pages are items too. Default false. */
  readonly allPages?: boolean
  readonly sitemap?: Sitemap
  /** Markdown: nothing of the site is around its texts. Default false. */
  readonly isSource?: boolean
}

export interface SiteRows {
  readonly rows: readonly PageRow[]
  readonly leftOut: ReadonlyMap<string, readonly string[]>
  readonly notes: readonly string[]
}

/** Share of the pages that have a block of text for it to be furniture. */
const FURNITURE_SHARE = 0.5
/** Share of the pages that have a description or a picture for it to be the site's own. */
const SITE_SHARE = 0.2
const MIN_DESCRIPTION = 60
/** Characters of a page's first paragraph that are shown. */
const MAX_DESCRIPTION = 300
const MAX_BODY = 4000

export function siteRows(pages: readonly ReadPage[], options: SiteOptions): SiteRows {
  const leftOut = new Map<string, string[]>()
  const leave = (why: string, file: string) =>
    void leftOut.set(why, [...(leftOut.get(why) ?? []), file])
  const whole = pages.filter((page) => {
    if (page.reason) leave(WHY[page.reason], page.file)
    return !page.reason
  })
  const site = learnSite(whole, options)
  const byAddress = new Map<string, PageRow>()
  const hasBodies = whole.some(({ hasBody }) => hasBody)
  for (const page of whole) {
    const address = site.addressOf(page)
    const why = whyNone(page, address, { ...options, site, hasBodies })
    if (why !== undefined) leave(why, page.file)
    else if (byAddress.has(page.id ?? address))
      leave('with the address of an earlier one', page.file)
    else byAddress.set(page.id ?? address, site.rowOf(page, address))
  }
  return { rows: [...byAddress.values()], leftOut, notes: site.notes }
}

const WHY = {
  noindex: 'marked noindex',
  ignored: 'marked data-hearth-ignore',
  redirect: 'leading elsewhere at once',
  'error page': 'shown for errors',
  template: 'not built yet (templates)',
  empty: 'without text',
  fragment: 'holding a piece of a page',
  draft: 'marked as drafts',
  section: 'heading a section',
  'of the repository': 'about the repository (README, LICENSE, …)',
  'no page': 'without an address of their own',
} as const

/** Addresses of pages that list others, by their last names. */
const LIST_ADDRESS =
  /\/(?:tags?|category|categories|archives?|search|page|authors?|topics?|labels?|series)(?:\/(?:[^/]+\/?)?|\.html)?$|\/page\/?\d+(?:\/|\.html)?$/i

/** Pages of a shop or site that are about itself. */
const SERVICE_ADDRESS =
  /\/(?:cart|checkout|basket|login|log-in|signin|sign-in|signup|sign-up|register|account|my-account|wishlist|contact|contact-us|kontakt|impressum|imprint|privacy|privacy-policy|datenschutz|terms|terms-of-service|terms-and-conditions|legal|cookies?|cookie-policy|thank-you|thanks|unsubscribe|feed)(?:\.html?|\/)?$/i
export const LISTING = 'listing other pages'
export const UNLISTED = 'not in the sitemap'
export const WITHOUT_BODY = 'without data-hearth-body, which others have'
export const SERVICE = 'about the site itself (cart, contact, privacy, …)'

interface Context extends SiteOptions {
  readonly site: Site
  readonly hasBodies: boolean
}

function whyNone(
  page: ReadPage,
  address: string,
  context: Context,
): string | undefined {
  const { site, sitemap, allPages, hasBodies } = context
  if (site.isCopy(page)) return 'naming another page as the original'
  if (allPages) return undefined
  if (sitemap?.isWhole && !sitemap.has(address)) return UNLISTED
  if (hasBodies && !page.hasBody) return WITHOUT_BODY
  if (SERVICE_ADDRESS.test(address) && !page.isThing) return SERVICE
  const isRoot = address === `${site.addresses.base}/`
  const isList = page.isList || (LIST_ADDRESS.test(address) && !page.isThing) || isRoot
  return isList && !(page.isThing && !page.isList && !isRoot) ? LISTING : undefined
}

type Site = ReturnType<typeof learnSite>

function learnSite(
  pages: readonly ReadPage[],
  { base, sitemap, isSource = false }: SiteOptions,
) {
  const notes: string[] = []
  const canonicals = findRepeated(
    pages.map(({ head }) => (head.canonical ? [head.canonical] : [])),
    SITE_SHARE,
  )
  const canonicalOf = ({ head }: ReadPage) =>
    head.canonical === undefined || canonicals.has(head.canonical)
      ? undefined
      : head.canonical
  if (canonicals.size > 0) {
    notes.push(
      `many pages state one canonical address (${[...canonicals][0]}): their files' are taken`,
    )
  }
  const addresses = findAddresses(
    pages.map((page) => {
      const canonical = canonicalOf(page)
      return { file: page.file, ...(canonical !== undefined && { canonical }) }
    }),
    base ?? sitemap?.base,
  )
  const files = new Map(
    pages.map(({ file }) => [addressOfFile(file, addresses.base), file]),
  )
  const stated = (page: ReadPage): string | undefined => {
    const canonical = page.url ?? canonicalOf(page)
    const own = addressOfFile(page.file, addresses.base)
    const found =
      canonical === undefined ? undefined : onSite(canonical, own, addresses)
    // the original is elsewhere: visitors stay here
    return found?.startsWith('/') ? found : undefined
  }
  const addressOf = (page: ReadPage) =>
    stated(page) ?? addressOfFile(page.file, addresses.base)
  const isCopy = (page: ReadPage): boolean => {
    const address = stated(page)
    const file = address === undefined ? undefined : files.get(address)
    return file !== undefined && file !== page.file
  }
  const rowOf = createRows(isSource ? [] : pages, { addresses })
  return { addresses, addressOf, isCopy, rowOf, notes }
}

/** @param pages that show what the site's pages share */
function createRows(
  pages: readonly ReadPage[],
  { addresses }: { readonly addresses: SiteAddresses },
) {
  const cutName = findSiteNames(
    pages.flatMap(({ head }) => head.titles.at(-1) ?? []),
    pages.flatMap(({ head }) => head.siteName ?? []),
  )
  const furniture = findRepeated(
    pages.map(({ content }) => content.blocks.map(({ text }) => text)),
    FURNITURE_SHARE,
  )
  const descriptions = findRepeated(
    pages.map(({ head }) => (head.facts.description ? [head.facts.description] : [])),
    SITE_SHARE,
  )
  const sources = (page: ReadPage) =>
    [...page.stated, page.head.facts, page.weak].flatMap(
      ({ image }) => image?.src ?? [],
    )
  const images = findRepeated(pages.map(sources), SITE_SHARE)
  const headings = findRepeated(
    pages.map(({ content }) => (content.heading ? [content.heading] : [])),
    SITE_SHARE,
  )
  return (page: ReadPage, address: string): PageRow => {
    const blocks = page.content.blocks.filter(({ text }) => !furniture.has(text))
    const places = [...page.stated, page.head.facts, page.weak].map((facts) =>
      withoutShared(facts, descriptions, images),
    )
    const facts = mergeFacts([...places, contentFacts(page, blocks), dayIn(address)])
    const isOwn = (title: string) => title !== '' && !headings.has(title)
    const heading = page.content.heading
    const title =
      [
        facts.title,
        ...page.head.titles.map((one) => headingIn(cutName(one), heading)),
        heading,
      ].find((one) => one !== undefined && isOwn(one)) ?? ''
    const src = facts.image && onSite(facts.image.src, address, addresses)
    return {
      file: page.file,
      id: page.id ?? address,
      url: address,
      facts: { ...facts, title: cutName(title) },
      body: blocks
        .map(({ text }) => text)
        .join(' ')
        .slice(0, MAX_BODY),
      ...(src !== undefined && { image: { ...facts.image!, src } }),
      ...groupOf(page, address, addresses),
    }
  }
}

/** `Oak | Trees` under the heading `Oak` is Oak: one page alone shows no site's name. */
function headingIn(title: string, heading: string | undefined): string {
  if (heading === undefined || heading === '' || !title.startsWith(heading))
    return title
  return /^\s*[|–—·•»~-]\s/.test(title.slice(heading.length)) ? heading : title
}

function withoutShared(
  facts: PageFacts,
  descriptions: ReadonlySet<string>,
  images: ReadonlySet<string>,
): PageFacts {
  const { description, image, ...rest } = facts
  return {
    ...rest,
    ...(description !== undefined && !descriptions.has(description) && { description }),
    ...(image && !images.has(image.src) && { image }),
  }
}

/** What the page's text gives where nothing states it. */
function contentFacts({ content }: ReadPage, blocks: PageBlocks): PageFacts {
  const first = blocks.find(({ text, isParagraph }) => isParagraph && isLong(text))
  const { published, tags, authors } = content
  const [image] = content.images
  return {
    tags,
    authors,
    ...(first && { description: shortened(first.text) }),
    ...(image && { image }),
    ...(published !== undefined && { published }),
  }
}

/** `/blog/2012/08/18/matplotlib/`: the last resort for a day. */
function dayIn(address: string): PageFacts {
  const [, year, month, day] =
    /\/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?:[/-]|$)/.exec(
      address,
    ) ?? []
  return year === undefined ? {} : { published: `${year}-${month}-${day}` }
}

type PageBlocks = ReadPage['content']['blocks']

/** A character of Chinese or Japanese holds as much as two or three letters. */
function isLong(text: string): boolean {
  const wide =
    text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu)?.length ?? 0
  return text.length + 2 * wide >= MIN_DESCRIPTION
}

export function shortened(text: string): string {
  if (text.length <= MAX_DESCRIPTION) return text
  const cut = text.slice(0, MAX_DESCRIPTION)
  const space = cut.lastIndexOf(' ')
  return `${(space > MAX_DESCRIPTION / 2 ? cut.slice(0, space) : cut.replace(/[\uD800-\uDBFF]$/, '')).trimEnd()}…`
}

/** The languages of one page share the address of the first of them. */
function groupOf(
  { head }: ReadPage,
  address: string,
  addresses: SiteAddresses,
): { readonly group?: string } {
  const all = head.alternates.map(({ language, href }) => ({
    language: language.toLowerCase(),
    address: onSite(href, address, addresses) ?? href,
  }))
  if (new Set([address, ...all.map((one) => one.address)]).size < 2) return {}
  const fallback = all.find(({ language }) => language === 'x-default')?.address
  return { group: fallback ?? all.map((one) => one.address).sort()[0]! }
}
