/** Attributes → values of closed sets. Bad markup never throws: it counts as the default. */
import type { Backend, Storage } from '../index.ts'

const DEFAULT_COUNT = 12
const DEFAULT_SURPRISE = 0.2

/** As markup has it, or as a framework sets it as a property. */
type Given = string | number | boolean | null | undefined

/** A whole number 1–50, else `DEFAULT_COUNT`. */
export function countOf(given: Given): number {
  const text = String(given ?? '')
  const value = /^\s*\d{1,2}\s*$/.test(text) ? Number(text) : 0
  return value >= 1 && value <= 50 ? value : DEFAULT_COUNT
}

/** A number 0–1, else `DEFAULT_SURPRISE`. */
export function surpriseOf(given: Given): number {
  const text = String(given ?? '')
  const value = text.trim() ? Number(text) : Number.NaN
  return value >= 0 && value <= 1 ? value : DEFAULT_SURPRISE
}

/** A backend, else undefined: probed. */
export function backendOf(text: string | null | undefined): Backend | undefined {
  return text === 'webgpu' || text === 'wasm' || text === 'js' ? text : undefined
}

/** A storage; a value that is none counts as `memory`, the one that stores less. */
export function storageOf(text: string | null): Storage {
  return text === null || text === 'persistent' ? 'persistent' : 'memory'
}

/** Attributes any HTML element may carry, besides data-*, aria-*, on* and prefixed ones. */
const GLOBAL = new Set(
  `accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable
  enterkeyhint exportparts hidden id inert inputmode is itemid itemprop itemref itemscope
  itemtype lang nonce part popover role slot spellcheck style tabindex title translate
  writingsuggestions`.split(/\s+/),
)

const warned = new Set<string>()

/** Names on the console, once each, what the element's author may have mistyped. */
export function warnOfMarkup(element: Element, known: readonly string[]) {
  const tag = element.localName
  for (const name of element.getAttributeNames()) {
    if (known.includes(name) || GLOBAL.has(name) || /^(data-|aria-|on)|:/.test(name))
      continue
    warnOnce(`unknown attribute “${name}” on <${tag}>: expected ${known.join(', ')}.`)
  }
  const storage = element.getAttribute('storage')
  if (storage !== null && storage !== 'persistent' && storage !== 'memory') {
    warnOnce(
      `wrong storage on <${tag}>: got “${storage}”, expected persistent or memory. Nothing is stored.`,
    )
  }
}

/** For the owner, who else sees nothing where the page's own content stands in. */
export function warnOnce(text: string) {
  if (warned.has(text)) return
  warned.add(text)
  console.warn(`Hearth: ${text}`)
}
