/** Printed matter: comics, and anything else. */
import {
  between,
  box,
  circle,
  count,
  dome,
  type Figure,
  fill,
  polygon,
} from './shape.ts'

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
