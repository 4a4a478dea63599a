/** Roads and directions: travel. */
import { at, between, circle, type Figure, fill, line, polygon } from './shape.ts'

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
