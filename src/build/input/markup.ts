/** Text as shops and feeds write it, with HTML in it → the text a reader sees. */
import { decodeHTMLStrict } from 'entities'

/** Elements that stand in a line of text: where one begins or ends, no word does. */
const INLINE =
  'a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|' +
  'span|strike|strong|sub|sup|time|tt|u|var|wbr'
const BLOCK =
  'address|article|blockquote|body|br|button|caption|center|col|colgroup|dd|details|div|' +
  'dl|dt|embed|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|img|input|' +
  'li|link|main|meta|nav|object|ol|option|p|picture|pre|section|select|source|summary|' +
  'svg|table|tbody|td|textarea|tfoot|th|thead|title|tr|track|ul|video'

const INLINE_TAG = new RegExp(`</?(?:${INLINE})(?:[\\s/][^<>]*)?>`, 'gi')
const BLOCK_TAG = new RegExp(`</?(?:${BLOCK})(?:[\\s/][^<>]*)?>`, 'gi')
/** What tells markup from a text about it, such as `When to use <b>`. */
const SURE_TAG = new RegExp(
  `</(?:${INLINE}|${BLOCK}|script|style)\\s*>|<br\\s*/?>`,
  'i',
)

/** From where it opens to where it closes, nothing is for readers. */
const HIDDEN = /<(script|style|template|!--)/gi

/**
 * Takes tags out and decodes character references, once each: `<p>Tom &amp; <b>Jerry</b></p>` → Tom &
 * Jerry. Of angle brackets only known HTML elements are tags: `Vec<T>` and `a < b` stay.
 * HTML that was escaped as a whole (`&lt;p&gt;…&lt;/p&gt;`) is taken out too.
 *
 * @returns text, never markup: a decoded `&lt;` is a character like any other
 */
export function withoutMarkup(text: string): string {
  if (!/[<&]/.test(text)) return text
  const plain = decodeHTMLStrict(withoutTags(text))
  const wasEscaped =
    !text.includes('<') && /^\s*<(?:p|div|ul|h\d|br|span)\b/i.test(plain)
  return wasEscaped ? decodeHTMLStrict(withoutTags(plain)) : plain
}

/** For a short text: its tags go only where they cannot be what it is about. */
export function titleWithoutMarkup(text: string): string {
  if (!SURE_TAG.test(text)) return decodeHTMLStrict(text)
  const plain = withoutMarkup(text)
  return plain.trim() === '' ? text : plain
}

/** `&amp;` in an address is how XML and HTML write `&`. */
export function plainAddress(text: string): string {
  return text.replace(/&amp;/gi, '&')
}

function withoutTags(text: string): string {
  return withoutHidden(text).replace(INLINE_TAG, '').replace(BLOCK_TAG, ' ')
}

/** Scripts, styles and comments out; one that never closes hides the rest, as in a page. */
function withoutHidden(text: string): string {
  const lower = text.toLowerCase()
  let kept = ''
  let from = 0
  HIDDEN.lastIndex = 0
  for (;;) {
    const open = HIDDEN.exec(text)
    if (!open) return kept + text.slice(from)
    kept += `${text.slice(from, open.index)} `
    const name = open[1]!.toLowerCase()
    const close = lower.indexOf(name === '!--' ? '-->' : `</${name}`, open.index + 4)
    const end = close < 0 ? -1 : text.indexOf('>', close)
    if (end < 0) return kept
    from = end + 1
    HIDDEN.lastIndex = from
  }
}
