/** Diagrams: non-fiction and lives. */
import {
  at,
  between,
  box,
  choose,
  circle,
  count,
  dome,
  ellipse,
  type Figure,
  fill,
  line,
  polygon,
} from './shape.ts'

export const blocks: Figure = (dice, { ink, tone, accent }) =>
  count(20, (k) => {
    const [x, y] = [22 + (k % 5) * 32, 24 + Math.floor(k / 5) * 36]
    const shape = dice()
    const color = shape < 0.16 ? accent : shape < 0.55 ? tone : ink
    return fill(
      dice() < 0.2 ? circle(x + 14, y + 13, 13) : box(x, y, 28, 26),
      color,
      color === ink ? 0.3 : 1,
    )
  })

export const strata: Figure = (dice, { ink, tone, accent }) => {
  const lit = Math.floor(between(dice, 1, 6))
  return count(7, (k) => {
    const y = 40 + k * 19
    const d = at(
      'M -4',
      y + between(dice, -6, 6),
      'C 60',
      y + between(dice, -22, 14),
      130,
      y + between(dice, -14, 22),
      204,
      y + between(dice, -8, 8),
      'V 176 H -4 Z',
    )
    return fill(
      d,
      k === lit ? accent : k % 2 ? tone : ink,
      k === lit ? 1 : 0.35 + k * 0.09,
    )
  })
}

export const steps: Figure = (dice, { ink, tone, accent }) => {
  const up = dice() < 0.5
  const x = (k: number) => (up ? 14 + k * 29 : 159 - k * 29)
  return [
    ...count(6, (k) =>
      fill(box(x(k), 148 - k * 21, 27, 30 + k * 21), k % 2 ? tone : ink, 0.9),
    ),
    fill(circle(x(5) + 13, 148 - 5 * 21 - 17, 13), accent),
  ]
}

export const contours: Figure = (dice, { ink, tone, accent }) => {
  const [x, y, tilt] = [
    between(dice, 70, 130),
    between(dice, 78, 104),
    between(dice, -40, 40),
  ]
  const lines = count(6, (k) =>
    line(
      ellipse(x + k * 2.2, y - k * 1.4, 14 + k * 15, 8 + k * 11, tilt + k * 3),
      k % 3 === 2 ? ink : tone,
      2.2,
      0.95 - k * 0.05,
    ),
  )
  return [...lines, fill(circle(x, y, 6), accent)]
}

export const column: Figure = (dice, { ink, tone, accent }) => {
  const flutes = (x: number) =>
    count(4, (k) => box(x + 4 + k * 8, 66, 4.6, 86)).join('')
  const many = choose(dice, [2, 3])
  const gap = 150 / many
  return [
    fill(dome(between(dice, 70, 130), 54, between(dice, 30, 42)), accent),
    fill(polygon(14, 54, 100, 26, 186, 54), tone),
    fill(box(18, 56, 164, 6), ink),
    fill(count(many, (k) => flutes(25 + k * gap + gap / 2 - 18)).join(''), ink),
    fill(box(14, 154, 172, 6) + box(8, 164, 184, 8), ink),
  ]
}

export const portrait: Figure = (dice, { ink, tone, accent }) => {
  const turn = choose(dice, [-7, 0, 7])
  return [
    fill(ellipse(100, 90, 64, 76), tone, 0.75),
    fill(
      'M 50 146 Q 56 108 100 108 T 150 146 A 64 76 0 0 1 100 166 A 64 76 0 0 1 50 146 Z',
      ink,
    ),
    fill(ellipse(100 + turn, 76, 24, 30), accent),
    fill(
      dice() < 0.5
        ? at(
            'M',
            72 + turn,
            78,
            'q -4 -40 28 -42 q 34 2 28 42 q -8 -22 -28 -24 q -20 2 -28 24 Z',
          )
        : dome(100 + turn, 62, 27),
      ink,
    ),
    line(ellipse(100, 90, 69, 80), ink, 2),
  ]
}

export const footpath: Figure = (dice, { ink, tone, accent }) => {
  const path = at(
    'M',
    between(dice, 20, 50),
    170,
    'C 170 150 20 104',
    between(dice, 90, 120),
    84,
    'S 60 40',
    between(dice, 130, 160),
    30,
  )
  const prints = { ...line(path, ink, 4), d: path }
  return [
    fill(circle(150, 30, 17), accent),
    line(path, tone, 15, 0.55),
    prints,
    fill(circle(150, 30, 6), ink),
  ]
}
