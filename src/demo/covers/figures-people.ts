/** Patterns of nature and thought: science, belief. */
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
} from './shape.ts'

export const atom: Figure = (dice, { ink, tone, accent }) => {
  const turn = between(dice, 0, 60)
  const rings = [0, 60, 120].map((a) => ellipse(100, 90, 72, 25, a + turn)).join('')
  const electron = (a: number, t: number) => {
    const [c, s] = [Math.cos((a * Math.PI) / 180), Math.sin((a * Math.PI) / 180)]
    const [ex, ey] = [Math.cos(t) * 72, Math.sin(t) * 25]
    return circle(100 + ex * c - ey * s, 90 + ex * s + ey * c, 5.5)
  }
  return [
    line(rings, tone, 3),
    fill(circle(100, 90, 15), accent),
    fill(
      [0, 60, 120].map((a) => electron(a + turn, between(dice, 0, 6.28))).join(''),
      ink,
    ),
  ]
}

export const lattice: Figure = (dice, { ink, tone, accent }) => {
  const nodes = count(9, (k) => [
    36 + (k % 3) * 62 + between(dice, -14, 14),
    36 + Math.floor(k / 3) * 52 + between(dice, -12, 12),
  ])
  const links = nodes.flatMap(([x, y], k) =>
    nodes
      .slice(k + 1)
      .filter(([u, v]) => Math.hypot(u! - x!, v! - y!) < 78)
      .map(([u, v]) => at('M', x!, y!, 'L', u!, v!)),
  )
  const lit = Math.floor(dice() * 9)
  return [
    line(links.join(''), tone, 2.4),
    ...nodes.map(([x, y], k) =>
      fill(
        circle(x!, y!, k === lit ? 14 : between(dice, 5, 9)),
        k === lit ? accent : ink,
      ),
    ),
  ]
}

export const helix: Figure = (dice, { ink, tone, accent }) => {
  const turns = between(dice, 2, 3)
  const x = (t: number, side: number) => 100 + side * Math.sin(t * Math.PI * turns) * 40
  const strand = (side: number) =>
    count(41, (k) => `${k ? 'L' : 'M'} ${at(x(k / 40, side), 8 + k * 4)}`).join(' ')
  const backends = count(17, (k) =>
    at(
      'M',
      x((k + 1) / 18, 1),
      8 + ((k + 1) / 18) * 160,
      'L',
      x((k + 1) / 18, -1),
      8 + ((k + 1) / 18) * 160,
    ),
  ).join('')
  return [
    line(backends, tone, 2.6),
    line(strand(1), ink, 4.5),
    line(strand(-1), accent, 4.5),
  ]
}

export const ripples: Figure = (dice, { ink, tone, accent }) => {
  const [a, b] = [between(dice, 30, 74), between(dice, 126, 170)]
  const rings = (x: number, y: number) =>
    count(6, (k) => circle(x, y, 12 + k * 14)).join('')
  return [
    line(rings(a, 96), tone, 2.2),
    line(rings(b, 128), ink, 2.2, 0.75),
    fill(circle(a, 96, 6) + circle(b, 128, 6), accent),
  ]
}

export const halo: Figure = (dice, { ground, ink, tone, accent }) => {
  const many = choose(dice, [12, 16, 20])
  const rays = count(many, (k) => {
    const a = Math.PI + (Math.PI * (k + 0.5)) / many
    return at(
      'M',
      100 + Math.cos(a) * 58,
      104 + Math.sin(a) * 58,
      'L',
      100 + Math.cos(a) * 84,
      104 + Math.sin(a) * 84,
    )
  })
  return [
    line(rays.join(''), accent, 3),
    fill(arch(50, 54, 100, 122), tone),
    fill(arch(66, 74, 68, 102), ink),
    fill(
      dice() < 0.5 ? petal(100, 170, 62, 0, 0.3) : circle(100, 112, 18),
      choose(dice, [ground, accent]),
    ),
  ]
}

