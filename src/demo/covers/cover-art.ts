/**
 * Covers as the tiles of elements. Their code and their figures are fetched beside the pack:
 * the first list does not wait for them, and shows plain titles where it comes before.
 */
import type { ItemRecord } from '../../index.ts'

type Tile = (item: ItemRecord) => SVGElement

let tile: Tile | undefined
let asked: Promise<void> | undefined

/** Draws an item's cover; undefined until it is here. */
export const coverTile = (): Tile | undefined => tile

/** Never rejects: without covers tiles stay plain, and the next call asks again. */
export function loadCovers(): Promise<void> {
  asked ??= Promise.all([import('./cover-view.ts'), import('./figures.ts')]).then(
    ([{ coverView }, { FIGURES, PATTERNS }]) => {
      const art = { figures: FIGURES, patterns: PATTERNS }
      tile = ({ title, genres = [], authors }) => {
        const author = authors?.[0]
        return coverView({ title, genres, ...(author ? { author } : {}) }, art)
      }
    },
    () => {
      asked = undefined
    },
  )
  return asked
}
