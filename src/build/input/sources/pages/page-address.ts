/** Where a page is on its site: what it states of itself, else its place in the folder. */

export interface SiteAddresses {
  /** `https://example.org`, the origin most pages state; absent where none does. */
  readonly origin?: string
  /** Path the site lies under, without its last slash: `/docs`, or ''. */
  readonly base: string
}

/** `a/index.html` → `/a/`, `a.html` → `/a.html` */
export function addressOfFile(file: string, base: string): string {
  const path = file.replace(/(^|\/)index\.(?:html?|xhtml)$/i, '$1')
  return `${base}/${path.split('/').map(encodeURIComponent).join('/')}`
}

/** An address on the page's own site, as a path of it; one of another site as it is. */
export function onSite(
  address: string,
  page: string,
  { origin = NOWHERE }: SiteAddresses,
): string | undefined {
  const url = parse(address, `${origin}${page}`)
  if (!url) return undefined
  if (url.origin === origin || url.origin === NOWHERE) return url.pathname + url.search
  return /^https?:$/.test(url.protocol) ? url.href : undefined
}

/** Stands for a site's origin while it is not known. */
const NOWHERE = 'http://site.invalid'

function parse(address: string, base: string): URL | undefined {
  try {
    return new URL(address, base)
  } catch {
    return undefined // counted as an address that cannot be read
  }
}

/**
 * @param pages each page's file, and the absolute address it states, if it does
 * @param base given by the owner
 */
export function findAddresses(
  pages: readonly { readonly file: string; readonly canonical?: string }[],
  base?: string,
): SiteAddresses {
  const stated = pages
    .map(({ file, canonical }) => ({
      file,
      url: canonical ? parse(canonical, NOWHERE) : undefined,
    }))
    .filter(({ url }) => url !== undefined)
  const origins = stated
    .map(({ url }) => url!.origin)
    .filter((origin) => origin !== NOWHERE)
  const given = base === undefined ? undefined : parse(base, NOWHERE)
  const origin = given && given.origin !== NOWHERE ? given.origin : mostCommon(origins)
  const bases = stated
    .map(({ file, url }) => baseOf(url!.pathname, addressOfFile(file, '')))
    .filter((found) => found !== undefined)
  return {
    base: given ? given.pathname.replace(/\/$/, '') : (mostCommon(bases) ?? ''),
    ...(origin !== undefined && { origin }),
  }
}

/** What a stated path has before the file's own. */
function baseOf(path: string, file: string): string | undefined {
  const plain = (text: string) =>
    text.replace(/\.(?:html?|xhtml)$/i, '').replace(/\/$/, '')
  const [stated, own] = [plain(path), plain(file)]
  return stated.endsWith(own) ? stated.slice(0, stated.length - own.length) : undefined
}

function mostCommon(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0]
}
