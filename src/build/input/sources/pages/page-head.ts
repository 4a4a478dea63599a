/** What a page's head states: meta tags, Open Graph, links. */
import type { Element } from 'domhandler'
import { attribute, type HtmlDocument, oneLine, textIn } from './html-document.ts'
import { imageOf, type PageFacts } from './page-facts.ts'

export interface PageHead {
  readonly facts: PageFacts
  /** Of `<title>` and `og:title`, with the site's name still in them. */
  readonly titles: readonly string[]
  readonly siteName?: string
  /** As written. */
  readonly canonical?: string
  /** `noindex`: its owner wants it in no list. */
  readonly isHidden: boolean
  /** Sends its visitors elsewhere at once. */
  readonly isRedirect: boolean
  /** `article`, `product`, `website`, … */
  readonly kind?: string
  /** Addresses of this page in all its languages. */
  readonly alternates: readonly { readonly language: string; readonly href: string }[]
}

export function readHead({ elements }: HtmlDocument): PageHead {
  const metas = new Map<string, string[]>()
  const links: Element[] = []
  let title: string | undefined
  let language: string | undefined
  for (const element of elements) {
    if (element.name === 'html') {
      language = attribute(element, 'lang') ?? attribute(element, 'xml:lang')
    }
    // not the <title> of a picture in SVG
    if (element.name === 'title' && title === undefined) title = textIn(element)
    if (element.name === 'link') links.push(element)
    if (element.name === 'meta') addMeta(metas, element)
  }
  const all = (...names: string[]) => names.flatMap((name) => metas.get(name) ?? [])
  const one = (...names: string[]) => all(...names)[0]
  const canonical = links.find((link) => relOf(link).includes('canonical'))
  const href = (canonical && attribute(canonical, 'href')) ?? one('og:url')
  const siteName = one('og:site_name', 'application-name')
  const kind = one('og:type')
  return {
    titles: [one('og:title', 'twitter:title'), title].filter(
      (text) => text !== undefined,
    ),
    ...(siteName !== undefined && { siteName }),
    ...(href !== undefined && { canonical: href }),
    ...(kind !== undefined && { kind: kind.toLowerCase() }),
    isHidden: all('robots', 'googlebot').some((text) =>
      /\b(?:noindex|none)\b/i.test(text),
    ),
    isRedirect: all('http-equiv:refresh').some((text) =>
      /^\s*[0-3]\s*[;,]\s*url\s*=/i.test(text),
    ),
    alternates: links
      .filter((link) => relOf(link).includes('alternate'))
      .map((link) => ({
        language: attribute(link, 'hreflang') ?? '',
        href: attribute(link, 'href') ?? '',
      }))
      .filter(({ language, href }) => language !== '' && href !== ''),
    facts: factsOf(one, all, language),
  }
}

function factsOf(
  one: (...names: string[]) => string | undefined,
  all: (...names: string[]) => string[],
  language: string | undefined,
): PageFacts {
  const src = one('og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image')
  const locale = one('http-equiv:content-language', 'og:locale')?.replace('_', '-')
  const authors = all('author', 'article:author', 'book:author', 'parsely-author')
  const facts = {
    description: one('description', 'og:description', 'twitter:description'),
    image:
      src === undefined
        ? undefined
        : imageOf(src, one('og:image:width'), one('og:image:height')),
    language: language ?? locale,
    // article:author may be the address of a profile
    authors: [...new Set(authors.filter((name) => !/^https?:/i.test(name)))],
    tags: [
      ...all('article:section'),
      ...all('article:tag', 'book:tag', 'video:tag'),
      ...all('keywords').flatMap((text) => text.split(/[,，;]/).map(oneLine)),
    ].filter((tag) => tag !== ''),
    published: one(
      'article:published_time',
      'book:release_date',
      'datepublished',
      'date',
      'dc.date',
    ),
    modified: one('article:modified_time', 'og:updated_time'),
    price: one('product:price:amount', 'og:price:amount'),
    currency: one('product:price:currency', 'og:price:currency'),
    available: one('product:availability', 'og:availability'),
  }
  const others = new Map<string, unknown>()
  const brand = one('product:brand')
  if (brand !== undefined && facts.authors.length === 0) facts.authors.push(brand)
  return { ...withoutUndefined(facts), others }
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

export function withoutUndefined<T extends object>(object: T): Partial<Defined<T>> {
  const kept = Object.entries(object).filter(([, value]) => value !== undefined)
  return Object.fromEntries(kept) as Partial<Defined<T>>
}

/** Tags, authors and the like that one page states. */
const MAX_VALUES = 200

function addMeta(metas: Map<string, string[]>, element: Element) {
  const equiv = attribute(element, 'http-equiv')
  const name =
    attribute(element, 'property') ??
    attribute(element, 'name') ??
    (equiv && `http-equiv:${equiv}`)
  const content = attribute(element, 'content')
  if (name === undefined || content === undefined) return
  const key = name.toLowerCase()
  const values = metas.get(key) ?? []
  if (values.length < MAX_VALUES) metas.set(key, [...values, oneLine(content)])
}

function relOf(link: Element): string[] {
  return (attribute(link, 'rel') ?? '').toLowerCase().split(/\s+/)
}
