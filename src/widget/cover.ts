/**
 * Covers are drawn, never fetched: title, author and genres → a drawing, always the same
 * one. Pure data here; `cover-view.ts` paints it.
 */
import { type Family, familyOf } from './cover/families.ts'
import { FIGURES, PATTERNS } from './cover/figures.ts'
import { AUTHOR_OPACITY, PALETTES } from './cover/palettes.ts'
import { type CoverLine, setBlock } from './cover/set-block.ts'
import {
  box,
  choose,
  type Dice,
  fill,
  type Inks,
  line,
  type Shape,
  STAGE_HEIGHT,
} from './cover/shape.ts'
import { isRightToLeft, type TitleWords, titleWords } from './cover/title-words.ts'

export const COVER_WIDTH = 200
export const COVER_HEIGHT = 300

export interface CoverSubject {
  readonly title: string
  readonly author?: string
  /** Most specific first. */
  readonly genres?: readonly string[]
}

export interface CoverDrawing {
  readonly family: Family
  readonly inks: Inks
  /** Painted in order, clipped to the cover. `stageY` moves those of `stage` down. */
  readonly back: readonly Shape[]
  readonly stage: readonly Shape[]
  readonly stageY: number
  readonly front: readonly Shape[]
  readonly lines: readonly CoverLine[]
  readonly authorOpacity: number
  readonly anchor: 'start' | 'middle'
  readonly isRightToLeft: boolean
}

const MARGIN = 18

/** Deterministic: the same subject gives the same drawing, whatever the text holds. */
export function drawCover(subject: CoverSubject): CoverDrawing {
  const words = titleWords(subject.title)
  const dice = titleDice(`${words.title}|${subject.author ?? ''}`)
  const family = familyOf(subject.genres ?? [])
  const inks = choose(dice, PALETTES[family])
  const patterns = PATTERNS[family]
  const layout = dice()
  const author = titleWords(subject.author ?? '').title
  const parts = { words, author, dice, inks }
  const drawn =
    patterns && layout < 0.26
      ? withLabel(parts, choose(dice, patterns)(dice, inks))
      : withFigure(parts, choose(dice, FIGURES[family])(dice, inks), layout > 0.7)
  return {
    family,
    inks,
    authorOpacity: AUTHOR_OPACITY,
    isRightToLeft: isRightToLeft(words.title),
    ...drawn,
  }
}

interface Parts {
  readonly words: TitleWords
  readonly author: string
  readonly dice: Dice
  readonly inks: Inks
}

type Drawn = Pick<
  CoverDrawing,
  'back' | 'stage' | 'stageY' | 'front' | 'lines' | 'anchor'
>

/** Title on one side of the cover, figure on the other. */
function withFigure(parts: Parts, stage: Shape[], isBelow: boolean): Drawn {
  const { dice, inks } = parts
  const anchor = dice() < 0.3 ? 'middle' : 'start'
  const x = startX(anchor, parts.words.title)
  const width = COVER_WIDTH - MARGIN * 2
  const text = (top: number, height: number) =>
    setBlock(parts, { x, top, width, height })
  if (!isBelow) {
    return {
      back: [],
      stage,
      stageY: COVER_HEIGHT - STAGE_HEIGHT,
      front: [],
      lines: text(18, 110),
      anchor,
    }
  }
  const panel = fill(
    box(0, STAGE_HEIGHT, COVER_WIDTH, COVER_HEIGHT - STAGE_HEIGHT),
    inks.ground,
  )
  const rule = fill(box(0, STAGE_HEIGHT, COVER_WIDTH, 2.5), inks.accent)
  return {
    back: [],
    stage,
    stageY: 0,
    front: [panel, rule],
    lines: text(STAGE_HEIGHT + 14, 104),
    anchor,
  }
}

/** Wallpaper with a framed label. */
function withLabel(parts: Parts, back: Shape[]): Drawn {
  const { inks, dice } = parts
  const lines = setBlock(parts, { x: COVER_WIDTH / 2, top: 0, width: 128, height: 126 })
  const height = (lines.at(-1)?.y ?? 20) + 34
  const top = dice() < 0.5 ? (COVER_HEIGHT - height) / 2 : 46
  const frame = (inset: number) =>
    box(26 + inset, top + inset, 148 - inset * 2, height - inset * 2)
  return {
    back,
    stage: [],
    stageY: 0,
    front: [fill(frame(0), inks.ground), line(frame(5), inks.accent, 1.4)],
    lines: lines.map((each) => ({ ...each, y: each.y + top + 20 })),
    anchor: 'middle',
  }
}

function startX(anchor: 'start' | 'middle', title: string): number {
  if (anchor === 'middle') return COVER_WIDTH / 2
  return isRightToLeft(title) ? COVER_WIDTH - MARGIN : MARGIN
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
