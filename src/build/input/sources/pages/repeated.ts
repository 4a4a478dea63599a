/** What pages of one site share: the site's name in titles, blocks of text, one picture. */

/** What separates a page's title from its site's name. */
const SEPARATOR = /\s+[|–—·•»«:~>/-]+\s+|\s*[|»]\s*|:\s+/g

interface Cut {
  readonly text: string
  readonly rest: string
}

/** The last piece of a title, with its separator, and the first. */
function cutsOf(title: string): { readonly end?: Cut; readonly start?: Cut } {
  const found = [...title.matchAll(SEPARATOR)].filter(({ index }) => index > 0)
  const [first, last] = [found[0], found.at(-1)]
  if (!first || !last) return {}
  const startLength = first.index + first[0].length
  return {
    end: { text: title.slice(last.index), rest: title.slice(0, last.index) },
    start: { text: title.slice(0, startLength), rest: title.slice(startLength) },
  }
}

/** Share of the pages' titles that must have a piece for it to be the site's. */
const MIN_SHARE = 0.5
/** With many pages a smaller share suffices: a section's name. */
const MIN_SECTION_SHARE = 0.2
const MIN_SECTION_PAGES = 8
/** Names that stand behind each other: `Page | Docs | Site`. */
const MAX_CUTS = 3

/**
 * @param titles of all pages; undefined for one without
 * @returns a function that takes the site's name out of a title
 */
export function findSiteNames(
  titles: readonly string[],
  siteNames: readonly string[] = [],
): (title: string) => string {
  const names = new Set(siteNames.map((name) => name.toLowerCase()))
  const pieces: { text: string; at: 'start' | 'end' }[] = []
  const cut = (title: string): string => {
    let left = title
    for (const { text, at } of pieces) {
      if (left === text.trim()) continue
      if (at === 'end' && left.endsWith(text)) left = left.slice(0, -text.length)
      if (at === 'start' && left.startsWith(text)) left = left.slice(text.length)
    }
    const { end, start } = cutsOf(left)
    const isName = (part: string) =>
      names.has(
        part.replace(/^[\s|–—·•»«:~>/-]+|[\s|–—·•»«:~>/-]+$/g, '').toLowerCase(),
      )
    if (end && isName(end.text)) left = end.rest
    else if (start && isName(start.text)) left = start.rest
    return left.trim() === '' ? title : left.trim()
  }
  for (let round = 0; round < MAX_CUTS; round++) {
    const left = titles.map(cut)
    const most = mostRepeated(left)
    if (!most) break
    pieces.push(most)
  }
  return cut
}

function mostRepeated(titles: readonly string[]) {
  const distinct = [...new Set(titles)]
  let best: { text: string; at: 'start' | 'end'; count: number } | undefined
  for (const at of ['end', 'start'] as const) {
    const counts = new Map<string, number>()
    for (const title of distinct) {
      const text = cutsOf(title)[at]?.text
      if (text !== undefined) counts.set(text, (counts.get(text) ?? 0) + 1)
    }
    for (const [text, count] of counts) {
      if (count > (best?.count ?? 0)) best = { text, at, count }
    }
  }
  if (!best || best.count < 2) return undefined
  const share = best.count / distinct.length
  // a colon joins a title and its subtitle too
  const isSection =
    !best.text.includes(':') &&
    best.count >= MIN_SECTION_PAGES &&
    share >= MIN_SECTION_SHARE
  return share >= MIN_SHARE || isSection ? best : undefined
}

/** Fewer pages share a thing by chance. */
const MIN_PAGES = 3

/**
 * Values that more pages have than `share` of all, and three at least.
 *
 * @param pages each page's values
 */
export function findRepeated(
  pages: readonly (readonly string[])[],
  share: number,
): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const values of pages) {
    for (const value of new Set(values)) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const min = Math.max(MIN_PAGES, share * pages.length)
  return new Set(
    [...counts].filter(([, count]) => count >= min).map(([value]) => value),
  )
}
