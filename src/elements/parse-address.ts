/** `URL.canParse` and `URL.parse` are younger than all else that Hearth needs. */

/** @returns undefined for text that is no address */
export function parseAddress(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}
