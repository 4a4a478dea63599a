/** Toys and light: children, young adult. */
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
  petal,
  polygon,
} from './shape.ts'

export const balloons: Figure = (dice, { ink, tone, accent }) =>
  count(5, (k) => {
    const [x, y, r] = [
      30 + k * 35 + between(dice, -6, 6),
      between(dice, 34, 84),
      between(dice, 16, 24),
    ]
    return [
      line(
        at('M', x, y + r, 'Q', x + between(dice, -14, 14), 130, 100, 176),
        ink,
        1.4,
        0.7,
      ),
      fill(ellipse(x, y, r, r * 1.2), [ink, tone, accent][k % 3]!),
    ]
  }).flat()

export const hotAir: Figure = (dice, { ink, tone, accent }) => {
  const [x, y] = [between(dice, 76, 124), between(dice, 62, 72)]
  const cloud = (cx: number, cy: number, s: number) =>
    dome(cx, cy, 16 * s) + dome(cx + 20 * s, cy, 22 * s) + dome(cx + 42 * s, cy, 13 * s)
  return [
    fill(
      cloud(between(dice, 4, 30), 60, 0.8) + cloud(between(dice, 118, 140), 132, 1),
      ink,
      0.3,
    ),
    line(
      at(
        'M',
        x - 30,
        y + 32,
        'L',
        x - 9,
        y + 70,
        'M',
        x + 30,
        y + 32,
        'L',
        x + 9,
        y + 70,
      ),
      ink,
      1.6,
    ),
    fill(
      at(
        'M',
        x,
        y + 58,
        'C',
        x - 80,
        y + 6,
        x - 42,
        y - 50,
        x,
        y - 50,
        'S',
        x + 80,
        y + 6,
        x,
        y + 58,
        'Z',
      ),
      accent,
    ),
    fill(
      at(
        'M',
        x,
        y + 58,
        'C',
        x - 26,
        y + 6,
        x - 20,
        y - 50,
        x,
        y - 50,
        'S',
        x + 26,
        y + 6,
        x,
        y + 58,
        'Z',
      ),
      tone,
    ),
    fill(box(x - 10, y + 70, 20, 15), ink),
  ]
}

export const kite: Figure = (dice, { ink, tone, accent }) => {
  const [x, y] = [between(dice, 96, 132), between(dice, 50, 62)]
  const bow = (k: number) =>
    polygon(
      x - 20 - k * 17,
      y + 66 + k * 18,
      x - 30 - k * 17,
      y + 60 + k * 18,
      x - 30 - k * 17,
      y + 74 + k * 18,
    )
  return [
    line(at('M', x, y, 'q', -6, 60, -36, 74, 't', -50, 50), ink, 1.8),
    fill(polygon(x, y - 44, x + 32, y - 4, x, y + 50, x - 32, y - 4), accent),
    fill(
      polygon(x, y - 44, x + 32, y - 4, x, y - 4) +
        polygon(x, y - 4, x, y + 50, x - 32, y - 4),
      tone,
    ),
    fill(bow(0) + bow(1) + bow(2), ink),
  ]
}

export const sunburst: Figure = (dice, { ink, tone, accent }) => {
  const [x, y] = [between(dice, 60, 140), choose(dice, [176, 120])]
  const reach = y - 8
  const rays = count(24, (k) => {
    const [a, b] = [k * 15, k * 15 + 7.5].map((deg) => (deg * Math.PI) / 180)
    return polygon(
      x,
      y,
      x + Math.cos(a!) * reach,
      y + Math.sin(a!) * reach,
      x + Math.cos(b!) * reach,
      y + Math.sin(b!) * reach,
    )
  })
  return [
    fill(rays.filter((_, k) => k > 11).join(''), tone, 0.6),
    fill(box(-10, y, 220, 174 - y), tone),
    fill(dome(x, y, between(dice, 36, 50)), accent),
    fill(dome(x, y, 20), ink),
  ]
}

export const butterfly: Figure = (dice, { ink, tone, accent }) => {
  const [x, turn] = [100, between(dice, 38, 52)]
  const wing = (side: number) =>
    petal(x, 92, 82, side * turn, 0.42) +
    petal(x, 96, 56, side * (180 - turn - 14), 0.42)
  return [
    fill(wing(1) + wing(-1), tone),
    fill(petal(x, 92, 54, turn, 0.34) + petal(x, 92, 54, -turn, 0.34), accent),
    fill(
      circle(150, between(dice, 118, 126), 5) + circle(50, between(dice, 118, 126), 5),
      ink,
    ),
    fill(ellipse(x, 96, 4.5, 32), ink),
    line('M 100 66 q 2 -20 16 -26 M 100 66 q -2 -20 -16 -26', ink, 2),
  ]
}

export const bolts: Figure = (dice, { ink, tone, accent }) => {
  const tilt = between(dice, 30, 70)
  const stripes = count(6, (k) =>
    at('M', k * 44 - 40, 176, 'l', tilt, -180, 'h 18 l', -tilt, 180, 'Z'),
  ).join('')
  const x = between(dice, 84, 116)
  return [
    fill(stripes, tone, 0.55),
    fill(circle(x, 90, 56), ink),
    fill(
      polygon(x + 12, 38, x - 32, 98, x - 4, 98, x - 14, 144, x + 34, 78, x + 4, 78),
      accent,
    ),
  ]
}

// Diagrams: non-fiction and lives.

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
