/**
 * A title or a name without what would change how the text around it reads: control
 * characters, and the embeddings, overrides and isolates of bidirectional text, whose end
 * may be missing. The signs U+200E and U+200F stay: they reach no further than themselves.
 */
export function plainLine(text: string): string {
  return text.replace(UNSEEN, '')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g
