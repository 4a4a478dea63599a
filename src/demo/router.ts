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
