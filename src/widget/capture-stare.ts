/** Times how long elements stay in view; a tab out of sight sees nothing. */

/** How long in view counts as seen, ms. */
export const SEEN_MS = 1000

export interface Stare {
  /** The element came into view. */
  begin(element: Element): void
  /** It left. */
  end(element: Element): void
  /** The tab was hidden: every stare is broken off. */
  pause(): void
  /** It is shown again: what is in view is stared at anew. */
  resume(): void
  stop(): void
}

/** @param onSeen called once a stare has lasted SEEN_MS */
export function createStare(onSeen: (element: Element) => void): Stare {
  const timers = new Map<Element, ReturnType<typeof setTimeout> | undefined>()
  let isPaused = false

  function begin(element: Element) {
    if (timers.get(element) !== undefined) return
    timers.set(element, isPaused ? undefined : setTimeout(onSeen, SEEN_MS, element))
  }
  function breakOff() {
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
      breakOff()
    },
    resume: () => {
      isPaused = false
      for (const element of timers.keys()) begin(element)
    },
    stop: () => {
      breakOff()
      timers.clear()
    },
  }
}
