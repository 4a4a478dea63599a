import type { CSSResult } from 'lit'

/** Adds styles to an element that is drawn already, for a part of it that comes late. */
export function adoptStyles(root: Node, { styleSheet }: CSSResult) {
  if (!styleSheet || !('adoptedStyleSheets' in root)) return
  const own = root as ShadowRoot
  own.adoptedStyleSheets = [...own.adoptedStyleSheets, styleSheet]
}
