/** A page's structured data (JSON-LD, microdata, RDFa) → plain objects of schema.org. */
import { type Element, isText } from 'domhandler'
import { attribute, closest, type HtmlDocument, textIn } from './html-document.ts'

/** As in JSON-LD: `@type`, and properties that are values, things or lists of them. */
export type Thing = Readonly<Record<string, unknown>>

export interface StructuredData {
  /** Things that are no property of another. */
  readonly things: readonly Thing[]
  /** Things with an `@id`, for those that name them by it. */
  readonly byId: ReadonlyMap<string, Thing>
  /** Lines of JSON-LD that does not parse. */
  readonly brokenLines: readonly number[]
}

/** Things read of one page: more is no page of one item. */
const MAX_THINGS = 500

export function readStructuredData(page: HtmlDocument): StructuredData {
  const brokenLines: number[] = []
  const roots: unknown[] = []
  for (const element of page.elements) {
    const type = element.name === 'script' ? (attribute(element, 'type') ?? '') : ''
    if (!/^application\/ld\+json\b/i.test(type)) continue
    const text = element.children.filter(isText).map(({ data }) => data)
    const value = parseLoose(text.join(''))
    if (value === undefined) brokenLines.push(page.lineOf(element))
    else roots.push(value)
  }
  const { things, byId } = collect(roots)
  const marked = [
    ...readMarked(page.elements, MICRODATA),
    ...readMarked(page.elements, RDFA),
  ]
  return { things: [...things, ...marked], byId, brokenLines }
}

/** JSON as pages hold it: in a comment or CDATA, with a semicolon after it. */
function parseLoose(text: string): unknown {
  const json = text
    .trim()
    .replace(/^(?:\/\/|\/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*\/)?/, '')
    .replace(/(?:\/\/|\/\*)?\s*(?:\]\]>|-->)\s*(?:\*\/)?$/, '')
    .replace(/;\s*$/, '')
  if (json.trim() === '') return null
  try {
    return JSON.parse(json)
  } catch {
    return parseWithBreaks(json)
  }
}

/** Line breaks inside strings are what templates most often leave in. */
function parseWithBreaks(json: string): unknown {
  try {
    return JSON.parse(json.replace(/\p{Cc}+/gu, ' '))
  } catch {
    return undefined // reported by the caller with its line
  }
}

export function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function collect(roots: readonly unknown[]) {
  const things: Thing[] = []
  const byId = new Map<string, Thing>()
  const waiting: unknown[] = [...roots]
  for (let at = 0; at < waiting.length && things.length < MAX_THINGS; at++) {
    const value = waiting[at]
    if (Array.isArray(value)) waiting.push(...value.slice(0, MAX_THINGS))
    if (!isThing(value)) continue
    const graph = own(value, '@graph')
    if (graph !== undefined) waiting.push(graph)
    const main = own(value, 'mainEntity')
    if (isThing(main) || Array.isArray(main)) waiting.push(main)
    const id = own(value, '@id')
    if (typeof id === 'string' && Object.keys(value).length > 1) byId.set(id, value)
    if (own(value, '@type') !== undefined) things.push(value)
  }
  return { things, byId }
}

export function own(thing: Thing, name: string): unknown {
  return Object.hasOwn(thing, name) ? thing[name] : undefined
}

/** How things are written into the attributes of elements. */
interface Notation {
  readonly scope: string
  readonly type: string
  readonly property: string
}

const MICRODATA: Notation = {
  scope: 'itemscope',
  type: 'itemtype',
  property: 'itemprop',
}
const RDFA: Notation = { scope: 'typeof', type: 'typeof', property: 'property' }

function readMarked(elements: readonly Element[], notation: Notation): Thing[] {
  const isScope = ({ attribs }: Element) => Object.hasOwn(attribs, notation.scope)
  const scopes = new Map<Element, Map<string, unknown[]>>()
  const tops: Element[] = []
  const made = new Map<Element, Thing>()
  for (const element of elements) {
    const names = attribute(element, notation.property)?.split(/\s+/) ?? []
    const holder = names.length > 0 ? closest(element, isScope) : undefined
    const properties = holder && scopes.get(holder)
    if (isScope(element) && scopes.size < MAX_THINGS) {
      scopes.set(element, new Map())
      if (!properties) tops.push(element)
    }
    if (!properties) continue
    for (const name of names) {
      const value = scopes.has(element) ? element : valueIn(element, name)
      const key = name.replace(/^(?:schema:|https?:\/\/schema\.org\/)/, '')
      const values = properties.get(key) ?? []
      if (values.length < MAX_THINGS) properties.set(key, [...values, value])
    }
  }
  // innermost first: those that hold them come earlier in the page
  for (const [element, properties] of [...scopes].reverse()) {
    const fields = new Map<string, unknown>([
      ['@type', attribute(element, notation.type)],
    ])
    for (const [name, values] of properties) {
      const read = values.map((value) => made.get(value as Element) ?? value)
      fields.set(name, read.length === 1 ? read[0] : read)
    }
    made.set(element, Object.fromEntries(fields))
  }
  return tops
    .map((element) => made.get(element)!)
    .filter((thing) => own(thing, '@type') !== undefined)
}

/** Where an element that holds no text has its value. */
const VALUES: Readonly<Record<string, string>> = {
  meta: 'content',
  link: 'href',
  a: 'href',
  img: 'src',
  time: 'datetime',
  data: 'value',
  meter: 'value',
  video: 'src',
  audio: 'src',
  source: 'src',
}

const ADDRESSES = /(?:^|:)(?:url|image|sameAs|contentUrl|thumbnailUrl)$/

function valueIn(element: Element, property: string): string {
  const content = attribute(element, 'content')
  const from = Object.hasOwn(VALUES, element.name) ? VALUES[element.name]! : undefined
  const stated = from === undefined ? undefined : attribute(element, from)
  // the author of a page is the text of a link, not where it leads
  const isText = element.name === 'a' && !ADDRESSES.test(property)
  return content ?? (isText ? undefined : stated) ?? textIn(element)
}
