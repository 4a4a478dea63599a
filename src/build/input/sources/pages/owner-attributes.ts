/**
 * What an owner writes into a page for Hearth (`data-hearth-*`), and what was written for
 * Pagefind and means the same.
 */
import type { Element } from 'domhandler'
import { attribute, type HtmlDocument, textIn } from './html-document.ts'
import type { PageFacts } from './page-facts.ts'

export interface OwnerAttributes {
  readonly facts: PageFacts
  readonly id?: string
  readonly url?: string
  /** The page is to be left out. */
  readonly isIgnored: boolean
  /** Where the main content is; empty where that is not said. */
  readonly bodies: readonly Element[]
}

/** Whether an element is left out of the page's text. */
export function isIgnored({ attribs }: Element): boolean {
  return (
    Object.hasOwn(attribs, 'data-hearth-ignore') ||
    Object.hasOwn(attribs, 'data-pagefind-ignore')
  )
}

/** Values that a page states of one field. */
const MAX_VALUES = 200

export function readOwnerAttributes({ elements }: HtmlDocument): OwnerAttributes {
  const values = new Map<string, string[]>()
  const bodies = { hearth: [] as Element[], pagefind: [] as Element[] }
  let isPageIgnored = false
  for (const element of elements) {
    const { attribs, name } = element
    if (Object.hasOwn(attribs, 'data-hearth-body')) bodies.hearth.push(element)
    if (Object.hasOwn(attribs, 'data-pagefind-body')) bodies.pagefind.push(element)
    if ((name === 'html' || name === 'body') && isIgnored(element)) isPageIgnored = true
    for (const [field, value] of statedBy(element)) {
      const found = values.get(field) ?? []
      if (value !== '' && found.length < MAX_VALUES)
        values.set(field, [...found, value])
    }
  }
  const { id, url, ...fields } = Object.fromEntries(values)
  return {
    facts: factsOf(fields),
    ...(id && { id: id[0]! }),
    ...(url && { url: url[0]! }),
    isIgnored: isPageIgnored,
    bodies: bodies.hearth.length > 0 ? bodies.hearth : bodies.pagefind,
  }
}

/** Short forms: `<h1 data-hearth-title>` is `<h1 data-hearth-attribute="title">`. */
const SHORT = ['title', 'description', 'image', 'id', 'url'] as const

function statedBy(element: Element): [string, string][] {
  const found: [string, string][] = []
  for (const field of SHORT) {
    const name = `data-hearth-${field}`
    if (!Object.hasOwn(element.attribs, name)) continue
    found.push([field, attribute(element, name) ?? contentOf(element)])
  }
  for (const name of [
    'data-hearth-attribute',
    'data-pagefind-meta',
    'data-pagefind-filter',
  ]) {
    for (const one of partsOf(attribute(element, name)))
      found.push(statedIn(element, one))
  }
  return found
}

/** `price, maker:Acme, picture[src]`: a value written out may hold a comma, at the end. */
function partsOf(text: string | undefined): string[] {
  if (text === undefined) return []
  const colon = text.indexOf(':')
  const names = (colon < 0 ? text : text.slice(0, colon)).split(',')
  const last = colon < 0 ? '' : text.slice(colon)
  return names.map((name, at) => (at === names.length - 1 ? name + last : name).trim())
}

function statedIn(element: Element, text: string): [string, string] {
  const [, name = '', from, , value] =
    /^([^:[\]]+)(?:\[([\w:-]+)\])?(:(.*))?$/s.exec(text) ?? []
  if (value !== undefined) return [name.trim(), value.trim()]
  const stated =
    from === undefined ? contentOf(element) : (attribute(element, from) ?? '')
  return [name.trim() === '' ? '-' : name.trim(), name.trim() === '' ? '' : stated]
}

/** What an element without text of its own stands for. */
function contentOf(element: Element): string {
  const stated = ['content', 'datetime', 'src', 'value']
    .map((name) => attribute(element, name))
    .find((value) => value !== undefined)
  return stated ?? textIn(element)
}

const ONE = [
  'title',
  'description',
  'language',
  'published',
  'modified',
  'price',
  'currency',
  'available',
  'series',
  'position',
] as const
/** Fields that hold several, also by the name that Pagefind's users give them. */
const MANY: Readonly<Record<string, 'authors' | 'tags'>> = {
  author: 'authors',
  authors: 'authors',
  tag: 'tags',
  tags: 'tags',
  category: 'tags',
  categories: 'tags',
  genres: 'tags',
}

function factsOf(fields: Readonly<Record<string, readonly string[]>>): PageFacts {
  const facts: Record<string, unknown> = {}
  const lists = { authors: [] as string[], tags: [] as string[] }
  const others = new Map<string, unknown>()
  for (const [name, values] of Object.entries(fields)) {
    const key = name.toLowerCase()
    const [first] = values
    if (ONE.some((one) => one === key)) facts[key] = first
    else if (key === 'image') facts.image = { src: first }
    else if (key === 'date') facts.published = first
    else if (Object.hasOwn(MANY, key)) lists[MANY[key]!].push(...values)
    else others.set(name, values.length === 1 ? first : values)
  }
  return { ...facts, ...lists, others }
}
