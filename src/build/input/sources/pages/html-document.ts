/**
 * A web page's HTML → its elements and text. Nothing here recurses: pages may be nested as
 * deeply as their makers like.
 */
import {
  type AnyNode,
  type ChildNode,
  DomHandler,
  type Element,
  hasChildren,
  isTag,
  isText,
  type ParentNode,
} from 'domhandler'
import { Parser } from 'htmlparser2'

export interface HtmlDocument {
  readonly root: ParentNode
  /** All of them, in the page's order. */
  readonly elements: readonly Element[]
  /** Line of the file that an element starts on, from 1. */
  readonly lineOf: (element: Element) => number
  /** Nested too deeply: only its start was read. */
  readonly isCut: boolean
}

/** Elements within each other; browsers themselves stop at 512. */
const MAX_DEPTH = 1000

class TooDeep extends Error {}

/** The parser takes longer for each element the deeper it is: it is stopped in time. */
class BoundedHandler extends DomHandler {
  override onopentag(name: string, attribs: { [key: string]: string }) {
    if (this.tagStack.length > MAX_DEPTH) throw new TooDeep()
    super.onopentag(name, attribs)
  }
}

/** @param text of any quality: what is broken is read as far as it can be */
export function parseHtml(text: string): HtmlDocument {
  const handler = new BoundedHandler(undefined, { withStartIndices: true })
  const isCut = parse(text, handler)
  const { root } = handler
  return {
    ...{ root, isCut },
    elements: [...nodesIn(root)].filter(isTag),
    lineOf: ({ startIndex }) => text.slice(0, startIndex ?? 0).split('\n').length,
  }
}

function parse(text: string, handler: DomHandler): boolean {
  try {
    new Parser(handler).end(text)
    return false
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error
    return true
  }
}

type IsSkipped = (element: Element) => boolean

const none: IsSkipped = () => false

/** Nodes under `root` in the page's order, without skipped elements and all in them. */
export function* nodesIn(root: ParentNode, isSkipped = none): Generator<AnyNode> {
  let node: ChildNode | null = root.children[0] ?? null
  while (node) {
    const isIn: boolean = !isTag(node) || !isSkipped(node)
    if (isIn) yield node
    const child: ChildNode | undefined =
      isIn && hasChildren(node) ? node.children[0] : undefined
    node = child ?? nodeAfter(node, root)
  }
}

function nodeAfter(node: ChildNode, root: ParentNode): ChildNode | null {
  let at: AnyNode | null = node
  while (at && at !== root) {
    if (at.next) return at.next
    at = at.parent
  }
  return null
}

/** Elements that stand in a line of text: all others begin a new one. */
const INLINE = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr ' +
    'output q rp rt ruby s samp small span strike strong sub sup time tt u var wbr'
  ).split(' '),
)
/** Levels above a text that are looked at: real pages nest inline elements less. */
const MAX_CLIMB = 24

export interface TextBlock {
  readonly text: string
  /** Characters of it that are links. */
  readonly linked: number
  /** Of the element that makes it a block: `p`, `li`, `h2`, … */
  readonly name: string
}

/** Text as lines of a reader: a paragraph, heading, list entry or cell each. */
export function* textBlocksIn(
  root: ParentNode,
  isSkipped = none,
): Generator<TextBlock> {
  let block: ParentNode | undefined
  let pieces: string[] = []
  let linked = 0
  const finish = (): TextBlock[] => {
    const text = oneLine(pieces.join(''))
    const made = {
      text,
      linked: Math.min(linked, text.length),
      name: block && isTag(block) ? block.name : '',
    }
    pieces = []
    linked = 0
    return text === '' ? [] : [made]
  }
  for (const node of nodesIn(root, isSkipped)) {
    if (isTag(node)) {
      if (node.name === 'br' || node.name === 'img') pieces.push(' ')
      else if (!INLINE.has(node.name)) yield* finish()
      continue
    }
    if (!isText(node)) continue
    const place = placeOf(node, root)
    if (place.block !== block) {
      yield* finish()
      block = place.block
    }
    pieces.push(node.data)
    if (place.isLinked) linked += node.data.trim().length
  }
  yield* finish()
}

function placeOf(node: AnyNode, root: ParentNode) {
  let block: ParentNode | undefined
  let isLinked = false
  let at = node.parent
  for (let level = 0; at && level < MAX_CLIMB; level++) {
    const name = isTag(at) ? at.name : ''
    if (name === 'a' && leadsAway(at)) isLinked = true
    if (!INLINE.has(name)) block ??= at
    if (at === root) break
    at = at.parent
  }
  return { block: block ?? root, isLinked }
}

/** A link to a place within its own page leads nowhere else. */
function leadsAway(node: AnyNode): boolean {
  const href = isTag(node) ? attribute(node, 'href') : undefined
  return href !== undefined && !href.startsWith('#')
}

/** The element's text on one line, at most `maxLength` characters of it. */
export function textIn(element: ParentNode, maxLength = 2000, isSkipped = none) {
  const texts: string[] = []
  let length = 0
  for (const { text } of textBlocksIn(element, isSkipped)) {
    texts.push(text)
    length += text.length + 1
    if (length > maxLength) break
  }
  return texts.join(' ').slice(0, maxLength)
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The nearest element above that fits, within the levels that real pages have. */
export function closest(
  element: Element,
  fits: (element: Element) => boolean,
): Element | undefined {
  let at = element.parent
  for (let level = 0; at && level < 8 * MAX_CLIMB; level++, at = at.parent) {
    if (isTag(at) && fits(at)) return at
  }
  return undefined
}

/** An attribute's value; undefined where it is missing or empty. */
export function attribute(element: Element, name: string): string | undefined {
  const value = Object.hasOwn(element.attribs, name)
    ? element.attribs[name]?.trim()
    : ''
  return value === '' ? undefined : value
}
