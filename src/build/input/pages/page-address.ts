/** The address of a page, as an owner's files write it → what tells one page from another. */

export interface PageAddress {
  /** Lower case, without `www.` and port; absent in a path alone. */
  readonly host?: string
  /** `/products/blue shirt`: decoded, without a last slash, `index.html` or `.html`. */
  readonly path: string
  /** Without those that only tell where a visitor came from. */
  readonly params: ReadonlyMap<string, string>
}

/** Parameters of campaigns, sessions and views of a page, not of which page it is. */
const NO_PAGE_PARAM =
  /^(?:utm_.*|mtm_.*|pk_.*|matomo_.*|piwik_.*|hsa_.*|_ga|_gl|_hs\w+|gclid|gbraid|wbraid|dclid|fbclid|msclkid|yclid|ttclid|twclid|igshid|mc_cid|mc_eid|ref|referrer|source|phpsessid|jsessionid|sid|sessionid)$/i

const ABSOLUTE = /^(?:(?:https?|app):)?\/\/([^/?#]*)/i
const INDEX_FILE = /\/(?:index|default|home)\.(?:html?|php|aspx?|jsp)$/i
const PAGE_FILE = /\.html?$/i

/**
 * Does a text look like the address of a page or a path? `https://…`, `//…`, `/…`,
 * `www.…`, or words with a slash between and no space.
 */
export function isAddress(text: string): boolean {
  return /^(?:https?:\/\/|\/|www\.)/i.test(text) || /^[^\s/:]+\/[^\s]+$/.test(text)
}

/**
 * `https://www.shop.example/Products/Blue%20Shirt/?utm_source=x#top` → host `shop.example`,
 * path `/Products/Blue Shirt`, no parameters. A path without a first slash gets one.
 */
export function pageAddress(text: string): PageAddress {
  const trimmed = text.trim().replace(/^www\./i, '//www.')
  const match = ABSOLUTE.exec(trimmed)
  const rest = match ? trimmed.slice(match[0].length) : trimmed
  const [, before = '', query = '', fragment = ''] =
    /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(rest) ?? []
  // a page that is one of an application: `/#/products/1`
  const isRoute = /^!?\//.test(fragment)
  const path = normalPath(isRoute ? `${before}/#${fragment}` : before)
  const host = match?.[1]
    ?.toLowerCase()
    .replace(/^.*@/, '')
    .replace(/:\d+$/, '')
    .replace(/^www\./, '')
  return { ...(host ? { host } : {}), path, params: paramsOf(query) }
}

function normalPath(text: string): string {
  const path = decoded(`/${text}`)
    .normalize('NFC')
    .replace(/;jsessionid=[^/]*/i, '')
    .replace(/\/(?:\.?\/)+/g, '/')
    .replace(/^(?:\/\.\.(?=\/))+/, '')
  const bare = path.replace(INDEX_FILE, '/').replace(PAGE_FILE, '')
  return bare.length > 1 ? bare.replace(/\/$/, '') : '/'
}

/** Escapes that are no UTF-8 stay as they are. */
function decoded(text: string): string {
  if (!text.includes('%')) return text
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes)
    } catch {
      return escapes // Latin-1 or noise: compared as it is written
    }
  })
}

function paramsOf(query: string): ReadonlyMap<string, string> {
  const params = new Map<string, string>()
  if (query === '') return params
  for (const [name, value] of new URLSearchParams(query)) {
    if (!NO_PAGE_PARAM.test(name)) params.set(name, value)
  }
  return params
}
