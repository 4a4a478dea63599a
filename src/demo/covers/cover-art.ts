/**
 * The figures and wallpapers of covers, fetched once the page has something to show:
 * titles on their colours are there at once, the pictures a moment later.
 */
import type { CoverArt } from './cover.ts'

let art: CoverArt | undefined
let asked: Promise<void> | undefined

/** @returns undefined until it is here */
export const coverArt = (): CoverArt | undefined => art

/** Never rejects: without them covers stay plain, and the next call asks again. */
export function loadCoverArt(): Promise<void> {
  asked ??= import('./figures.ts').then(
    ({ FIGURES, PATTERNS }) => {
      art = { figures: FIGURES, patterns: PATTERNS }
    },
    () => {
      asked = undefined
    },
  )
  return asked
}
