/** Wallpaper for covers with a label: drawn over the whole 200 × 300 cover. */
import {
  at,
  between,
  choose,
  circle,
  count,
  type Figure,
  fill,
  line,
  petal,
} from './shape.ts'

/** Calls `make` on the nodes of a staggered grid that covers the whole cover. */
function grid(
  step: number,
  rise: number,
  make: (x: number, y: number, k: number) => string,
) {
  const columns = Math.ceil(200 / step) + 2
  const rows = Math.ceil(300 / rise) + 2
  return count(columns * rows, (k) => {
    const row = Math.floor(k / columns)
    return make(((k % columns) - 0.5 + (row % 2) / 2) * step, row * rise, k)
  })
}

export const scallops: Figure = (dice, { tone, accent }) => {
  const step = between(dice, 28, 40)
  const fans = (s: number) =>
    grid(step, step / 2, (x, y) =>
      at('M', x - s, y, 'a', s, s, 0, 0, 1, s * 2, 0),
    ).join('')
  return [
    line(fans(step * 0.5), tone, 2),
    line(fans(step * 0.32), tone, 1.4),
    fill(grid(step, step / 2, (x, y) => circle(x, y - 2, 2)).join(''), accent),
  ]
}

export const sprigs: Figure = (dice, { tone, accent }) => {
  const step = between(dice, 40, 52)
  const turns = count(7, () => between(dice, -40, 40))
  const sprig = (x: number, y: number, k: number) => {
    const turn = turns[k % 7]!
    return (
      petal(x, y, 21, turn, 0.3) +
      petal(x, y, 16, turn + 62, 0.3) +
      petal(x, y, 16, turn - 62, 0.3)
    )
  }
  return [
    fill(grid(step, step * 0.8, sprig).join(''), tone),
    fill(grid(step, step * 0.8, (x, y) => circle(x, y + 6, 2.6)).join(''), accent),
  ]
}

export const diamonds: Figure = (dice, { tone, accent }) => {
  const s = between(dice, 15, 21)
  const lozenge = (r: number) => (x: number, y: number) =>
    at('M', x, y - r * 1.5, 'l', r, r * 1.5, -r, r * 1.5, -r, -r * 1.5, 'Z')
  return [
    line(grid(s * 2, s * 1.5, lozenge(s)).join(''), tone, 1.6),
    fill(
      grid(s * 2, s * 1.5, lozenge(s * 0.34)).join(''),
      choose(dice, [tone, accent]),
    ),
  ]
}

export const chevrons: Figure = (dice, { tone, accent }) => {
  const step = between(dice, 20, 28)
  const zigzag = (y: number) =>
    `M -20 ${at(y)} ${count(12, (k) => at('l', step, k % 2 ? step * 0.7 : -step * 0.7)).join(' ')}`
  const rows = count(26, (k) => k)
  const lit = Math.floor(between(dice, 2, 5))
  return [
    line(
      rows
        .filter((k) => k % lit)
        .map((k) => zigzag(k * 14))
        .join(''),
      tone,
      4,
    ),
    line(
      rows
        .filter((k) => k % lit === 0)
        .map((k) => zigzag(k * 14))
        .join(''),
      accent,
      4,
    ),
  ]
}

export const seeds: Figure = (dice, { tone, accent }) => {
  const step = between(dice, 20, 27)
  const turn = between(dice, 0, 180)
  const lean = (x: number, y: number, k: number) =>
    petal(x, y, 13, turn + (k % 3) * 24, 0.36)
  return [
    fill(grid(step, step * 0.8, lean).join(''), tone),
    fill(
      grid(step * 3, step * 2.4, (x, y) => circle(x + step * 0.5, y + 7, 3.4)).join(''),
      accent,
    ),
  ]
}

export const marbling: Figure = (dice, { tone, accent }) => {
  const lit = Math.floor(between(dice, 3, 11))
  return count(15, (k) => {
    const y = -10 + k * 24
    const d = at(
      'M -10',
      y,
      'C',
      between(dice, 20, 60),
      y + 44,
      between(dice, 60, 110),
      y - 44,
      between(dice, 110, 130),
      y,
      'S',
      between(dice, 160, 190),
      y + 40,
      214,
      y - 12,
    )
    return line(d, k === lit ? accent : tone, k === lit ? 5 : 3)
  })
}
