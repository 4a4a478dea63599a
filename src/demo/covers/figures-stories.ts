/** Suns, moons and far cities: science fiction. */
import {
  at,
  between,
  box,
  choose,
  circle,
  count,
  type Dice,
  dome,
  ellipse,
  type Figure,
  fill,
  line,
  polygon,
} from './shape.ts'

const stars = (dice: Dice, many: number, height: number) =>
  count(many, () =>
    circle(between(dice, 8, 192), between(dice, 6, height), between(dice, 0.7, 1.7)),
  ).join('')

export const ringedPlanet: Figure = (dice, { ink, tone, accent }) => {
  const [x, y, r] = [
    between(dice, 74, 126),
    between(dice, 82, 96),
    between(dice, 38, 50),
  ]
  const tilt = choose(dice, [-24, -16, 14, 22])
  const a = (tilt * Math.PI) / 180
  const [dx, dy] = [Math.cos(a) * r * 1.75, Math.sin(a) * r * 1.75]
  const ring = (sweep: number) =>
    at('M', x - dx, y - dy, 'A', r * 1.75, r * 0.42, tilt, 0, sweep, x + dx, y + dy)
  return [
    fill(stars(dice, 16, 160), ink, 0.6),
    line(ring(1), accent, 4, 0.65),
    fill(circle(x, y, r), tone),
    fill(
      at(
        'M',
        x - r * 0.5,
        y - r * 0.87,
        'A',
        r,
        r,
        0,
        0,
        0,
        x + r * 0.5,
        y + r * 0.87,
        'A',
        r * 1.3,
        r * 1.3,
        0,
        0,
        1,
        x - r * 0.5,
        y - r * 0.87,
        'Z',
      ),
      ink,
      0.16,
    ),
    line(ring(0), accent, 4),
    fill(circle(x + r * 1.25, y - r * 1.05, between(dice, 5, 10)), ink),
  ]
}

export const orbits: Figure = (dice, { ink, tone, accent }) => {
  const [x, y] = [between(dice, 50, 150), between(dice, 128, 160)]
  const rings = [32, 56, 82, 110]
  const planets = rings.map((r, k) => {
    const a = between(dice, Math.PI * 1.05, Math.PI * 1.9)
    const dot = circle(
      x + Math.cos(a) * r,
      y + Math.sin(a) * r,
      between(dice, 4, 8) + k,
    )
    return fill(dot, k % 2 ? accent : ink)
  })
  return [
    ...rings.map((r) => line(circle(x, y, r), tone, 1.6, 0.9)),
    fill(circle(x, y, between(dice, 14, 20)), accent),
    ...planets,
  ]
}

export const risingSun: Figure = (dice, { ground, ink, tone, accent }) => {
  const [x, y, r] = [
    between(dice, 84, 116),
    between(dice, 112, 124),
    between(dice, 58, 72),
  ]
  const slits = count(4, (k) => box(x - r, y - 8 - k * 11, r * 2, 5.5 - k * 1.1)).join(
    '',
  )
  const floor = count(5, (k) => at('M', 0, y + 6 + k * k * 3, 'H', 200)).join('')
  const rays = count(9, (k) => at('M', x, y, 'L', x + (k - 4) * 56, 172)).join('')
  return [
    fill(stars(dice, 12, 60), ink, 0.55),
    fill(dome(x, y, r), accent),
    fill(slits, ground),
    fill(box(0, y, 200, 60), ground),
    line(floor + rays, tone, 1.5, 0.85),
    line(at('M 0', y, 'H 200'), ink, 2),
  ]
}

export const spires: Figure = (dice, { ink, tone, accent }) => {
  const tower = (x: number, w: number, top: number) =>
    polygon(x, 172, x, top + 22, x + w / 2, top, x + w, top + 22, x + w, 172)
  const row = (many: number, low: number, high: number) =>
    count(many, (k) =>
      tower(-6 + (k * 212) / many, between(dice, 11, 20), between(dice, low, high)),
    ).join('')
  const x = between(dice, 60, 140)
  return [
    fill(circle(x, between(dice, 52, 66), between(dice, 30, 40)), accent),
    fill(circle(x + choose(dice, [-52, 50]), between(dice, 24, 36), 9), ink, 0.9),
    fill(row(9, 56, 110), tone, 0.55),
    fill(row(7, 84, 130), tone),
  ]
}

// Streets after dark: mystery.