export const mandala: Figure = (dice, { ink, tone, accent }) => {
  const many = choose(dice, [8, 12])
  const ring = (length: number, turn: number, girth: number) =>
    count(many, (k) => petal(100, 90, length, turn + (k * 360) / many, girth)).join('')
  return [
    line(circle(100, 90, 74), tone, 2),
    fill(ring(70, 0, 0.2), tone),
    fill(ring(52, 180 / many, 0.22), ink, 0.9),
    fill(ring(30, 0, 0.24), accent),
    fill(circle(100, 90, 6), ink),
  ]
}

export const candle: Figure = (dice, { ink, tone, accent }) => {
  const x = between(dice, 88, 112)
  return [
    ...count(3, (k) => fill(circle(x, 62, 64 - k * 17), accent, 0.16 + k * 0.06)),
    fill(at('M', x, 34, 'q 18 24 0 40 q -18 -16 0 -40 Z'), accent),
    line(at('M', x, 70, 'v 12'), ink, 2),
    fill(box(x - 14, 82, 28, 92), ink),
    fill(
      at(
        'M',
        x - 14,
        82,
        'h 28 v 14 q -6',
        between(dice, 8, 18),
        -10,
        0,
        'q -6 18 -10 0 q -4 8 -8 0 Z',
      ),
      tone,
    ),
  ]
}

// Doors, windows and chairs: literary fiction.

export const arcade: Figure = (dice, { ground, ink, tone, accent }) => {
  const many = choose(dice, [2, 3, 4])
  const w = 176 / many
  const sun = Math.floor(dice() * many)
  return count(many, (k) => k).flatMap((k) => {
    const x = 12 + k * w
    return [
      fill(arch(x + 3, 40, w - 6, 140), tone, 0.95),
      fill(
        arch(x + 3 + w * 0.13, 40 + w * 0.16, w * 0.74 - 6, 140),
        k === sun ? ink : ground,
        k === sun ? 1 : 0.55,
      ),
      ...(k === sun ? [fill(circle(x + w / 2, 128, w * 0.17), accent)] : []),
    ]
  })
}

export const doorways: Figure = (dice, { ground, ink, tone, accent }) => {
  const x = between(dice, 34, 56)
  const w = between(dice, 92, 118)
  const inner = choose(dice, [0.3, 0.42, 0.5])
  return [
    fill(arch(x, 26, w, 150), tone),
    fill(arch(x + w * inner * 0.5, 62, w * 0.56, 120), ink),
    fill(arch(x + w * inner * 0.5 + w * 0.14, 94, w * 0.28, 80), ground),
    fill(circle(x + w + 22, 46, between(dice, 8, 14)), accent),
  ]
}

export const windowpane: Figure = (dice, { ink, tone, accent }) => {
  const [x, lit] = [between(dice, 44, 62), Math.floor(dice() * 6)]
  const panes = count(6, (k) => ({
    x: x + (k % 2) * 48,
    y: 34 + Math.floor(k / 2) * 40,
  }))
  return [
    ...panes.map((p, k) =>
      fill(box(p.x, p.y, 42, 34), k === lit ? accent : tone, k === lit ? 1 : 0.75),
    ),
    fill(box(x - 10, 154, 110, 5), ink),
    fill(
      petal(x + 74, 154, 38, 12) +
        petal(x + 74, 154, 32, -30) +
        petal(x + 74, 154, 30, 44),
      ink,
    ),
  ]
}

export const house: Figure = (dice, { ground, ink, tone, accent }) => {
  const x = between(dice, 62, 112)
  return [
    fill(circle(x + choose(dice, [-34, 52]), 54, between(dice, 24, 36)), accent),
    fill(
      at('M -10 174 V 146 Q 90', between(dice, 112, 124), 210, 144, 'V 174 Z'),
      tone,
    ),
    fill(
      box(x - 24, 92, 56, 44) +
        polygon(x - 32, 94, x + 4, 58, x + 40, 94) +
        box(x + 18, 62, 9, 24),
      ink,
    ),
    fill(box(x - 13, 102, 11, 13) + box(x + 10, 102, 11, 34), ground),
  ]
}

