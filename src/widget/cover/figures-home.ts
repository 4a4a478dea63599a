/** Doors, windows and rooms: literary fiction. */
import {
  arch,
  at,
  between,
  box,
  choose,
  circle,
  count,
  type Figure,
  fill,
  petal,
  polygon,
} from './shape.ts'

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
