/** Clicks, middle clicks and keys that open an item. */
import type { Signal } from '../signals/signal.ts'
import { type ItemIdOf, isOnLink, keyedItem, openedItem } from './capture-item.ts'
import { listen } from './capture-listen.ts'

/** The same item opened again within this time is one opening: a double click, ms. */
export const CLICK_AGAIN_MS = 500

/** Clicks already recorded, where captures of a page and of a shadow root in it overlap. */
const recorded = new WeakSet<Event>()

export function watchOpenings(
  root: EventTarget,
  options: {
    readonly itemIdOf?: ItemIdOf | undefined
    readonly now: () => number
    readonly onOpened: (click: Signal) => void
  },
): () => void {
  const { itemIdOf, now, onOpened } = options
  let last = { itemId: '', at: Number.NEGATIVE_INFINITY }
  const opened = (event: Event, itemId: string | undefined) => {
    if (itemId === undefined || recorded.has(event)) return
    recorded.add(event)
    const at = now()
    const isAgain = itemId === last.itemId && at - last.at < CLICK_AGAIN_MS
    last = { itemId, at }
    if (!isAgain) onOpened({ kind: 'click', at, itemId })
  }
  const onClick = (event: Event) =>
    opened(event, openedItem(event.composedPath(), itemIdOf))
  const onAuxClick = (event: Event) => {
    const isMiddle = (event as MouseEvent).button === 1
    if (isMiddle && isOnLink(event.composedPath())) onClick(event)
  }
  const onKey = (event: Event) => opened(event, keyedItem(event as KeyboardEvent))
  return listen(root, { click: onClick, auxclick: onAuxClick, keydown: onKey })
}
