/** Title, subtitle and author of a cover, one under the other. */
import { setLines, type TextBox } from './set-lines.ts'
import type { TitleWords } from './title-words.ts'

export interface CoverLine {
  readonly role: 'title' | 'subtitle' | 'author'
  readonly text: string
  readonly x: number
  /** Baseline. */
  readonly y: number
  readonly size: number
}

export interface Lettering {
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
export function setBlock({ words, author }: Lettering, block: Block): CoverLine[] {
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
