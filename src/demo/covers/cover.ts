/**
 * Covers are drawn, never fetched: title, author and genres → a drawing, always the same
 * one. Pure data here; `cover-view.ts` paints it.
 */
import { type Family, familyOf } from './families.ts'
import { type Layout, withFigure, withLabel } from './layouts.ts'
import { AUTHOR_OPACITY, PALETTES } from './palettes.ts'
import { choose, type Dice, type Figure, type Inks } from './shape.ts'
import { isRightToLeft, titleWords } from './title-words.ts'

export interface CoverSubject {
  readonly title: string
  readonly author?: string
  /** Most specific first. */
  readonly genres?: readonly string[]
}

export interface CoverDrawing extends Layout {
  readonly family: Family
  readonly inks: Inks
  /** Of author and subtitle, 0–1. */
  readonly authorOpacity: number
  readonly isRightToLeft: boolean
}

/** What covers are decorated with: large, so it comes after the first list (cover-art.ts). */
export interface CoverArt {
  readonly figures: Readonly<Record<Family, readonly Figure[]>>
  /** Wallpapers of the families of `LABELLED`. */
  readonly patterns: Readonly<Partial<Record<Family, readonly Figure[]>>>
}

/** Families of which some covers wear wallpaper and a label instead of a figure. */
export const LABELLED: ReadonlySet<Family> = new Set<Family>([
  ...(['classics', 'romance', 'poetry', 'cooking', 'belief'] as const),
  ...(['life', 'literary', 'fantasy', 'plain'] as const),
])
const LABEL_SHARE = 0.26
const TITLE_BELOW_SHARE = 0.3

/**
 * Deterministic: the same subject gives the same drawing, whatever the text holds.
 * Without `art`: everything but the figure or the wallpaper, each at its final place.
 */
export function drawCover(subject: CoverSubject, art?: CoverArt): CoverDrawing {
  const words = titleWords(subject.title)
  const author = titleWords(subject.author ?? '').title
  const family = familyOf(subject.genres ?? [])
  const dice = titleDice(`${words.title}|${author}`)
  const inks = choose(dice, PALETTES[family])
  const layout = dice()
  const parts = { words, author, dice, inks }
  const paint = (kinds: readonly Figure[] | undefined) =>
    kinds ? choose(dice, kinds)(dice, inks) : []
  const laidOut =
    LABELLED.has(family) && layout < LABEL_SHARE
      ? withLabel(parts, () => paint(art?.patterns[family]))
      : withFigure(parts, {
          paint: () => paint(art?.figures[family]),
          isBelow: layout > 1 - TITLE_BELOW_SHARE,
        })
  const common = { family, inks, authorOpacity: AUTHOR_OPACITY }
  return { ...common, isRightToLeft: isRightToLeft(words.title), ...laidOut }
}

/** Numbers in [0, 1) from a text: FNV-1a, then mulberry32. */
function titleDice(text: string): Dice {
  let seed = 2166136261
  for (const letter of text) seed = Math.imul(seed ^ letter.codePointAt(0)!, 16777619)
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let z = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32
  }
}
