/** Waves and what sails on them: classics. */
import {
  at,
  between,
  box,
  choose,
  circle,
  count,
  type Figure,
  fill,
  line,
  polygon,
  wave,
} from './shape.ts'

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
