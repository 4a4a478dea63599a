/** Sets text in lines that fit a box, from estimated letter widths (no DOM needed). */

export interface TextBox {
  readonly width: number
  readonly height: number
  /** Letter sizes to try, largest first. */
  readonly sizes: readonly number[]
  /** Baseline to baseline, in sizes. Default 1.1. */
  readonly leading?: number
  readonly maxLines: number
}

export interface SetText {
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
