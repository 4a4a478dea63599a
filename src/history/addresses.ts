/** Bookmarks and feeds: lists of addresses in HTML and XML. Nothing of them is run or fetched. */

import { Parser } from 'htmlparser2'
import { timeOf } from './dates.ts'
import type { HistoryEntry, SkipLog } from './entry.ts'
import { entryOf } from './services/service.ts'

/** Addresses that lead somewhere; `javascript:` bookmarks and the like do not. */
const WEB = /^https?:\/\//i

interface Link {
  readonly url: string
  readonly at: number | undefined
  title: string
}

/**
 * The bookmarks of any browser (the form of Netscape): kept pages, with the time they were
 * kept. @returns undefined for HTML that is no list of bookmarks
 */
export function readBookmarks(
  text: string,
  skips: SkipLog,
): readonly HistoryEntry[] | undefined {
  if (!/<!DOCTYPE NETSCAPE-Bookmark-file|<DT>\s*<A\s/i.test(text.slice(0, 1_000_000))) {
    return undefined
  }
  const links: Link[] = []
  let open: Link | undefined
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name !== 'a') return
      open = {
        url: attributes.href ?? '',
        at: timeOf(attributes.add_date ?? ''),
        title: '',
      }
      links.push(open)
    },
    ontext: (piece) => {
      if (open) open.title += piece
    },
    onclosetag: (name) => {
      if (name === 'a' || name === 'dl') open = undefined
    },
  })
  parser.end(text)
  return entriesOf(links, 'opened', skips)
}

/** Feeds that are followed. @returns undefined for XML that is no OPML */
export function readOpml(
  text: string,
  skips: SkipLog,
): readonly HistoryEntry[] | undefined {
  if (!/<opml[\s>]/i.test(text.slice(0, 10_000))) return undefined
  const links: Link[] = []
  const parser = new Parser(
    {
      onopentag: (_, attributes) => {
        const { xmlurl, htmlurl, text: label, title } = attributes
        if (!xmlurl && !htmlurl) return // a folder
        const at = timeOf(attributes.created ?? '')
        links.push({ url: htmlurl || xmlurl || '', at, title: title || label || '' })
      },
    },
    { xmlMode: true, lowerCaseAttributeNames: true },
  )
  parser.end(text)
  return entriesOf(links, 'wanted', skips)
}

function entriesOf(
  links: readonly Link[],
  kind: 'opened' | 'wanted',
  skips: SkipLog,
): HistoryEntry[] {
  return links.flatMap(({ url, at, title }, i) => {
    const line = i + 1
    if (!WEB.test(url)) {
      skips.add('no address of the web', line)
      return []
    }
    const draft = { kind, title, url, ...(at === undefined ? {} : { at }) }
    return entryOf({ line }, draft, skips) ?? []
  })
}
