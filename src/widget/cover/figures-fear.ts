/** Things that look back: horror. */
import {
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
  polygon,
} from './shape.ts'

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
