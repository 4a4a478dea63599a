/** The kitchen: cooking. */
import {
  at,
  between,
  box,
  circle,
  count,
  ellipse,
  type Figure,
  fill,
  line,
  petal,
} from './shape.ts'

export const bowl: Figure = (dice, { ink, tone, accent }) => {
  const steam = count(3, (k) =>
    at('M', 76 + k * 24, 74, 'q', between(dice, -14, -8), -14, 0, -26, 't', 0, -22),
  ).join('')
  return [
    line(steam, ink, 3, 0.7),
    fill(circle(78, 92, 17) + circle(122, 94, 14), accent),
    fill(circle(100, 90, 20), tone),
    fill(petal(112, 88, 34, 40), tone),
    fill(
      'M 34 96 h 132 a 66 58 0 0 1 -46 56 v 8 h -40 v -8 a 66 58 0 0 1 -46 -56 Z',
      ink,
    ),
    line(at('M 44', between(dice, 112, 118), 'h 112'), accent, 3),
  ]
}

export const lemons: Figure = (dice, { ground, ink, tone, accent }) =>
  count(3, (k) => {
    const [x, y, r] = [
      52 + (k % 2) * 92,
      48 + k * 42 + between(dice, -6, 6),
      between(dice, 26, 34),
    ]
    if (k === 1) {
      const wedges = count(8, (w) => petal(x, y, r * 0.8, w * 45 + 10, 0.3)).join('')
      return [
        fill(circle(x, y, r), ink),
        fill(circle(x, y, r * 0.88), ground),
        fill(wedges, accent),
      ]
    }
    return [
      fill(ellipse(x, y, r * 1.15, r * 0.86, between(dice, -30, 30)), accent),
      fill(petal(x + r * 0.6, y - r * 0.5, 32, between(dice, 20, 70)), tone),
    ]
  }).flat()

export const table: Figure = (dice, { ground, ink, tone, accent }) => {
  const tines = count(4, (k) => box(24 + k * 6, 44, 2.6, 34)).join('')
  return [
    fill(circle(106, 96, 58), tone),
    fill(circle(106, 96, 44), ground, 0.8),
    fill(circle(100, between(dice, 90, 102), 16), accent),
    fill(petal(112, 108, 34, between(dice, 20, 70)) + petal(112, 108, 26, 110), ink),
    fill(`${tines}M 24 78 q 0 14 8.5 16 v 66 h 4 v -66 q 8 -2 8 -16 Z`, ink),
    fill('M 176 44 q 10 26 4 60 h -4 v 56 h -5 v -116 Z', ink),
  ]
}
