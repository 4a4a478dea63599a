/** A page's main content: its text without the furniture around it, its first picture. */
import { type Element, isTag, type ParentNode } from 'domhandler'
import {
  attribute,
  closest,
  type HtmlDocument,
  nodesIn,
  textBlocksIn,
  textIn,
} from './html-document.ts'
import { isIgnored } from './owner-attributes.ts'
import { imageOf, type PageImage, pixels } from './page-facts.ts'

export interface PageContent {
  /** The page's heading. */
  readonly heading?: string
  /** Paragraphs, headings, list entries: the first few thousand characters. */
  readonly blocks: readonly { readonly text: string; readonly isParagraph: boolean }[]
  /** Pictures large enough to stand for the page, in order. */
  readonly images: readonly PageImage[]
  readonly published?: string
  /** `rel=tag` and `rel=author` links. */
  readonly tags: readonly string[]
  readonly authors: readonly string[]
  /** Is it mostly links to other pages? */
  readonly isList: boolean
}

/** Characters of a page's text that are kept: more than an encoder reads. */
const MAX_TEXT = 6000
const MAX_IMAGES = 8
/** Characters beside its links that a list of links has at most. */
const MAX_LIST_TEXT = 1500
/** Pictures smaller than this, px, are signs. */
const MIN_IMAGE = 120

const FURNITURE = new Set(
  (
    'nav header footer aside script style noscript template form button select textarea input ' +
    'svg iframe dialog pre canvas object math head'
  ).split(' '),
)
const FURNITURE_ROLE =
  /^(?:navigation|banner|contentinfo|complementary|search|dialog|alertdialog|menu|menubar|toolbar|tablist)$/
/** The first word of a class or id that names a piece of furniture. */
const FURNITURE_NAME =
  /(?:^|\s)(?:cookies?|consent|gdpr|breadcrumbs?|sidebar|toc|table-of-contents|share|sharing|social|related|comments?|pagination|pager|navbar|navigation|site-header|site-footer|newsletter|subscribe|skip-link|skip-to|visually-hidden|sr-only|screen-reader|headerlink|header-anchor|anchor|edit-link|post-nav|prev-next|back-to-top|advert|advertisement)(?:[-_][\w-]*)?(?:\s|$)/i

function isFurniture(element: Element): boolean {
  const { attribs, name } = element
  if (FURNITURE.has(name) || isIgnored(element) || Object.hasOwn(attribs, 'hidden'))
    return true
  if (attribs['aria-hidden'] === 'true') return true
  const { role, class: classes, id } = attribs
  if (role !== undefined && FURNITURE_ROLE.test(role)) return true
  // classes of the page or its main content say what is in it: `has-sidebar comments-open`
  if (name === 'body' || name === 'main' || name === 'article' || name === 'html')
    return false
  return isFurnitureName(classes) || isFurnitureName(id)
}

function isFurnitureName(names: string | undefined): boolean {
  return names !== undefined && names.length < 300 && FURNITURE_NAME.test(names)
}

/** @param bodies elements that the owner marked as main content */
export function readContent(
  page: HtmlDocument,
  bodies: readonly Element[],
): PageContent {
  const roots = bodies.length > 0 ? bodies : [mainOf(page)]
  const blocks: { text: string; isParagraph: boolean }[] = []
  const headings: string[] = []
  const inside: Element[] = []
  let kept = 0
  let length = 0
  let linked = 0
  for (const root of roots) {
    for (const block of textBlocksIn(root, isFurniture)) {
      length += block.text.length
      linked += block.linked
      const isHeading = /^h[1-6]$/.test(block.name)
      if (isHeading && block.linked > block.text.length / 2) headings.push(block.text)
      if (block.name === 'h1' || kept > MAX_TEXT) continue
      kept += block.text.length
      blocks.push({
        text: block.text.slice(0, MAX_TEXT),
        isParagraph: !isHeading && block.linked < block.text.length / 2,
      })
    }
    for (const node of nodesIn(root, isFurniture)) if (isTag(node)) inside.push(node)
  }
  const articles = inside.filter(({ name }) => name === 'article').length
  const heading = headingOf(page, roots)
  const time = timeOf(page, roots)
  return {
    blocks,
    tags: relTexts(page.elements, 'tag'),
    authors: relTexts(page.elements, 'author'),
    images: inside
      .filter(({ name }) => name === 'img')
      .map(pictureOf)
      .filter((one) => one !== undefined)
      .slice(0, MAX_IMAGES),
    isList:
      (linked > length / 2 &&
        length - linked < MAX_LIST_TEXT &&
        countLinks(inside) >= 5) ||
      headings.length >= 4 ||
      articles >= 3,
    ...(heading !== undefined && { heading }),
    ...(time !== undefined && { published: time }),
  }
}

