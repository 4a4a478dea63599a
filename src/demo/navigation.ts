/**
 * Going from page to page: which route is shown, where the page was scrolled to, and
 * whether the focus should move.
 */
import { parseRoute, type Route } from './router.ts'

export interface Arrival {
  readonly route: Route
  /** The page was opened with this route: the focus stays where it is. */
  readonly isFirst: boolean
  /** Where to scroll to once the page is there, px. */
  readonly scrollTop: number
}

/** Calls `arrive` now and at every change of the address. @returns stops it */
export function startNavigation(
  view: Window,
  arrive: (arrival: Arrival) => void,
): () => void {
  const { history, location } = view
  const scrolled = new Map<number, number>()
  let here = entryOf(history.state) ?? 0
  let newest = here
  history.scrollRestoration = 'manual'
  remember(here)

  function remember(entry: number) {
    here = entry
    newest = Math.max(newest, entry)
    history.replaceState({ entry }, '')
  }
  function onChange() {
    scrolled.set(here, view.scrollY)
    const back = entryOf(history.state) // undefined for an entry made just now
    remember(back ?? newest + 1)
    const scrollTop = back === undefined ? 0 : (scrolled.get(back) ?? 0)
    arrive({ route: parseRoute(location.hash), isFirst: false, scrollTop })
  }
  view.addEventListener('hashchange', onChange)
  arrive({ route: parseRoute(location.hash), isFirst: true, scrollTop: 0 })
  return () => view.removeEventListener('hashchange', onChange)
}

const entryOf = (state: unknown): number | undefined => {
  const entry = (state as { entry?: unknown } | null)?.entry
  return typeof entry === 'number' ? entry : undefined
}
