/** Gathers signals that can wait, so that a screen full of them is recorded at once. */
import type { Signal } from '../signals/signal.ts'

/** Impressions within this time are recorded together, ms. */
export const BATCH_MS = 1000

export interface Batch {
  add(signal: Signal): void
  /** With all that waits before it: the page may be gone in a moment. */
  addNow(signal: Signal): void
  flush(): void
}

export function createBatch(record: (signals: Signal[]) => void): Batch {
  let waiting: Signal[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    const signals = waiting
    waiting = []
    if (signals.length > 0) record(signals)
  }
  const add = (signal: Signal) => {
    waiting.push(signal)
    timer ??= setTimeout(flush, BATCH_MS)
  }
  return {
    add,
    addNow: (signal) => {
      add(signal)
      flush()
    },
    flush,
  }
}
