/** Growing things and meetings: romance, poetry. */
import {
  at,
  between,
  choose,
  circle,
  count,
  ellipse,
  type Figure,
  fill,
  line,
  petal,
  polygon,
} from './shape.ts'

export const twoCircles: Figure = (dice, { ink, tone, accent }) => {
  const [gap, r, y] = [
    between(dice, 26, 36),
    between(dice, 42, 52),
    between(dice, 80, 98),
  ]
  const lift = between(dice, -12, 12)
  const [a, b] = [100 - gap, 100 + gap]
  const h = Math.sqrt(r * r - gap * gap)
  return [
    fill(circle(a, y, r), tone),
    fill(circle(b, y, r), accent),
    fill(
      at(
        'M 100',
        y - h,
        'A',
        r,
        r,
        0,
        0,
        1,
        100,
        y + h,
        'A',
        r,
        r,
        0,
        0,
        1,
        100,
        y - h,
        'Z',
      ),
      ink,
    ),
    fill(circle(100 + lift * 4, 150, 3.4), ink),
  ]
}

export const flower: Figure = (dice, { ink, tone, accent }) => {
  const [x, y, many] = [
    between(dice, 76, 124),
    between(dice, 66, 78),
    choose(dice, [6, 8, 10]),
  ]
  const turn = between(dice, 0, 40)
  return [
    line(at('M', x, y, 'Q', x + between(dice, -22, 22), 130, 100, 176), ink, 3),
    fill(petal(98, 150, 42, 58) + petal(99, 160, 40, -56), tone),
    fill(
      count(many, (k) => petal(x, y, 46, turn + (k * 360) / many, 0.34)).join(''),
      accent,
    ),
    fill(circle(x, y, 11), ink),
  ]
}

export const tulips: Figure = (dice, { ink, tone, accent }) =>
  count(4, (k) => {
    const [x, y] = [34 + k * 44 + between(dice, -7, 7), between(dice, 52, 92)]
    const cup = at(
      'M',
      x - 15,
      y - 22,
      'q -4 36 15 38 q 19 -2 15 -38 l -8 12 l -7 -16 l -7 16 Z',
    )
    return [
      line(at('M', x, y + 10, 'Q', x + between(dice, -10, 10), 130, x, 176), tone, 3),
      fill(petal(x, 172, between(dice, 44, 62), choose(dice, [-22, 22]), 0.18), tone),
      fill(cup, choose(dice, [ink, accent, accent])),
    ]
  }).flat()

export const birds: Figure = (dice, { ink, tone, accent }) => {
  const bird = (x: number, y: number, s: number) =>
    at(
      'M',
      x - s,
      y - s * 0.2,
      'q',
      s * 0.55,
      -s * 0.5,
      s,
      s * 0.3,
      'q',
      s * 0.45,
      -s * 0.8,
      s,
      -s * 0.3,
    )
  return [
    fill(
      circle(between(dice, 60, 140), between(dice, 70, 90), between(dice, 36, 48)),
      accent,
    ),
    line(
      count(5, () =>
        bird(between(dice, 34, 166), between(dice, 22, 110), between(dice, 9, 18)),
      ).join(''),
      ink,
      3,
    ),
    fill(
      at(
        'M -10 174 V 146 Q 60',
        between(dice, 112, 128),
        120,
        142,
        'T 210 130 V 174 Z',
      ),
      tone,
    ),
  ]
}

export const stem: Figure = (dice, { ink, tone, accent }) => {
  const lean = between(dice, -26, 26)
  const many = choose(dice, [5, 6, 7])
  const leaves = count(many, (k) => {
    const t = k / many
    const [x, y] = [100 + lean * t * t, 168 - t * 130]
    const size = 46 * (1 - t * 0.45)
    const turn = between(dice, 48, 64)
    return fill(
      petal(x, y, size, turn, 0.26) + petal(x, y - 6, size, -turn, 0.26),
      k === 2 ? accent : tone,
      0.95,
    )
  })
  return [
    line(at('M 100 176 Q 100 90', 100 + lean, 34), ink, 2.6),
    ...leaves,
    fill(petal(100 + lean, 44, 30, lean * 0.4, 0.26), ink),
  ]
}

export const curtain: Figure = (dice, { ink, tone, accent }) => {
  const fold = (k: number, side: number) => {
    const x = side > 0 ? k * 16 : 200 - k * 16
    return at(
      'M',
      x,
      0,
      'Q',
      x + side * (14 - k * 3),
      100,
      x - side * k * 9,
      176,
      'h',
      side * 16,
      'Q',
      x + side * 30,
      100,
      x + side * 16,
      0,
      'Z',
    )
  }
  return [
    fill(polygon(100, -10, 44, 176, 156, 176), accent, 0.25),
    fill(ellipse(100, 158, 54, 9), accent, 0.6),
    ...count(4, (k) =>
      fill(fold(k, 1) + fold(k, -1), k % 2 ? tone : ink, k % 2 ? 1 : 0.85),
    ),
    fill(
      circle(100, between(dice, 104, 112), 9) +
        petal(100, 156, 46, between(dice, -8, 8), 0.28),
      ink,
    ),
  ]
}
