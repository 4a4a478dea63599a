/**
 * Makes any string safe and cheap to tokenise.
 */

/**
 * Characters (UTF-16 units) read of a text. 128 tokens hold about 600 characters
 * of English; what lies far beyond cannot matter, and a pasted megabyte must not
 * reach the tokenizer.
 */
export const maxTextChars = 4_000

/**
 * The part of a text that is read: at most `maxTextChars`, control characters as
 * spaces, half surrogate pairs as U+FFFD, runs of white space as one space.
 *
 * @returns '' for a text with nothing to read
 */
export function cleanText(text: string): string {
  return (
    text
      .trimStart()
      .slice(0, maxTextChars)
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  )
}
