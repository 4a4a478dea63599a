/** Which item of the catalogue a part of the page stands for. */

/** The id of the item a link leads to; undefined for a link that leads elsewhere. */
export type ItemIdOf = (link: HTMLAnchorElement) => string | undefined

/** On any element that stands for an item: its id. */
export const ITEM_ATTRIBUTE = 'data-hearth-item'
/** On a list of items, or on one of them: the slate it came from. */
const SLATE_ATTRIBUTE = 'data-hearth-slate'
/** On any element of the page about one item: its id. */
export const PAGE_ITEM_ATTRIBUTE = 'data-hearth-page-item'

const LINK = 'a[href]'
/** What acts on the item without opening it: like, save, a field, a disclosure. */
const CONTROL =
  'button, input, select, textarea, label, summary, [role="button"], [contenteditable]'

/** An item and the list it stands in. */
export interface ItemInList {
  /** The item's id. */
  readonly item: string
  /** Absent for an item outside any list of Hearth's. */
  readonly slate?: string
}

/**
 * The item an activation opens: that of the link, or of the element around it; an element
 * with no link in it opens by itself.
 * @param path the event's composed path, innermost first
 * @returns undefined if it opens no item: a control, elsewhere, or nothing
 */
export function openedItem(
  path: readonly EventTarget[],
  itemIdOf?: ItemIdOf,
): ItemInList | undefined {
  let link: HTMLAnchorElement | undefined
  for (const node of path) {
    if (!isElement(node)) continue
    if (!link && isLink(node)) {
      link = node
      const linked = itemIdOf?.(link)
      if (linked) return inList(link, linked)
    }
    const own = node.getAttribute(ITEM_ATTRIBUTE)
    if (own) {
      return link || !node.querySelector(LINK) ? inList(node, own) : undefined
    }
    if (!link && node.matches(CONTROL)) return undefined
  }
  return undefined
}

/** Whether an activation follows a link, as a middle click must to open anything. */
export function isOnLink(path: readonly EventTarget[]): boolean {
  return path.some((node) => isElement(node) && isLink(node))
}

/**
 * The item opened by a key on `target`: Enter on an element that stands for an item and
 * can be focused. Links and buttons turn their own keys into clicks.
 */
export function keyedItem(event: KeyboardEvent): ItemInList | undefined {
  const [target] = event.composedPath()
  if (event.key !== 'Enter' || event.repeat || !isElement(target)) return undefined
  if (target.matches(`${LINK}, ${CONTROL}`) || !target.hasAttribute('tabindex')) {
    return undefined
  }
  const own = target.getAttribute(ITEM_ATTRIBUTE)
  return own ? inList(target, own) : undefined
}

/** `item`, shown by `element`, with the slate that the element or a list around it names. */
export function inList(element: Element, item: string): ItemInList {
  const list = element.closest(`[${SLATE_ATTRIBUTE}]`)
  const slate = list?.getAttribute(SLATE_ATTRIBUTE)
  return slate ? { item, slate } : { item }
}

/** The item an element shows. A link within an item's element adds nothing to it. */
export function shownItem(element: Element, itemIdOf?: ItemIdOf): string | undefined {
  const own = element.getAttribute(ITEM_ATTRIBUTE)
  if (own) return own
  if (!itemIdOf || !isLink(element) || element.closest(`[${ITEM_ATTRIBUTE}]`)) {
    return undefined
  }
  return itemIdOf(element) || undefined
}

/** Elements under `node`, itself included, that may show an item. */
export function mayShowItems(node: Node): Element[] {
  const selector = `[${ITEM_ATTRIBUTE}], ${LINK}`
  const within = 'querySelectorAll' in node ? (node as ParentNode) : undefined
  const own = isElement(node) && node.matches(selector) ? [node] : []
  return [...own, ...(within?.querySelectorAll(selector) ?? [])]
}

function isElement(node: EventTarget | undefined): node is Element {
  // not instanceof: a frame has an Element of its own
  return (node as Node | undefined)?.nodeType === 1
}

function isLink(element: Element): element is HTMLAnchorElement {
  return element.matches(LINK)
}
