/**
 * What the visitor sees, opens and spends time on, taken from the page as events. Sends
 * nothing and changes nothing: it only calls `record`.
 *
 * Items are the elements that carry `data-hearth-item="<id>"`, and the links that
 * `itemIdOf` knows; the page of one item has its address (`pageItemId`), or carries
 * `data-hearth-page-item="<id>"`. A list
 * that carries `data-hearth-slate="<slate>"` passes its slate on to the events of its items.
 */
import type { EventInput } from '../../index.ts'
import {
  ITEM_ATTRIBUTE,
  type ItemIdOf,
  type ItemInList,
  isOnLink,
  keyedItem,
  openedItem,
  PAGE_ITEM_ATTRIBUTE,
} from './item.ts'
import { type ImpressionWatch, watchImpressions } from './viewability.ts'

// Gathers events that can wait, so that a screen full of them is recorded at once.

/** Impressions within this time are recorded together, ms. */
const BATCH_MS = 1000

interface Batch {
  add(event: EventInput): void
  /** With all that waits before it: the page may be gone in a moment. */
  addNow(event: EventInput): void
  flush(): void
}

export function createBatch(record: (events: EventInput[]) => void): Batch {
  let waiting: EventInput[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    const events = waiting
    waiting = []
    if (events.length > 0) record(events)
  }
  const add = (event: EventInput) => {
    waiting.push(event)
    timer ??= setTimeout(flush, BATCH_MS)
  }
  return {
    add,
    addNow: (event) => {
      add(event)
      flush()
    },
    flush,
  }
}

/**
 * Listens in the capture phase, so that a page that stops its events is heard too.
 * @returns stops listening
 */
export function listen(
  target: EventTarget,
  listeners: Readonly<Record<string, (event: Event) => void>>,
): () => void {
  for (const [type, listener] of Object.entries(listeners)) {
    target.addEventListener(type, listener, { capture: true, passive: true })
  }
  return () => {
    for (const [type, listener] of Object.entries(listeners)) {
      target.removeEventListener(type, listener, { capture: true })
    }
  }
}

// Dwell: how long the visitor stays on an item's page, while it can be seen.

/** A shorter stay adds nothing to the click before it, seconds. */
const MIN_DWELL_SECONDS = 3
/** A longer stay is a page left open, seconds a page view. */
const MAX_DWELL_SECONDS = 600

interface DwellClock {
  /** The page is about another item from now on, or about none. */
  watch(itemId: string | undefined): void
  /** The page is seen again. */
  resume(): void
  /** The page is out of sight: records what is long enough, keeps the rest. */
  flush(): void
}

function createDwellClock(options: {
  readonly isVisible: () => boolean
  readonly now: () => number
  readonly record: (event: EventInput) => void
}): DwellClock {
  const { isVisible, now, record } = options
  let itemId: string | undefined
  let seenSince: number | undefined
  let unrecordedMs = 0
  let leftMs = MAX_DWELL_SECONDS * 1000

  function resume() {
    if (itemId !== undefined && isVisible()) seenSince ??= now()
  }

  function flush() {
    if (seenSince !== undefined) unrecordedMs += Math.max(0, now() - seenSince)
    seenSince = undefined
    const ms = Math.min(leftMs, unrecordedMs)
    if (itemId === undefined || ms < MIN_DWELL_SECONDS * 1000) return
    const value = Math.round(ms / 100) / 10
    record({ kind: 'dwell', item: itemId, at: now(), value })
    leftMs -= ms
    unrecordedMs = 0
  }

  return {
    watch: (next) => {
      if (next === itemId) return
      flush()
      itemId = next
      unrecordedMs = 0
      leftMs = MAX_DWELL_SECONDS * 1000
      resume()
    },
    resume,
    flush,
  }
}

// Openings: clicks, middle clicks and keys that open an item.

/** The same item opened again within this time is one opening: a double click, ms. */
const CLICK_AGAIN_MS = 500

/** Clicks already recorded, where captures of a page and of a shadow root in it overlap. */
const recorded = new WeakSet<Event>()

