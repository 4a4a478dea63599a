/**
 * The page around the elements: an owner's own cards (`data-hearth-item`), item pages
 * (`data-hearth-page-item`) and links to items of the catalogue teach too.
 */
import type { Hearth } from '../../index.ts'
import { captureEvents } from './capture.ts'

interface Watch {
  elements: number
  readonly stop: () => void
}

const watches = new WeakMap<Hearth, Watch>()

/**
 * Watches the whole document once for each Hearth, however many elements ask for it.
 * @returns call it when the element leaves; the last one to leave ends the watch
 */
export function capturePage(hearth: Hearth): () => void {
  const watch = watches.get(hearth) ?? { elements: 0, stop: startCapture(hearth) }
  watch.elements++
  watches.set(hearth, watch)
  return () => {
    if (--watch.elements > 0) return
    watches.delete(hearth)
    watch.stop()
  }
}

function startCapture(hearth: Hearth): () => void {
  let stop: (() => void) | undefined
  let isOver = false
  const start = (links: ReadonlyMap<string, string>) => {
    if (isOver) return
    stop = captureEvents({
      root: document,
      record: (events) => void hearth.record(events).catch(() => {}), // the next may be kept
      itemIdOf: (link) => links.get(link.href),
      now: () => Date.now(),
    })
  }
  hearth.links().then(
    (links) => start(absolute(links)),
    () => start(new Map()), // no catalogue, no list either: the elements show why
  )
  return () => {
    isOver = true
    stop?.()
  }
}

/** Addresses as the browser writes them in `link.href`. */
function absolute(links: readonly (readonly [url: string, id: string])[]) {
  const ids = new Map<string, string>()
  for (const [url, id] of links) {
    if (URL.canParse(url, document.baseURI)) {
      ids.set(new URL(url, document.baseURI).href, id)
    }
  }
  return ids
}
