/** Where title and picture go on a cover: one above the other, or a label on wallpaper. */
import { type CoverLine, type Lettering, setBlock } from './set-block.ts'
import {
  box,
  type Dice,
  fill,
  type Inks,
  line,
  type Shape,
  STAGE_HEIGHT,
} from './shape.ts'
import { isRightToLeft } from './title-words.ts'

export const COVER_WIDTH = 200
export const COVER_HEIGHT = 300

export interface Parts extends Lettering {
  readonly dice: Dice
  readonly inks: Inks
}

export interface Layout {
  /** Painted first, over the whole cover. */
  readonly back: readonly Shape[]
  /** Painted next, `stageY` down from the top. */
  readonly stage: readonly Shape[]
  readonly stageY: number
  /** Painted over both. */
  readonly front: readonly Shape[]
  readonly lines: readonly CoverLine[]
  readonly anchor: 'start' | 'middle'
}

const MARGIN = 18

/** Title on one side of the cover, figure on the other. */
export function withFigure(
  parts: Parts,
  { paint, isBelow }: { readonly paint: () => Shape[]; readonly isBelow: boolean },
): Layout {
  const { dice, inks, words } = parts
  const anchor = dice() < 0.3 ? 'middle' : 'start'
  const block = {
    x: anchor === 'middle' ? COVER_WIDTH / 2 : startX(words.title),
    width: COVER_WIDTH - MARGIN * 2,
  }
  if (!isBelow) {
    const lines = setBlock(parts, { ...block, top: MARGIN, height: 110 })
    const stageY = COVER_HEIGHT - STAGE_HEIGHT
    return { back: [], stage: paint(), stageY, front: [], lines, anchor }
  }
  const lines = setBlock(parts, { ...block, top: STAGE_HEIGHT + 14, height: 104 })
  const panelHeight = COVER_HEIGHT - STAGE_HEIGHT
  const front = [
    fill(box(0, STAGE_HEIGHT, COVER_WIDTH, panelHeight), inks.ground),
    fill(box(0, STAGE_HEIGHT, COVER_WIDTH, 2.5), inks.accent),
  ]
  return { back: [], stage: paint(), stageY: 0, front, lines, anchor }
}

/** Wallpaper with a framed label. */
export function withLabel(parts: Parts, paint: () => Shape[]): Layout {
  const { inks, dice } = parts
  const lines = setBlock(parts, { x: COVER_WIDTH / 2, top: 0, width: 128, height: 126 })
  const height = (lines.at(-1)?.y ?? 20) + 34
  const top = dice() < 0.5 ? (COVER_HEIGHT - height) / 2 : 46
  const frame = (inset: number) =>
    box(26 + inset, top + inset, 148 - inset * 2, height - inset * 2)
  return {
    back: paint(),
    stage: [],
    stageY: 0,
    front: [fill(frame(0), inks.ground), line(frame(5), inks.accent, 1.4)],
    lines: lines.map((each) => ({ ...each, y: each.y + top + 20 })),
    anchor: 'middle',
  }
}

const startX = (title: string) => (isRightToLeft(title) ? COVER_WIDTH - MARGIN : MARGIN)
