/** Streets after dark: mystery. */
import {
  at,
  between,
  box,
  circle,
  count,
  ellipse,
  type Figure,
  fill,
  line,
  polygon,
} from './shape.ts'

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
