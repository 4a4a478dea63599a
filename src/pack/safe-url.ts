/**
 * A link from a catalogue that is safe to put in a page: http, https or relative to it.
 *
 * Refused: every other scheme (`javascript:`, `data:`), control characters and
 * backslashes (browsers drop or turn them, which hides a scheme or a host), `//host`,
 * and user names in a host (`https://known.example@other.example`).
 *
 * @returns the link without surrounding space, or undefined if it is refused
 */
export function safeUrl(text: string): string | undefined {
  const url = text.trim()
  if (url === '' || HIDDEN.test(url) || url.startsWith('//')) return undefined
  if (!SCHEME.test(url)) return url
  return HTTP.test(url) && URL.canParse(url) ? url : undefined
}

/** C0 and C1 control characters, DEL, and the backslash. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\\]/
/** What stands before a colon, even if no browser takes it as a scheme: `JaVa ScRiPt:`. */
const SCHEME = /^[^/?#:]*:/
/** A scheme, two slashes and a host without `@`. */
const HTTP = /^https?:\/\/[^/?#@]+(?:[/?#]|$)/i
