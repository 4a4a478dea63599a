/** Addresses of the bookshop: hashes, so that any static host serves every page. */

export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'item'; readonly id: string }
  | { readonly page: 'you' }
  | { readonly page: 'search'; readonly text: string }
  /** `run` of the Lab's index; empty for its first */
  | { readonly page: 'lab'; readonly run: string }
  | { readonly page: 'lost' }

/** @param hash as `location.hash` gives it; never throws */
export function parseRoute(hash: string): Route {
  const [, page = '', ...rest] = hash.replace(/^#/, '').split('/')
  const value = decode(rest.join('/'))
  if (page === '') return { page: rest.length === 0 ? 'home' : 'lost' }
  if (page === 'you' && !value) return { page: 'you' }
  if (page === 'lab' && value !== undefined) return { page: 'lab', run: value }
  if (page === 'item' && value) return { page: 'item', id: value }
  if (page === 'search' && value) return { page: 'search', text: value }
  return { page: 'lost' }
}

export function hrefOf(route: Route): string {
  if (route.page === 'item') return `#/item/${encodeURIComponent(route.id)}`
  if (route.page === 'search') return `#/search/${encodeURIComponent(route.text)}`
  if (route.page === 'lab')
    return `#/lab${route.run && `/${encodeURIComponent(route.run)}`}`
  return route.page === 'you' ? '#/you' : '#/'
}

/** Where an item's link leads in the shop. */
export const itemHref = ({ id }: { readonly id: string }) =>
  hrefOf({ page: 'item', id })

/** @returns undefined for an escape that is none */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

// Going from page to page: where the page was scrolled to, whether the focus should move.

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