export const cutouts: Figure = (dice, { ink, tone, accent }) => {
  const leaf = (x: number, y: number, turn: number, s: number) =>
    count(5, (k) =>
      petal(x, y, s * (1 - Math.abs(k - 2) * 0.14), turn + (k - 2) * 36, 0.2),
    ).join('')
  return [
    fill(
      circle(between(dice, 60, 140), between(dice, 70, 100), between(dice, 44, 56)),
      tone,
      0.6,
    ),
    fill(
      leaf(between(dice, 40, 80), between(dice, 120, 150), between(dice, -30, 10), 66),
      ink,
    ),
    fill(
      leaf(between(dice, 120, 160), between(dice, 90, 130), between(dice, -10, 40), 58),
      accent,
    ),
    fill(
      leaf(between(dice, 90, 130), between(dice, 150, 168), between(dice, -20, 20), 44),
      tone,
    ),
  ]
}

// The kitchen: cooking.

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

// Printed matter: comics, and anything else.

export const burst: Figure = (dice, { ink, tone, accent }) => {
  const [x, y] = [between(dice, 86, 114), 86]
  const star = (r: number, inner: number) =>
    polygon(
      ...count(28, (k) => {
        const a = (k * Math.PI) / 14
        const d = k % 2 ? inner : r * (0.84 + (0.16 * ((k * 7) % 5)) / 4)
        return [x + Math.cos(a) * d, y + Math.sin(a) * d * 0.86]
      }).flat(),
    )
  const dots = count(70, (k) =>
    circle(
      (k % 10) * 21 + (Math.floor(k / 10) % 2) * 10,
      Math.floor(k / 10) * 27 + 6,
      4.4,
    ),
  ).join('')
  return [fill(dots, tone, 0.5), fill(star(84, 54), ink), fill(star(66, 42), accent)]
}

export const panels: Figure = (dice, { ground, ink, tone, accent }) => {
  const cut = between(dice, 76, 124)
  const lean = between(dice, -16, 16)
  return [
    fill(polygon(16, 20, cut + lean, 20, cut - lean, 86, 16, 86), tone),
    fill(polygon(cut + lean + 8, 20, 184, 20, 184, 86, cut - lean + 8, 86), accent),
    fill(box(16, 94, 168, 66), ink),
    fill(circle(between(dice, 44, 70), 56, 19), ink),
    fill(polygon(184, 20, 184, 56, cut + 40, 86, cut + 64, 20), ground, 0.3),
    fill(
      count(5, (k) => polygon(100, 127, 16 + k * 42, 94, 30 + k * 42, 94)).join(''),
      tone,
      0.8,
    ),
  ]
}

export const moons: Figure = (dice, { ink, tone, accent }) => {
  const lit = Math.floor(dice() * 9)
  return count(9, (k) => {
    const [x, y] = [46 + (k % 3) * 54, 38 + Math.floor(k / 3) * 52]
    const half = dome(x, y + (dice() < 0.5 ? 0 : 10), 20)
    return fill(
      dice() < 0.5 ? circle(x, y, 20) : half,
      k === lit ? accent : k % 2 ? tone : ink,
      k === lit ? 1 : 0.85,
    )
  })
}

export const leaning: Figure = (dice, { ink, tone, accent }) => {
  const widths = count(6, () => between(dice, 15, 26))
  const colors = [tone, ink, accent, tone, ink, tone]
  let x = 20
  const spines = widths.map((w, k) => {
    const [left, top] = [x, between(dice, 40, 70)]
    x += w + 2
    return fill(box(left, top, w, 160 - top), colors[k]!, 0.95)
  })
  return [
    ...spines,
    fill(polygon(x, 160, x + 14, 60, x + 32, 63, x + 18, 160), ink),
    fill(box(10, 160, 180, 5), ink),
  ]
}
