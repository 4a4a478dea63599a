/** Patterns of nature and thought: science, belief. */
import {
  arch,
  at,
  between,
  box,
  choose,
  circle,
  count,
  ellipse,
  type Figure,
  fill,
  line,
  petal,
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
  const rungs = count(17, (k) =>
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
    line(rungs, tone, 2.6),
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
