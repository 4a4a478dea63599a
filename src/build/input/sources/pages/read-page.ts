/** One file of HTML → what it states, and whether it is a page of one thing. */
import { parseHtml } from './html-document.ts'
import { readOwnerAttributes } from './owner-attributes.ts'
import { type PageContent, readContent } from './page-content.ts'
import type { PageFacts } from './page-facts.ts'
import { type PageHead, readHead } from './page-head.ts'
import { readSchemaOrg } from './schema-org.ts'
import { readStructuredData } from './structured-data.ts'

/** Why a page is no item. */
export type Reason =
  | 'noindex'
  | 'ignored'
  | 'redirect'
  | 'error page'
  | 'template'
  | 'empty'
  | 'fragment'
  | 'draft'
  | 'section'
  | 'of the repository'
  | 'no page'

export interface ReadPage {
  /** Its path in the folder. */
  readonly file: string
  /** What its owner wrote for Hearth, then its structured data. */
  readonly stated: readonly PageFacts[]
  readonly head: PageHead
  /** Of the page, not of what it is about: weaker than the head's. */
  readonly weak: PageFacts
  readonly content: PageContent
  readonly id?: string
  readonly url?: string
  readonly hasBody: boolean
  /** Its structured data, or Open Graph, call it an article, a product or the like. */
  readonly isThing: boolean
  /** It lists other pages. */
  readonly isList: boolean
  readonly reason?: Reason
  readonly brokenLines: readonly number[]
  /** Nested too deeply: only its start was read. */
  readonly isCut: boolean
}

/** Open Graph types of pages about one thing. */
const THING_KINDS = /^(?:article|product|og:product|book|video\.|music\.|product\.item)/

/** Names of pages that answer for others. */
const ERROR_PAGE =
  /^(?:[a-z]{2}(?:-[a-z]{2})?\/)?(?:404|403|500|offline|_error|_not-found)(?:\/index)?\.\w+$/i
/** Proofs of ownership that search engines ask for. */
const PROOF =
  /(?:^|\/)(?:google[0-9a-f]{12,}|yandex_[0-9a-f]+|baidu_verify_\w+|naver[0-9a-f]+|pinterest-\w+)\.html$/i

export function readPage(file: string, text: string): ReadPage {
  const page = parseHtml(text)
  const owner = readOwnerAttributes(page)
  const head = readHead(page)
  const data = readStructuredData(page)
  const schema = readSchemaOrg(data, head.canonical)
  const content = readContent(page, owner.bodies)
  const main = schema.main
  const isThing = main !== undefined || THING_KINDS.test(head.kind ?? '')
  const reason = reasonOf(file, text, {
    isIgnored: owner.isIgnored,
    head,
    hasText:
      content.blocks.length > 0 || content.heading !== undefined || main !== undefined,
    isPage: page.elements.some(
      ({ name }) => name === 'title' || name === 'body' || name === 'html',
    ),
  })
  return {
    file,
    stated: [owner.facts, ...(main ? [withType(main.facts, main.type)] : [])],
    head,
    weak: schema.page,
    content,
    hasBody: owner.bodies.length > 0,
    isThing,
    isList: schema.isList || (content.isList && !isThing),
    brokenLines: data.brokenLines,
    isCut: page.isCut,
    ...(owner.id !== undefined && { id: owner.id }),
    ...(owner.url !== undefined && { url: owner.url }),
    ...(reason && { reason }),
  }
}

function withType(facts: PageFacts, type: string): PageFacts {
  return { ...facts, others: new Map([...(facts.others ?? []), ['type', type]]) }
}

interface Signs {
  readonly isIgnored: boolean
  readonly head: PageHead
  readonly hasText: boolean
  readonly isPage: boolean
}

function reasonOf(file: string, text: string, signs: Signs): Reason | undefined {
  if (signs.isIgnored) return 'ignored'
  if (/^\s*---\r?\n/.test(text) || /^\s*\{%/.test(text)) return 'template'
  if (ERROR_PAGE.test(file)) return 'error page'
  if (PROOF.test(file)) return 'empty'
  if (signs.head.isRedirect) return 'redirect'
  if (signs.head.isHidden) return 'noindex'
  if (!signs.isPage) return 'fragment'
  return signs.hasText ? undefined : 'empty'
}
