/** Mountains, towers and forests: fantasy. */
import {
  arch,
  at,
  between,
  box,
  circle,
  count,
  dome,
  type Figure,
  fill,
  line,
  polygon,
  wave,
} from './shape.ts'

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
