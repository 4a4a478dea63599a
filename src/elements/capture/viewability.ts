/** Which items were really seen: half of one in view, for a second, in a visible tab. */
import {
  type ItemIdOf,
  type ItemInList,
  inList,
  mayShowItems,
  shownItem,
} from './item.ts'

// How long elements stay in view; in a hidden tab nothing is seen.

/** How long in view counts as seen, ms: the advertising industry's viewability rule. */
const SEEN_MS = 1000

interface ViewTimer {
  /** The element came into view. */
  begin(element: Element): void
  /** It left. */
  end(element: Element): void
  /** The tab was hidden: every view under way is dropped. */
  pause(): void
  /** It is shown again: views start anew. */
  resume(): void
  stop(): void
}

/** @param onSeen called once an element has been in view for SEEN_MS */
function createViewTimer(onSeen: (element: Element) => void): ViewTimer {
  const timers = new Map<Element, ReturnType<typeof setTimeout> | undefined>()
  let isPaused = false

  function begin(element: Element) {
    if (timers.get(element) !== undefined) return
    timers.set(element, isPaused ? undefined : setTimeout(onSeen, SEEN_MS, element))
  }
  function drop() {
    for (const [element, timer] of timers) {
      clearTimeout(timer)
      timers.set(element, undefined)
    }
  }
  return {
    begin,
    end: (element) => {
      clearTimeout(timers.get(element))
      timers.delete(element)
    },
    pause: () => {
      isPaused = true
      drop()
    },
    resume: () => {
      isPaused = false
      for (const element of timers.keys()) begin(element)
    },
    stop: () => {
      drop()
      timers.clear()
    },
  }
}

/** Share of the element that must be in view. */
const SEEN_SHARE = 0.5
/**
 * The same item is not counted again sooner, ms: a picture and a title that both link to
 * it, or a list rendered anew, are one view.
 */
const SEEN_AGAIN_MS = 30_000

export interface ImpressionWatch {
  /** Looks for items in what was added, or whose attributes changed. */
  add(node: Node): void
  remove(node: Node): void
  /** The tab was hidden. */
  pause(): void
  resume(): void
  stop(): void
}

/** An element counts once for each item it shows. */
export function watchImpressions(options: {
  readonly itemIdOf?: ItemIdOf | undefined
  readonly now: () => number
  readonly onSeen: (seen: ItemInList) => void
}): ImpressionWatch {
  const { itemIdOf, now, onSeen } = options
  const isSeenAgain = createRepeatCheck(now)
  const watched = new Map<Element, string>()
  const counted = new WeakMap<Element, string>()
  const timer = createViewTimer(count)
  const observer = observeViews(timer)

  function count(element: Element) {
    const itemId = watched.get(element)
    unwatch(element)
    if (itemId === undefined) return
    counted.set(element, itemId)
    if (!isSeenAgain(itemId)) onSeen(inList(element, itemId))
  }
  function unwatch(element: Element) {
    timer.end(element)
    watched.delete(element)
    observer?.unobserve(element)
  }
  function watch(element: Element) {
    const itemId = shownItem(element, itemIdOf)
    if (itemId === watched.get(element)) return
    unwatch(element)
    if (itemId === undefined || counted.get(element) === itemId) return
    watched.set(element, itemId)
    observer?.observe(element)
  }
  return {
    add: (node) => {
      // an element that has lost its item is none of them, yet it is still watched
      if (watched.has(node as Element)) watch(node as Element)
      for (const element of mayShowItems(node)) watch(element)
    },
    remove: (node) => {
      for (const element of watched.keys()) if (node.contains(element)) unwatch(element)
    },
    pause: timer.pause,
    resume: timer.resume,
    stop: () => {
      observer?.disconnect()
      timer.stop()
      watched.clear()
    },
  }
}

/** Whether an item is seen again too soon to count as a second view. */
function createRepeatCheck(now: () => number) {
  const lastAt = new Map<string, number>()
  return (itemId: string): boolean => {
    const at = now()
    const before = lastAt.get(itemId) ?? Number.NEGATIVE_INFINITY
    lastAt.set(itemId, at)
    return at - before < SEEN_AGAIN_MS
  }
}

/** @returns undefined in a browser that cannot tell what is in view: nothing is counted */
function observeViews(timer: ViewTimer) {
  if (!('IntersectionObserver' in globalThis)) return undefined
  return new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, intersectionRatio } of entries) {
        const isInView = isIntersecting && intersectionRatio >= SEEN_SHARE
        if (isInView) timer.begin(target)
        else timer.end(target)
      }
    },
    { threshold: SEEN_SHARE },
  )
}