export const blinds: Figure = (dice, { ink, accent }) => {
  const lit = Math.floor(between(dice, 2, 8))
  return count(10, (k) => {
    const top = 24 + between(dice, 0, 70)
    return fill(
      box(8 + k * 19, top, 9, 172 - top),
      k === lit ? accent : ink,
      k === lit ? 1 : 0.26,
    )
  })
}

export const keyhole: Figure = (dice, { ground, ink, tone, accent }) => {
  const x = between(dice, 84, 116)
  const hole = (s: number) =>
    circle(x, 78, 24 * s) +
    polygon(
      x - 9 * s,
      84,
      x + 9 * s,
      84,
      x + 22 * s,
      84 + 62 * s,
      x - 22 * s,
      84 + 62 * s,
    )
  return [
    fill(ellipse(x, 92, 62, 76), tone, 0.5),
    fill(hole(1.22), ink),
    fill(hole(1), ground),
    fill(circle(x + between(dice, -8, 8), between(dice, 70, 82), 6), accent),
  ]
}

export const streetlamp: Figure = (dice, { ink, tone, accent }) => {
  const x = between(dice, 60, 140)
  const side = x > 100 ? -1 : 1
  return [
    fill(polygon(x, 36, x - 62, 174, x + 62, 174), accent, 0.28),
    fill(ellipse(x, 160, 52, 10), accent, 0.5),
    line(
      at('M', x + side * 34, 174, 'V 40 q 0 -16', -side * 16, -16, 'h', -side * 18),
      ink,
      4,
    ),
    fill(polygon(x - 12, 38, x - 7, 24, x + 7, 24, x + 12, 38), ink),
    fill(circle(x, 40, 6), accent),
    fill(
      ellipse(x + side * 4, 130, 7, 17) +
        circle(x + side * 4, 107, 6) +
        box(x + side * 4 - 11, 101, 22, 2.5),
      tone,
    ),
  ]
}

export const skyline: Figure = (dice, { ink, tone, accent }) => {
  const blocks = count(7, (k) => ({ x: -4 + k * 30, top: between(dice, 40, 110) }))
  const lit = Math.floor(dice() * 7)
  const panes = blocks
    .filter((_, k) => k !== lit)
    .map(({ x, top }) =>
      box(x + between(dice, 5, 16), top + between(dice, 10, 26), 5, 8),
    )
  return [
    fill(circle(between(dice, 40, 160), 34, between(dice, 12, 20)), ink, 0.9),
    ...blocks.map(({ x, top }, k) =>
      fill(box(x, top, 25, 174 - top), tone, 0.55 + (k % 3) * 0.2),
    ),
    fill(panes.join(''), ink, 0.7),
    fill(box(blocks[lit]!.x + 8, blocks[lit]!.top + 14, 9, 13), accent),
  ]
}

export const fingerprint: Figure = (dice, { ink, tone, accent }) => {
  const [x, y] = [between(dice, 84, 116), between(dice, 96, 112)]
  const lit = Math.floor(between(dice, 1, 7))
  return count(8, (k) => {
    const [rx, ry] = [8 + k * 8, 11 + k * 10]
    const d = at(
      'M',
      x - rx,
      y + ry * 0.7,
      'V',
      y,
      'A',
      rx,
      ry,
      0,
      0,
      1,
      x + rx,
      y,
      'v',
      ry * between(dice, 0.2, 0.9),
    )
    return line(d, k === lit ? accent : k % 2 ? ink : tone, 3.2, k === lit ? 1 : 0.85)
  })
}

// Things that look back: horror.

export const eye: Figure = (dice, { ground, ink, tone, accent }) => {
  const y = between(dice, 84, 98)
  const x = 100 + between(dice, -14, 14)
  return [
    line(
      count(9, (k) =>
        at(
          'M',
          100 + (k - 4) * 15,
          y - 50 + Math.abs(k - 4) * 5,
          'l',
          (k - 4) * 5,
          -15,
        ),
      ).join(''),
      tone,
      2.4,
    ),
    fill(at('M 16', y, 'Q 100', y - 78, 184, y, 'Q 100', y + 78, 16, y, 'Z'), ink),
    fill(circle(x, y, 30), accent),
    fill(ellipse(x, y, choose(dice, [5, 14]), 22), ground),
  ]
}

