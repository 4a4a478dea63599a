import { warnOnce } from './attributes.ts'

/**
 * Whether a press must not count: the page stands in a frame of another origin, whose page
 * may have laid something over the button. The attribute `framed` on the element lets it
 * count. What is refused is reported to the owner, in the console.
 */
export function isRefusedInFrame(
  { framed }: { readonly framed: boolean },
  page: Pick<Window, 'top'> = window,
): boolean {
  if (framed || !isForeign(page)) return false
  warnOnce('framed by another origin, so presses do nothing. Allow: framed')
  return true
}

function isForeign({ top }: Pick<Window, 'top'>): boolean {
  try {
    return !top?.location.href // reading it throws across origins
  } catch {
    return true
  }
}
