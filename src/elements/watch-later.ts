import type { Hearth } from '../index.ts'

/**
 * Begins a watch whose script comes once the catalogue is here.
 * @param begin loads it and begins; where it fails, nothing is watched
 * @returns ends it, begun or not
 */
export function watchLater(
  hearth: Pick<Hearth, 'links'>,
  begin: () => Promise<() => void>,
): () => void {
  let isOver = false
  let stop: (() => void) | undefined
  const start = async () => {
    await hearth.links().catch(() => {}) // a page without a list is watched, too
    if (isOver) return
    const begun = await begin()
    if (isOver) begun()
    else stop = begun
  }
  start().catch(() => {}) // its script could not be loaded: what is shown can be used
  return () => {
    isOver = true
    stop?.()
  }
}
