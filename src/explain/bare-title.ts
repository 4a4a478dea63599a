/** "Dune (Dune Chronicles, #1)" → "Dune": without what stands in brackets at its end. */
export function bareTitle(title: string): string {
  return title.replace(/\s*\([^()]*\)\s*$/, '') || title
}