function mainOf({ root, elements }: HtmlDocument): ParentNode {
  const main = elements.find(
    (element) => element.name === 'main' || element.attribs.role === 'main',
  )
  if (main) return main
  const articles = elements.filter(
    (element) =>
      (element.name === 'article' || element.attribs.itemprop === 'articleBody') &&
      !closest(element, isFurniture),
  )
  if (articles.length === 1) return articles[0]!
  return elements.find(({ name }) => name === 'body') ?? root
}

/** The first `h1` of the main content, else of the page. */
function headingOf({ elements }: HtmlDocument, roots: readonly ParentNode[]) {
  const all = elements.filter(({ name }) => name === 'h1')
  const isInside = (element: Element) =>
    roots.some((root) => closest(element, (above) => above === root))
  const first = all.find(isInside) ?? all[0]
  const text = first && textIn(first, 500, (element) => isFurniture(element))
  return text === '' ? undefined : text
}

const DAY = /^\d{4}-\d\d-\d\d/

/** A day near the heading; those of comments and of other pages come later, or elsewhere. */
function timeOf(
  { elements }: HtmlDocument,
  roots: readonly ParentNode[],
): string | undefined {
  const times = elements.filter(({ name }) => name === 'time')
  const isInside = (element: Element) =>
    roots.some((root) => closest(element, (above) => above === root))
  const found = times.find(
    (time) => DAY.test(attribute(time, 'datetime') ?? '') && isInside(time),
  )
  return found && attribute(found, 'datetime')
}

function relTexts(elements: readonly Element[], rel: string): string[] {
  const links = elements.filter(
    (element) =>
      element.name === 'a' &&
      (attribute(element, 'rel') ?? '').split(/\s+/).includes(rel),
  )
  const texts = links.map((link) => textIn(link, 100).replace(/^#/, ''))
  return [...new Set(texts)].filter((text) => text !== '')
}

function countLinks(elements: readonly Element[]): number {
  const targets = elements
    .filter(({ name }) => name === 'a')
    .map((link) => attribute(link, 'href')?.split('#')[0])
  return new Set(targets.filter((target) => target !== undefined && target !== '')).size
}

/** Also of pictures that are loaded late, whose address is elsewhere. */
function pictureOf(element: Element): PageImage | undefined {
  const { attribs } = element
  if (
    /\b(?:avatar|logo|icon|emoji|badge)/i.test(
      `${attribs.class ?? ''} ${attribs.alt ?? ''}`,
    )
  )
    return undefined
  const set = attribute(element, 'srcset') ?? attribute(element, 'data-srcset')
  const src = [
    attribute(element, 'src'),
    attribute(element, 'data-src'),
    set?.split(/\s+/)[0],
  ].find((one) => one !== undefined && !one.startsWith('data:'))
  if (src === undefined) return undefined
  const image = imageOf(src, attribs.width, attribs.height)
  const sizes = [pixels(attribs.width), pixels(attribs.height)]
  const isSmall = sizes.some((size) => size !== undefined && size < MIN_IMAGE)
  // badges of builds and counters of readers are drawn by other hosts
  const isBadge = /(?:shields\.io|badge|\/pixel|\.svg(?:\?|$)|1x1)/i.test(src)
  return isSmall || isBadge ? undefined : image
}