export const bareTree: Figure = (dice, { ink, tone, accent }) => {
  const x = between(dice, 78, 122)
  const limbs: string[] = []
  const grow = (px: number, py: number, a: number, length: number) => {
    if (length < 9) return
    const [qx, qy] = [px + Math.cos(a) * length, py + Math.sin(a) * length]
    limbs.push(at('M', px, py, 'L', qx, qy))
    grow(qx, qy, a - between(dice, 0.25, 0.6), length * 0.72)
    grow(qx, qy, a + between(dice, 0.25, 0.6), length * 0.7)
  }
  grow(x, 150, -Math.PI / 2 + between(dice, -0.12, 0.12), 38)
  return [
    fill(circle(x + between(dice, -34, 34), 66, between(dice, 38, 50)), accent),
    line(limbs.join(''), ink, 2.6),
    line(at('M', x, 174, 'V 146'), ink, 7),
    fill(at('M -10 174 V 160 Q', x, 140, 210, 162, 'V 174 Z'), tone),
  ]
}

export const moonrise: Figure = (dice, { ground, ink, tone, accent }) => {
  const x = between(dice, 74, 126)
  const gable = (dx: number, w: number, top: number) =>
    polygon(
      x + dx,
      176,
      x + dx,
      top + 22,
      x + dx + w / 2,
      top,
      x + dx + w,
      top + 22,
      x + dx + w,
      176,
    )
  return [
    fill(circle(x, 78, between(dice, 50, 62)), accent),
    fill(
      gable(-44, 34, 92) + gable(-16, 32, between(dice, 54, 68)) + gable(10, 38, 84),
      ink,
    ),
    fill(box(x - 4, 112, 8, 12), ground),
    ...count(3, (k) =>
      fill(
        at(
          'M -10',
          132 + k * 14,
          'q 60',
          -10 + k * 4,
          110,
          0,
          't 110 0 v 6 q -60 8 -110 0 t -110 0 Z',
        ),
        tone,
        0.7,
      ),
    ),
  ]
}

// Roads and directions: travel.

export const road: Figure = (dice, { ground, ink, tone, accent }) => {
  const x = between(dice, 70, 130)
  return [
    fill(circle(x, 78, between(dice, 30, 42)), accent),
    fill(
      at('M -10 172 V 92 Q', x - 50, between(dice, 62, 78), x, 92, 'T 210 84 V 172 Z'),
      tone,
      0.6,
    ),
    fill(at('M -10 172 V 122 Q', x - 20, 92, 210, 118, 'V 172 Z'), tone),
    fill(
      at(
        'M',
        x,
        104,
        'c 26 14 -44 26 -8 42 q 14 12 -10 28 h 62 q 10 -20 -18 -32 c -26 -14 18 -24 -22 -38 Z',
      ),
      ink,
    ),
    line(at('M', x + 1, 108, 'c 26 12 -36 24 2 40 q 16 12 8 24'), ground, 1.6, 0.8),
  ]
}

export const compass: Figure = (dice, { ink, tone, accent }) => {
  const [x, y, turn] = [between(dice, 86, 114), 92, between(dice, -30, 30)]
  const ray = (a: number, r: number, w: number) => {
    const t = ((a + turn) * Math.PI) / 180
    const [c, s] = [Math.cos(t), Math.sin(t)]
    return polygon(
      x + c * r,
      y + s * r,
      x - s * w,
      y + c * w,
      x - c * w,
      y - s * w,
      x + s * w,
      y - c * w,
    )
  }
  return [
    line(circle(x, y, 62) + circle(x, y, 55), tone, 1.6),
    fill([45, 135, 225, 315].map((a) => ray(a, 40, 7)).join(''), tone),
    fill([0, 90, 180].map((a) => ray(a, 56, 8)).join(''), ink),
    fill(ray(270, 60, 8), accent),
  ]
}

export const dunes: Figure = (dice, { ink, tone, accent }) => {
  const dune = (y: number, crest: number) =>
    at(
      'M -10 174 V',
      y + 20,
      'Q',
      crest * 0.5,
      y + 12,
      crest,
      y,
      'Q',
      crest + 30,
      y + 30,
      210,
      y + 34,
      'V 174 Z',
    )
  return [
    fill(
      circle(between(dice, 44, 156), between(dice, 44, 62), between(dice, 22, 34)),
      accent,
    ),
    fill(dune(86, between(dice, 110, 160)), tone, 0.5),
    fill(dune(108, between(dice, 50, 100)), tone, 0.85),
    fill(dune(134, between(dice, 90, 150)), ink, 0.92),
  ]
}