function watchOpenings(
  root: EventTarget,
  options: {
    readonly itemIdOf?: ItemIdOf | undefined
    readonly now: () => number
    readonly onOpened: (click: EventInput) => void
  },
): () => void {
  const { itemIdOf, now, onOpened } = options
  let last = { item: '', at: Number.NEGATIVE_INFINITY }
  const opened = (event: Event, found: ItemInList | undefined) => {
    if (!found || recorded.has(event)) return
    recorded.add(event)
    const at = now()
    const isAgain = found.item === last.item && at - last.at < CLICK_AGAIN_MS
    last = { item: found.item, at }
    if (!isAgain) onOpened({ kind: 'click', at, ...found })
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

export interface CaptureOptions {
  /** Elements added later count too. Shadow trees within it: clicks, but no impressions. */
  readonly root: Document | ShadowRoot | Element
  readonly record: (events: EventInput[]) => void
  readonly itemIdOf?: ItemIdOf | undefined
  /** The item the page is about, where no element names one. Default: none. */
  readonly pageItemId?: (() => string | undefined) | undefined
  /** Unix ms. */
  readonly now: () => number
}

/** Call it to stop: what was captured until then is recorded, and no listener stays. */
export interface Capture {
  (): void
  /**
   * The page is about this item now, or about none, whatever its attributes say.
   * @returns stops that
   */
  watchDwell(itemId: string | undefined): () => void
}

export function captureEvents(options: CaptureOptions): Capture {
  const { root, itemIdOf, now } = options
  const page = root.ownerDocument ?? (root as Document)
  const isVisible = () => page.visibilityState !== 'hidden'
  const batch = createBatch(options.record)
  const dwell = createDwellClock({ isVisible, now, record: batch.add })
  const impressions = watchImpressions({
    ...{ itemIdOf, now },
    onSeen: (seen) => batch.add({ kind: 'impression', at: now(), ...seen }),
  })
  if (!isVisible()) impressions.pause()
  const stops = [
    watchOpenings(root, { itemIdOf, now, onOpened: batch.addNow }),
    watchVisibility(page, { dwell, impressions, batch, isVisible }),
  ]
  const pageItem = watchTree(root, {
    dwell,
    impressions,
    pageItemId: options.pageItemId,
  })
  stops.push(pageItem.stop)
  const stop = () => {
    for (const each of stops) each()
    dwell.flush()
    batch.flush()
    impressions.stop()
  }
  return Object.assign(stop, { watchDwell: pageItem.choose })
}

/** Dwell and views pause while the tab is hidden, and end with the page. */
function watchVisibility(
  page: Document,
  parts: {
    dwell: DwellClock
    impressions: ImpressionWatch
    batch: Batch
    isVisible: () => boolean
  },
) {
  const { dwell, impressions, batch } = parts
  const away = () => {
    impressions.pause()
    dwell.flush()
    batch.flush() // a phone may end a hidden page without another event
  }
  const back = () => {
    impressions.resume()
    dwell.resume()
  }
  const onVisibility = () => (parts.isVisible() ? back() : away())
  const stopPage = listen(page, { visibilitychange: onVisibility })
  if (!page.defaultView) return stopPage
  const stopWindow = listen(page.defaultView, {
    pagehide: away,
    pageshow: onVisibility,
  })
  return () => {
    stopPage()
    stopWindow()
  }
}

/** Follows elements that come, go or change their item. */
function watchTree(
  root: CaptureOptions['root'],
  parts: {
    dwell: DwellClock
    impressions: ImpressionWatch
    pageItemId: CaptureOptions['pageItemId']
  },
) {
  const { dwell, impressions } = parts
  let chosen: { itemId: string | undefined } | undefined
  const found = () => pageItemOf(root) ?? parts.pageItemId?.()
  const readPageItem = () => dwell.watch(chosen ? chosen.itemId : found())
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes, removedNodes } of changes) {
      if (type === 'attributes') impressions.add(target)
      for (const node of removedNodes) impressions.remove(node)
      for (const node of addedNodes) impressions.add(node)
    }
    readPageItem()
  })
  const attributeFilter = [ITEM_ATTRIBUTE, PAGE_ITEM_ATTRIBUTE, 'href']
  observer.observe(root, { subtree: true, childList: true, attributeFilter })
  impressions.add(root)
  readPageItem()
  const choose = (itemId: string | undefined) => {
    const choice = { itemId }
    chosen = choice
    readPageItem()
    return () => {
      if (chosen !== choice) return // another has been chosen since
      chosen = undefined
      readPageItem()
    }
  }
  return { stop: () => observer.disconnect(), choose }
}

function pageItemOf(root: CaptureOptions['root']): string | undefined {
  const selector = `[${PAGE_ITEM_ATTRIBUTE}]`
  const isOwn = 'matches' in root && root.matches(selector)
  const element = isOwn ? root : root.querySelector(selector)
  return element?.getAttribute(PAGE_ITEM_ATTRIBUTE) || undefined
}
