/**
 * The page around the elements: an owner's own cards (`data-hearth-item`), item pages
 * (by their address, or `data-hearth-page-item`) and links to items of the catalogue teach
 * too.
 */
import type { Hearth } from '../../index.ts'
import { addressesOf, type ItemAddresses, NO_ADDRESSES, pageItem } from './addresses.ts'
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
  const start = (addresses: ItemAddresses) => {
    if (isOver) return
    stop = captureEvents({
      root: document,
      record: (events) => void hearth.record(events).catch(() => {}), // the next may be kept
      itemIdOf: (link) => addresses.idOf(link.href),
      pageItemId: () => pageItem(addresses),
      now: () => Date.now(),
    })
  }
  addressesOf(hearth).then(
    start,
    () => start(NO_ADDRESSES), // no catalogue, no list either: the elements show why
  )
  return () => {
    isOver = true
    stop?.()
  }
}
