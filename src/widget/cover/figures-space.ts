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
