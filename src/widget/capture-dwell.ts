/** How long the visitor reads an item's page: only while it can be seen. */
import type { Signal } from '../signals/signal.ts'

/** A shorter stay is a look, already told by the click, seconds. */
export const DWELL_LEAST_SECONDS = 3
/** A longer stay is a page left open, seconds a page view. */
export const DWELL_MOST_SECONDS = 600

export interface DwellClock {
  /** Reads another item's page from now on, or none. */
  watch(itemId: string | undefined): void
  /** The page is seen again. */
  resume(): void
  /** The page is out of sight: records what is long enough, keeps the rest. */
  flush(): void
}

export function createDwellClock(options: {
  readonly isVisible: () => boolean
  readonly now: () => number
  readonly record: (signal: Signal) => void
}): DwellClock {
  const { isVisible, now, record } = options
  let itemId: string | undefined
  let seenSince: number | undefined
  let unrecordedMs = 0
  let leftMs = DWELL_MOST_SECONDS * 1000

  function resume() {
    if (itemId !== undefined && isVisible()) seenSince ??= now()
  }

  function flush() {
    if (seenSince !== undefined) unrecordedMs += Math.max(0, now() - seenSince)
    seenSince = undefined
    const ms = Math.min(leftMs, unrecordedMs)
    if (itemId === undefined || ms < DWELL_LEAST_SECONDS * 1000) return
    record({ kind: 'dwell', at: now(), itemId, value: Math.round(ms / 100) / 10 })
    leftMs -= ms
    unrecordedMs = 0
  }

  return {
    watch: (next) => {
      if (next === itemId) return
      flush()
      itemId = next
      unrecordedMs = 0
      leftMs = DWELL_MOST_SECONDS * 1000
      resume()
    },
    resume,
    flush,
  }
}
