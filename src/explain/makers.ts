/** Whose names name somebody: "also by Anonymous" is no likeness. */

/** What stands in a maker's field where nobody is named, in plain words. */
const NOBODY: ReadonlySet<string> = new Set(
  `anonymous|anon|unknown|unknown author|unknown artist|author unknown|no author|various
  |various authors|various artists|multiple authors|n a|na|none|null|undefined|not available
  |not known|tba|tbd|generic|unbranded|no brand|other|others|et al|anonym|unbekannt|diverse
  |verschiedene|anonyme|inconnu|auteur inconnu|collectif|anonimo|desconocido|varios
  |varios autores|autores varios|aa vv|vv aa|autori vari|anoniem|onbekend|anonymus`
    .split('|')
    .map((name) => name.trim()),
)

/** Whether a maker's name names somebody: "Anonymous" and "Various Artists" do not. */
export function isMaker(name: string): boolean {
  const letters = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const words = letters.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
  return words !== '' && !NOBODY.has(words)
}
