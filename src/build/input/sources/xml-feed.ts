/**
 * An XML feed (RSS, Atom, Google Merchant, or a list of products) → its entries as plain
 * objects, one at a time. Of the entities that a file declares itself those that stand for a
 * character are read; one that stands for more is refused, never expanded.
 */
import sax from 'sax'
import { HearthError } from '../../../errors.ts'
import type { Warn } from '../cleaning-log.ts'
import type { JsonElement } from '../json-elements.ts'
import { type LimitOptions, lineTooLong, MAX_LINE_LENGTH } from '../read-text.ts'
import { wrongFormat } from './known-formats.ts'

/** Elements that are one item each. */
const ENTRIES: ReadonlySet<string> = new Set([
  'item', // RSS, Google Merchant
  'entry', // Atom
  'product',
  'offer', // Yandex Market
  'book',
  'movie',
  'url', // sitemap
])
type Refusal = readonly [got: string, advice: string]

const SITEMAP: Refusal = [
  'a sitemap: addresses without titles',
  'Give the folder of built HTML that it is of, with the sitemap in it',
]
/** Lists of other files, by the name of their root. */
const NO_FEEDS: Readonly<Record<string, Refusal>> = {
  opml: ['an OPML list of feeds', 'Give one of the feeds in it, saved as a file'],
  sitemapindex: ['a list of sitemaps', SITEMAP[1]],
}

/** A sitemap of news or videos has titles, and is a feed. */
function isSitemap(root: string, fields: Fields): boolean {
  return localName(root) === 'urlset' && !/"[\w:]*title":/.test(JSON.stringify(fields))
}

/** A name's prefix that adds nothing: `g:price` is `price`. */
const PLAIN_PREFIX = /^(?:g|dc|atom):/
/** Lists even where an entry has only one. */
const LISTS: ReadonlySet<string> = new Set(['category', 'product_type', 'keywords'])

/**
 * Faults of hand-written feeds that leave no doubt about what is meant, by sax's words: each
 * is counted, and its text read as it stands.
 */
const MENDED: readonly (readonly [fault: RegExp, what: string])[] = [
  [
    /^Invalid character in entity name|^Invalid character entity/,
    '& that is no entity',
  ],
  [/^Unexpected close tag|^Unmatched closing tag/, 'tags that do not match'],
  [/^Attribute without value|^No whitespace between attributes/, 'odd attributes'],
]

