/** Where title and picture go on a cover: one above the other, or a label on wallpaper. */

import {
  box,
  type Dice,
  fill,
  type Inks,
  line,
  type Shape,
  STAGE_HEIGHT,
} from './shape.ts'
import { isRightToLeft, type TitleWords } from './title-words.ts'

// Sets text in lines that fit a box, from estimated letter widths (no DOM needed).

interface TextBox {
  readonly width: number
  readonly height: number
  /** Letter sizes to try, largest first. */
  readonly sizes: readonly number[]
  /** Baseline to baseline, in sizes. Default 1.1. */
  readonly leading?: number
  readonly maxLines: number
}

interface SetText {
  readonly size: number
  readonly lines: readonly string[]
}

/** Widths in sizes of a semi-bold serif, a little generous so that fallbacks fit too. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff00-\uffef]/u,
    1.02,
  ],
  [/\p{Extended_Pictographic}/u, 1.3],
  [/\p{M}/u, 0],
  [/[ .,:;'’‘!|ijlI[\]()]/u, 0.31],
  [/[frt"“”-]/u, 0.43],
  [/[MW@%—]/u, 1.08],
  [/[mw]/u, 0.92],
  [/[ADGHKNOQUX&]/u, 0.83],
  [/\p{Lu}/u, 0.73],
  [/[acesvz]/u, 0.52],
]
const OTHER_WIDTH = 0.61

/** Estimated width of `text`, in sizes. */
export function widthOf(text: string): number {
  let width = 0
  for (const letter of text) {
    width += WIDTHS.find(([pattern]) => pattern.test(letter))?.[1] ?? OTHER_WIDTH
  }
  return width
}

/**
 * The largest size at which `text` fits the box, in balanced lines; at the smallest size
 * what does not fit is cut with an ellipsis. Empty text gives no lines.
 */
export function setLines(text: string, box: TextBox): SetText {
  for (const size of box.sizes) {
    const lines = wrap(pieces(text), box.width / size)
    const room = Math.min(box.maxLines, lineRoom(box, size))
    if (lines && lines.length <= room)
      return { size, lines: balance(text, lines, box.width / size) }
  }
  const size = box.sizes.at(-1)!
  const width = box.width / size
  const room = Math.max(1, Math.min(box.maxLines, lineRoom(box, size)))
  const lines = wrap(broken(text, width), width) ?? []
  if (lines.length <= room) return { size, lines }
  const last = lines[room - 1]!
  return { size, lines: [...lines.slice(0, room - 1), cut(`${last}…`, width)] }
}

const lineRoom = ({ height, leading = 1.1 }: TextBox, size: number) =>
  Math.floor((height / size - 0.8) / leading) + 1

interface Piece {
  readonly text: string
  /** Whether a space stands before it within a line. */
  readonly isSpaced: boolean
}

/** Words, and single letters of scripts that break anywhere. */
function pieces(text: string): Piece[] {
  const found: Piece[] = []
  for (const word of text.split(' ').filter(Boolean)) {
    const parts = word.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]\p{M}*[、。，．！？）」』ー]*|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu,
    )
    for (const [k, part] of (parts ?? [word]).entries()) {
      found.push({ text: part, isSpaced: k === 0 })
    }
  }
  return found
}

/** The same with words wider than a line cut into letters. */
function broken(text: string, width: number): Piece[] {
  const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return pieces(text).flatMap((piece) =>
    widthOf(piece.text) <= width
      ? [piece]
      : [...letters.segment(piece.text)].map(({ segment }, k) => ({
          text: segment,
          isSpaced: k === 0 && piece.isSpaced,
        })),
  )
}

/** Greedy lines, or undefined if a piece alone is wider than a line. */
function wrap(parts: readonly Piece[], width: number): string[] | undefined {
  const lines: string[] = []
  let line = ''
  for (const { text, isSpaced } of parts) {
    const longer = line === '' ? text : `${line}${isSpaced ? ' ' : ''}${text}`
    if (widthOf(longer) <= width) line = longer
    else {
      if (widthOf(text) > width) return undefined
      lines.push(line)
      line = text
    }
  }
  if (line) lines.push(line)
  return lines
}

/** The narrowest measure that keeps the number of lines: no lonely last word. */
function balance(text: string, lines: string[], width: number): string[] {
  let best = lines
  for (let narrow = width * 0.95; narrow > width * 0.4; narrow -= width * 0.05) {
    const tighter = wrap(pieces(text), narrow)
    if (!tighter || tighter.length > lines.length) break
    best = tighter
  }
  return best
}

function cut(line: string, width: number): string {
  let kept = [...line.slice(0, -1)]
  while (kept.length > 1 && widthOf(`${kept.join('')}…`) > width)
    kept = kept.slice(0, -1)
  return `${kept.join('').trimEnd()}…`
}

// Title, subtitle and author of a cover, one under the other.

export interface CoverLine {
  readonly role: 'title' | 'subtitle' | 'author'
  readonly text: string
  readonly x: number
  /** Baseline. */
  readonly y: number
  readonly size: number
}

interface Lettering {
  readonly words: TitleWords
  /** Empty for none. */
  readonly author: string
}

/** Letter sizes of a title, in cover units. */
const SIZES = [31, 28, 25.5, 23, 21, 19, 17, 15.5, 14] as const

/** Longer titles are set in one with their subtitle. */
const SHORT_TITLE = 26
const SUBTITLE = { sizes: [11, 10], maxLines: 2, leading: 1.25, height: 30 } as const
const AUTHOR = { sizes: [11.5, 10.5, 9.5], maxLines: 1, height: 14 } as const

export interface Block {
  readonly x: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** The title as large as the block allows; a short title keeps its subtitle in small. */
function setBlock({ words, author }: Lettering, block: Block): CoverLine[] {
  const { x, top, width, height } = block
  const { title, subtitle } = words
  const isSplit = subtitle !== '' && title.length <= SHORT_TITLE
  const name = isSplit || !subtitle ? title : `${title}: ${subtitle}`
  const below = (author ? 22 : 0) + (isSplit ? 30 : 0)
  const lines: CoverLine[] = []
  let y = top
  const stack = (role: CoverLine['role'], box: TextBox, text: string) => {
    const { size, lines: set } = setLines(text, box)
    const step = size * (box.leading ?? 1)
    if (role === 'title') y -= size * 0.2
    for (const line of set) {
      y += step
      lines.push({ role, text: line, x, y, size })
    }
  }
  const big = { sizes: SIZES, maxLines: 5, leading: 1.08, height: height - below }
  stack('title', { width, ...big }, name || author)
  y += 4
  if (isSplit) stack('subtitle', { width, ...SUBTITLE }, subtitle)
  y += 4
  if (author && name) stack('author', { width, ...AUTHOR }, author)
  return lines
}

export const COVER_WIDTH = 200
export const COVER_HEIGHT = 300

interface Parts extends Lettering {
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
