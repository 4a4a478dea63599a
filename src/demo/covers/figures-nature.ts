/** Growing things and meetings: romance, poetry. */
import {
  arch,
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
  wave,
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

// Mountains, towers and forests: fantasy.

export const peaks: Figure = (dice, { ink, tone, accent }) => {
  const range = (base: number, spread: number) => {
    const tops = count(4, (k) => [
      k * 66 + between(dice, -16, 16),
      base - between(dice, 0, spread),
    ])
    const path = tops.map(
      ([x, y]) => `L ${at(x! - 33, y! + spread * 0.9)} L ${at(x!, y!)}`,
    )
    return `M -20 172 ${path.join(' ')} L 240 ${at(base + spread)} L 240 172 Z`
  }
  return [
    fill(
      circle(between(dice, 50, 150), between(dice, 34, 56), between(dice, 16, 28)),
      accent,
    ),
    fill(range(70, 36), tone, 0.4),
    fill(range(96, 34), tone, 0.75),
    fill(range(128, 26), ink, 0.9),
  ]
}

export const castle: Figure = (dice, { ground, ink, tone, accent }) => {
  const x = between(dice, 66, 96)
  const turret = (dx: number, w: number, top: number) =>
    box(x + dx, top, w, 130 - top) +
    polygon(x + dx - 4, top, x + dx + w / 2, top - w * 1.5, x + dx + w + 4, top)
  const lights = count(5, (k) => arch(x + 2 + k * 13, 84 + (k % 2) * 14, 5, 11)).join(
    '',
  )
  return [
    fill(circle(x + 34, 66, between(dice, 46, 60)), tone, 0.5),
    fill(
      turret(0, 14, 74) +
        turret(52, 16, 66) +
        turret(24, 20, between(dice, 44, 54)) +
        box(x, 92, 66, 40),
      ink,
    ),
    fill(lights, ground),
    fill(at('M -10 172 Q', x + 34, 76, 210, 172, 'Z'), tone),
    line(at('M', x + 34, 124, 'q', 22, 12, -4, 24, 't', 8, 30), accent, 3.5),
  ]
}

export const pines: Figure = (dice, { ink, tone, accent }) => {
  const tree = (x: number, y: number, s: number) =>
    count(3, (k) =>
      polygon(
        x - s * (0.5 - k * 0.1),
        y - k * s * 0.5,
        x,
        y - s * (0.95 + k * 0.5),
        x + s * (0.5 - k * 0.1),
        y - k * s * 0.5,
      ),
    ).join('')
  const row = (many: number, y: number, size: number) =>
    count(many, (k) =>
      tree(
        (k * 220) / many + between(dice, -12, 12),
        y,
        size * between(dice, 0.75, 1.2),
      ),
    ).join('')
  return [
    fill(
      circle(between(dice, 46, 154), between(dice, 40, 60), between(dice, 18, 30)),
      accent,
    ),
    fill(row(9, 140, 34), tone, 0.5),
    fill(row(7, 172, 46), tone),
    fill(tree(between(dice, 30, 170), 176, between(dice, 60, 72)), ink, 0.92),
  ]
}

export const serpent: Figure = (dice, { ground, ink, tone, accent }) => {
  const y = 138
  const humps = [44, 34, 25, 16]
  let x = between(dice, 22, 40)
  const coils = humps.flatMap((r) => {
    const cx = x + r * 0.8
    x += r * 1.75
    return [fill(dome(cx, y, r), tone), fill(dome(cx, y, r * 0.58), ground)]
  })
  return [
    fill(circle(between(dice, 120, 164), 44, between(dice, 18, 28)), accent),
    ...coils,
    line(wave(y + 2, 10, 22, between(dice, 0, 20)), ink, 3.5),
    line(wave(y + 14, 10, 22, between(dice, 0, 20)), ink, 3, 0.6),
    line(wave(y + 26, 10, 22, between(dice, 0, 20)), ink, 3, 0.35),
  ]
}

// Waves and what sails on them: classics.

export const waves: Figure = (dice, { ink, tone, accent }) => {
  const lit = Math.floor(between(dice, 0, 6))
  const [length, height] = [between(dice, 42, 62), between(dice, 22, 36)]
  return [
    ...count(7, (k) =>
      line(
        wave(44 + k * 20, height, length, k * between(dice, 4, 12)),
        k === lit ? accent : tone,
        5,
        k === lit ? 1 : 0.85,
      ),
    ),
    fill(circle(between(dice, 40, 160), 20, 9), ink),
  ]
}

export const ship: Figure = (dice, { ink, tone, accent }) => {
  const x = between(dice, 70, 122)
  return [
    fill(circle(x + choose(dice, [-46, 48]), 48, between(dice, 16, 26)), accent),
    fill(polygon(x - 3, 30, x - 3, 106, x - 44, 106), ink),
    fill(polygon(x + 3, 44, x + 3, 106, x + 32, 106), ink, 0.75),
    fill(at('M', x - 52, 114, 'h 98 q -8 24 -28 24 h -44 q -20 0 -26 -24 Z'), tone),
    line(wave(138, 14, 28, between(dice, 0, 20)), ink, 3.5),
    line(wave(154, 14, 28, between(dice, 0, 20)), tone, 3.5, 0.8),
  ]
}

export const lighthouse: Figure = (dice, { ink, tone, accent }) => {
  const x = between(dice, 66, 134)
  const far = x < 100 ? 220 : -20
  return [
    fill(polygon(x, 50, far, 18, far, 74), accent, 0.35),
    fill(polygon(x - 11, 62, x + 11, 62, x + 17, 150, x - 17, 150), ink),
    fill(
      count(2, (k) =>
        polygon(
          x - 13 - k * 2.6,
          84 + k * 30,
          x + 13 + k * 2.6,
          84 + k * 30,
          x + 15 + k * 2.6,
          98 + k * 30,
          x - 15 - k * 2.6,
          98 + k * 30,
        ),
      ).join(''),
      tone,
    ),
    fill(box(x - 8, 42, 16, 20), accent),
    fill(polygon(x - 12, 42, x, 28, x + 12, 42), ink),
    fill(at('M', x - 70, 174, 'Q', x, 122, x + 70, 174, 'Z'), tone),
    line(wave(160, 12, 26), ink, 3, 0.6),
  ]
}

export const whale: Figure = (dice, { ground, ink, tone, accent }) => {
  const x = between(dice, -8, 8)
  return [
    line(
      at('M', x + 66, 62, 'q -2 -24 -18 -24 M', x + 66, 62, 'q 2 -24 18 -24'),
      accent,
      3.5,
    ),
    fill(
      at(
        'M',
        x + 16,
        138,
        'q -4 -66 56 -66 c 52 0 56 44 84 40 q 16 -4 16 -28 q 12 4 10 20 q 14 -4 20 4 q -16 8 -24 16 q -20 18 -50 14 Z',
      ),
      tone,
    ),
    fill(circle(x + 46, 106, 4.5), ground),
    line(at('M', x + 22, 124, 'q 24 12 50 2'), ground, 2.4),
    fill(
      at('M -10 174 V 138 q 26 -12 52 0 t 52 0 t 52 0 t 52 0 t 52 0 V 174 Z'),
      ink,
      0.92,
    ),
  ]
}
