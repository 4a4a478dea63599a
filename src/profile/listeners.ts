/** Listeners of a change; a burst of changes is told once. */

export interface Listeners {
  add(listener: () => void): () => void
  tell(): void
  clear(): void
}

/** @param later runs a task soon; the changes until then are told together */
export function createListeners(later: (task: () => void) => void): Listeners {
  const listeners = new Set<() => void>()
  let isTelling = false
  return {
    add: (listener) => {
      const own = () => listener() // the same function may be added twice
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    tell: () => {
      if (isTelling || listeners.size === 0) return
      isTelling = true
      later(() => {
        isTelling = false
        // each in a task of its own: one that throws does not silence the others
        for (const listener of listeners) queueMicrotask(listener)
      })
    },
    clear: () => listeners.clear(),
  }
}