/** A declaration of an entity, and one that stands for a single character. */
const ENTITY = /<!ENTITY\b[^>]*>/gi
const CHARACTER =
  /^<!ENTITY\s+([\w.-]+)\s+(["'])(?:([^&<>%])|&#(\d+);|&#x([\da-f]+);)\2\s*>$/i

/** Deepest nesting read. */
const MAX_DEPTH = 100
/** Characters between entries, or of a tag, that are read before giving up. */
const SAX_BUFFER_LENGTH = 64 * 1024

type Fields = Record<string, unknown>

/** An element inside an entry, while it is open. */
interface OpenElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly fields: Fields
  /** Its own text. */
  readonly text: string[]
  /** The same with the text of its children. */
  readonly whole: string[]
}

interface FeedOptions extends LimitOptions {
  /** Called for each fault that is read over. Default: not reported. */
  readonly warn?: Warn | undefined
}

/**
 * Entries with a field for each child: text, a list where it occurs twice, an object where
 * it has children. An Atom link is its address, a picture of `media:` or `enclosure` becomes
 * `image`.
 *
 * @throws HearthError `bad-input` naming the line where the text is not XML, declares
 *   entities of more than a character, or has an entry that is too long
 */
export async function* readXmlFeed(
  name: string,
  pieces: AsyncIterable<string>,
  { maxLength = MAX_LINE_LENGTH, warn = () => {} }: FeedOptions = {},
): AsyncGenerator<JsonElement> {
  const reader = createFeedReader(name, warn)
  let length = 0
  let count = 0
  for await (const piece of pieces) {
    const entries = reader.read(piece)
    length = entries.length > 0 ? 0 : length + piece.length
    if (length > maxLength) throw lineTooLong(name, reader.openLine(), maxLength)
    yield* entries
    count += entries.length
  }
  reader.end()
  if (count === 0) {
    throw new HearthError(
      'bad-input',
      `no items in ${name}: found no <item>, <entry> or <product> in <${reader.root()}>. ` +
        'Expected an RSS, Atom or Google Merchant feed.',
    )
  }
}

function createFeedReader(name: string, warn: Warn) {
  const parser = sax.parser(true, { trim: false, position: true })
  let found: JsonElement[] = []
  let root = ''
  let depth = 0
  let start = 0
  const open: OpenElement[] = []
  const refuse = (what: string) =>
    new HearthError(
      'bad-input',
      `broken XML: ${name}, ${what} (line ${parser.line + 1}).`,
    )

  /** Does a tag around the entry close before it? Then the rest of the entry is missing. */
  const isCutOff = (what: string) =>
    what.startsWith('Unexpected') &&
    !open.some(({ name }) => name === (parser as { tagName?: string }).tagName)

  parser.onerror = (error) => {
    const [what = ''] = error.message.split('\n')
    const [, mended] = MENDED.find(([fault]) => fault.test(what)) ?? []
    if (mended !== undefined && !isCutOff(what)) {
      warn(`${mended}: read as they stand`, parser.line + 1)
      parser.resume()
      return
    }
    throw refuse(what.charAt(0).toLowerCase() + what.slice(1).replace(/\.$/, ''))
  }
  parser.ondoctype = (doctype) => {
    for (const [declared] of doctype.matchAll(ENTITY)) {
      const [, entity, , plain, decimal, hex] = CHARACTER.exec(declared) ?? []
      const code =
        decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      const text =
        plain ?? (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '')
      if (entity === undefined || text === '') {
        throw refuse(
          'it declares entities of more than a character, which are not read',
        )
      }
      parser.ENTITIES[entity] ??= text
    }
  }
  parser.onopentag = (tag) => {
    if (depth++ === 0) {
      root = tag.name
      const other = NO_FEEDS[localName(root).toLowerCase()]
      if (other) throw wrongFormat(name, ...other)
    }
    if (depth > MAX_DEPTH) throw refuse(`nested over ${MAX_DEPTH} deep`)
    const isEntry = open.length === 0 && ENTRIES.has(localName(tag.name))
    if (!isEntry && open.length === 0) return
    if (isEntry) start = parser.line + 1
    const attributes = tag.attributes as Record<string, string>
    const fields = isEntry ? { ...attributes } : {}
    open.push({ name: tag.name, attributes, fields, text: [], whole: [] })
  }
  const onText = (text: string) => {
    open.at(-1)?.text.push(text)
    open.at(-1)?.whole.push(text)
  }
  parser.ontext = onText
  parser.oncdata = onText
  parser.onclosetag = () => {
    depth--
    const element = open.pop()
    if (!element) return
    const parent = open.at(-1)
    if (parent) {
      parent.whole.push(...element.whole)
      return addChild(parent.fields, element)
    }
    if (isSitemap(root, element.fields)) throw wrongFormat(name, ...SITEMAP)
    found.push({ line: start, value: element.fields })
  }
  return {
    read(piece: string): readonly JsonElement[] {
      found = []
      // sax looks at its buffers after each write: a long text must come in parts
      for (let at = 0; at < piece.length; at += SAX_BUFFER_LENGTH) {
        parser.write(piece.slice(at, at + SAX_BUFFER_LENGTH))
      }
      return found
    },
    end: () => void parser.close(),
    root: () => root,
    openLine: () => (open.length > 0 ? start : parser.line + 1),
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function fieldOf(name: string): string {
  return name === 'content:encoded' ? 'content' : name.replace(PLAIN_PREFIX, '')
}

/**
 * A WordPress category is of a taxonomy: categories and tags, an attribute as `pa_color`, or
 * one of its own that no visitor sees.
 */
function listField({ domain }: Readonly<Record<string, string>>): string | undefined {
  if (domain === undefined || !/^\w+$/.test(domain)) return 'category'
  if (/^(?:product_)?(?:cat|category|tag|brand)$|^post_tag$/.test(domain))
    return 'category'
  return domain.startsWith('pa_') ? domain.slice('pa_'.length) : undefined
}

function addChild(fields: Fields, element: OpenElement): void {
  const { attributes } = element
  const name =
    element.name === 'category' ? listField(attributes) : fieldOf(element.name)
  if (name === undefined) return
  const image = imageOf(element)
  if (image !== undefined) {
    fields.image ??= image
    return
  }
  if (name === 'link' && attributes.href !== undefined) {
    const isPage = (attributes.rel ?? 'alternate') === 'alternate'
    if (isPage) fields.link ??= attributes.href
    return
  }
  const value = contentOf(element)
  if (value === '') return
  if (!Object.hasOwn(fields, name)) {
    fields[name] = LISTS.has(name) ? [value] : value
  } else {
    fields[name] = [fields[name], value].flat()
  }
}

/**
 * An element's children, or its text; text with markup in it is all its text, and an empty
 * Atom category is its term.
 */
function contentOf({ attributes, fields, text, whole }: OpenElement): unknown {
  const isMixed = text.some((piece) => piece.trim() !== '')
  if (Object.keys(fields).length > 0) return isMixed ? whole.join('').trim() : fields
  const own = text.join('').trim()
  return own === '' ? (attributes.label ?? attributes.term ?? '') : own
}

function imageOf({ name, attributes }: OpenElement): string | undefined {
  const { url, href, type = '', medium } = attributes
  if (name === 'media:thumbnail') return url
  if (name === 'itunes:image') return href
  const isPicture = type.startsWith('image/') || medium === 'image'
  if (name === 'enclosure' || name === 'media:content')
    return isPicture ? url : undefined
  return undefined
}
