/**
 * Covers as the tiles of elements. Their figures and wallpapers are fetched once the page
 * has something to show: titles on their colours are there at once, the pictures a moment
 * later.
 */
import type { ItemRecord } from '../../index.ts'
import type { CoverArt } from './cover.ts'
import { coverView } from './cover-view.ts'

type Tile = (item: ItemRecord) => SVGElement

let tile = tileWith(undefined)
let asked: Promise<void> | undefined

/** Draws an item's cover; another function once the art is here, so that elements draw again. */
export const coverTile = (): Tile => tile

/** Never rejects: without the art covers stay plain, and the next call asks again. */
export function loadCoverArt(): Promise<void> {
  asked ??= import('./figures.ts').then(
    ({ FIGURES, PATTERNS }) => {
      tile = tileWith({ figures: FIGURES, patterns: PATTERNS })
    },
    () => {
      asked = undefined
    },
  )
  return asked
}

function tileWith(art: CoverArt | undefined): Tile {
  return ({ title, genres = [], authors }) => {
    const author = authors?.[0]
    return coverView({ title, genres, ...(author ? { author } : {}) }, art)
  }
}
