/**
 * Import for its side effect: registers <hearth-feed>, and loads the code of the other
 * elements once the page holds one.
 */
import { canRun } from './can-run.ts'
import { HearthFeedElement } from './hearth-feed-element.ts'

const LATE = {
  'hearth-related': () =>
    import('./hearth-related-element.ts').then((module) => module.HearthRelatedElement),
  'hearth-search': () =>
    import('./hearth-search-element.ts').then((module) => module.HearthSearchElement),
  'hearth-profile': () =>
    import('./hearth-profile-element.ts').then((module) => module.HearthProfileElement),
  'hearth-taste': () =>
    import('./hearth-taste-element.ts').then((module) => module.HearthTasteElement),
  'hearth-welcome': () =>
    import('./hearth-welcome-element.ts').then((module) => module.HearthWelcomeElement),
}
export type LateTag = keyof typeof LATE

/**
 * Loads and registers an element that is not loaded with the page. Only a page that puts it
 * in a shadow tree has to call it: elsewhere it is found.
 */
export async function loadElement(tag: LateTag): Promise<void> {
  define(tag, await LATE[tag]())
}

/** Registers an element, once. */
export function define(tag: string, element: CustomElementConstructor) {
  if (!customElements.get(tag)) customElements.define(tag, element)
}

/** Loads each late element once the document holds one, now or later. */
function watchForLate() {
  const page = document
  const tags = Object.keys(LATE) as LateTag[]
  const asked = new Set<LateTag>()
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) look(node)
  })
  function look(node: Node) {
    for (const tag of tags) {
      if (asked.has(tag) || !holds(node, tag)) continue
      asked.add(tag)
      loadElement(tag).then(stopIfDone, () => lookWhenOnline(tag))
    }
  }
  function lookWhenOnline(tag: LateTag) {
    asked.delete(tag)
    addEventListener('online', () => look(page), { once: true })
  }
  function stopIfDone() {
    if (tags.every((tag) => customElements.get(tag))) observer.disconnect()
  }
  observer.observe(page, { childList: true, subtree: true })
  look(page)
}

function holds(node: Node, tag: LateTag): boolean {
  if (node.nodeName.toLowerCase() === tag) return true
  return 'querySelector' in node && (node as ParentNode).querySelector(tag) !== null
}

// a site that renders its pages in Node imports this there too, where no element is needed
if (typeof document !== 'undefined' && canRun()) {
  define('hearth-feed', HearthFeedElement)
  watchForLate()
}
