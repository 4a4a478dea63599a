/** How lines and blocks are told apart: by colour, dash and shape together. */

export type Shape = 'circle' | 'square2' | 'triangle' | 'diamond2' | 'cross' | 'star'

export interface Look {
  /** A CSS colour of lab.css. */
  readonly colour: string
  /** SVG dashes, px; `0` for none. */
  readonly dash: string
  readonly symbol: Shape
  /** Hearth's own. */
  readonly isOwn: boolean
}

const OTHERS: readonly Omit<Look, 'colour' | 'isOwn'>[] = [
  { dash: '7 3', symbol: 'square2' },
  { dash: '2 3', symbol: 'triangle' },
  { dash: '9 3 2 3', symbol: 'diamond2' },
  { dash: '4 2', symbol: 'cross' },
  { dash: '1 4', symbol: 'star' },
]
/** The pack's largest block and the fused score wear the ember. */
const OWN: ReadonlySet<string> = new Set(['fusion', 'cf'])

/** @param place in its plot, from 0; after the fifth other one looks come again */
export function lookOf(row: string, place: number): Look {
  if (OWN.has(row)) {
    return { colour: 'var(--hearth-ember)', dash: '0', symbol: 'circle', isOwn: true }
  }
  const other = (place + OTHERS.length - 1) % OTHERS.length
  return { colour: `var(--lab-${other + 1})`, isOwn: false, ...OTHERS[other]! }
}
