/**
 * The page around the elements: an owner's own cards (`data-hearth-item`), item pages
 * (`data-hearth-page-item`) and links to items of the catalogue teach too.
 */

import type { Session } from '../session.ts'
import { captureSignals } from './capture.ts'

interface Watched {
  elements: number
  readonly stop: () => void
}

const watched = new WeakMap<Session, Watched>()

/**
 * Watches the whole document once a session, however many elements ask for it.
 * @returns call it when the element leaves; the last one to leave ends the watch
 */
export function capturePage(session: Session): () => void {
  const known = watched.get(session) ?? { elements: 0, stop: startCapture(session) }
  known.elements++
  watched.set(session, known)
  return () => {
    if (--known.elements > 0) return
    watched.delete(session)
    known.stop()
  }
}

function startCapture(session: Session): () => void {
  let stop: (() => void) | undefined
  let isOver = false
  const start = (links: ReadonlyMap<string, string>) => {
    if (isOver) return
    stop = captureSignals({
      root: document,
      record: (signals) => void session.record(signals).catch(() => {}), // the next may be kept
      itemIdOf: (link) => links.get(link.href),
      now: () => Date.now(),
    })
  }
  session.hearth.engine.links().then(
    (links) => start(absolute(links)),
    () => start(new Map()), // no catalogue, no list either: that is said elsewhere
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
