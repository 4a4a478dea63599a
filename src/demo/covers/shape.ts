/** The few strokes covers are drawn with. Plain data: a path and how to paint it. */
export interface Shape {
  /** SVG path data. */
  readonly d: string
  readonly fill?: string
  readonly stroke?: string
  /** Stroke width in cover units. */
  readonly width?: number
  /** 0–1, default 1. */
  readonly opacity?: number
}

/** The four colours of one cover; `ink` on `ground` is readable. */
export interface Inks {
  readonly ground: string
  readonly ink: string
  readonly tone: string
  readonly accent: string
}

/** The next number in [0, 1) of a title's own sequence. */
export type Dice = () => number

/** Draws on a stage of STAGE_WIDTH × STAGE_HEIGHT, y downwards, ground at the bottom. */
export type Figure = (dice: Dice, inks: Inks) => Shape[]

export const STAGE_WIDTH = 200
export const STAGE_HEIGHT = 170

export const between = (dice: Dice, low: number, high: number) =>
  low + dice() * (high - low)

export const choose = <T>(dice: Dice, things: readonly T[]): T =>
  things[Math.floor(dice() * things.length)]!

export const count = <T>(length: number, make: (k: number) => T): T[] =>
  Array.from({ length }, (_, k) => make(k))

export const fill = (d: string, color: string, opacity = 1): Shape => ({
  d,
  fill: color,
  opacity,
})

export const line = (d: string, color: string, width = 3, opacity = 1): Shape => ({
  d,
  stroke: color,
  width,
  opacity,
})

/** Path data from numbers and letters, one decimal: `at('M', x, y, 'l', 1, 2)`. */
export const at = (...parts: readonly (string | number)[]): string =>
  parts
    .map((part) => (typeof part === 'number' ? Math.round(part * 10) / 10 : part))
    .join(' ')

export const ellipse = (x: number, y: number, rx: number, ry: number, tilt = 0) => {
  const dx = rx * Math.cos((tilt * Math.PI) / 180)
  const dy = rx * Math.sin((tilt * Math.PI) / 180)
  const half = ['A', rx, ry, tilt, 0, 1] as const
  return at('M', x - dx, y - dy, ...half, x + dx, y + dy, ...half, x - dx, y - dy, 'Z')
}

export const circle = (x: number, y: number, r: number) => ellipse(x, y, r, r)

export const box = (x: number, y: number, width: number, height: number) =>
  at('M', x, y, 'h', width, 'v', height, 'h', -width, 'Z')

/** A half disc standing on y. */
export const dome = (x: number, y: number, r: number) =>
  at('M', x - r, y, 'A', r, r, 0, 0, 1, x + r, y, 'Z')

/** A door with a round top, its foot at y + height. */
export const arch = (x: number, y: number, width: number, height: number) => {
  const r = width / 2
  return at(
    'M',
    x,
    y + height,
    'V',
    y + r,
    'a',
    r,
    r,
    0,
    0,
    1,
    width,
    0,
    'V',
    y + height,
    'Z',
  )
}

export const polygon = (...points: readonly number[]) => at('M', ...points, 'Z')

/** A leaf or petal from its foot, `length` long, turned by `turn` degrees from upright. */
export const petal = (
  x: number,
  y: number,
  length: number,
  turn: number,
  girth = 0.32,
) => {
  const a = ((turn - 90) * Math.PI) / 180
  const [ux, uy] = [Math.cos(a) * length, Math.sin(a) * length]
  const [sx, sy] = [-uy * girth, ux * girth]
  return at(
    ...(['M', x, y, 'Q', x + ux / 2 + sx, y + uy / 2 + sy, x + ux, y + uy] as const),
    ...(['Q', x + ux / 2 - sx, y + uy / 2 - sy, x, y, 'Z'] as const),
  )
}

/** A level wave across the stage. */
export const wave = (y: number, height: number, length: number, shift = 0) => {
  const start = -length * 2 + shift
  const humps = Math.ceil((STAGE_WIDTH + length * 4) / length)
  return at(
    ...(['M', start, y, 'q', length / 2, -height, length, 0] as const),
    ...count(humps, () => ['t', length, 0] as const).flat(),
  )
}
