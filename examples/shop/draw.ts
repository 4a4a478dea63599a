/**
 * Draws the pictures of the made-up shop: one SVG for each line of items.csv, by its kind
 * and its colour.
 *
 *   npx tsx examples/shop/draw.ts
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

/** Body, shade, light and ground of each colour. */
const COLOURS: Readonly<Record<string, readonly [string, string, string, string]>> = {
  'sea blue': ['#3f6f8c', '#2c5068', '#7fa9c0', '#e3ebec'],
  sand: ['#d2b48a', '#b0906a', '#ecdcbf', '#f1ebe0'],
  coral: ['#d9674a', '#b24d34', '#f09c80', '#f6e7df'],
  moss: ['#6f7f4f', '#525f39', '#a3b17f', '#eaece0'],
  cream: ['#efe5d2', '#cfc0a3', '#fbf6ea', '#e6dccb'],
  brass: ['#c39a4b', '#947130', '#e6c987', '#f2ebdb'],
  smoke: ['#8d8f93', '#63666b', '#bcbec2', '#e9e9e8'],
  oak: ['#b98a55', '#8c643a', '#dcb687', '#f1e8dc'],
  ink: ['#2f3440', '#1c2029', '#5d6474', '#e5e5e6'],
}

interface Paint {
  readonly body: string
  readonly shade: string
  readonly light: string
  /** 1–5: each item of a kind is a little different. */
  readonly number: number
}

const path = (d: string, fill: string, more = '') =>
  `<path d="${d}" fill="${fill}"${more}/>`
const stroke = (d: string, colour: string, width: number) =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`
const circle = (x: number, y: number, r: number, fill: string) =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`
const box = (x: number, y: number, w: number, h: number, r: number, fill: string) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${fill}"/>`

function mug({ body, shade, light, number }: Paint): string {
  const [width, height] = [
    150 + (number % 3) * 18,
    number === 3 ? 110 : 150 + (number % 2) * 24,
  ]
  const left = 190 - width / 2
  const top = 300 - height
  return [
    stroke(`M${left + width - 4} ${top + 30}q62 4 54 52q-6 42 -62 36`, shade, 20),
    path(
      `M${left} ${top}h${width}l-8 ${height - 22}q-2 22 -24 22h${-width + 64}q-22 0 -24 -22z`,
      body,
    ),
    path(
      `M${left} ${top}h${width * 0.26}l-2 ${height}h-18q-22 0 -24 -22z`,
      light,
      ' opacity=".45"',
    ),
    `<ellipse cx="190" cy="${top}" rx="${width / 2}" ry="13" fill="${shade}"/>`,
    number === 5
      ? stroke(`M${left + 2} ${top}q${width / 2} 26 ${width - 4} 0`, '#c8503a', 6)
      : '',
    number % 2
      ? ''
      : path(
          `M${left + 3} ${top + 42}q${width / 2} 34 ${width - 6} 0l-2 34q${-width / 2 + 2} 34 ${-width + 10} 0z`,
          shade,
          ' opacity=".55"',
        ),
  ].join('')
}

function lamp({ body, shade, light, number }: Paint): string {
  const wide = 84 + number * 6
  const cover = number === 2 ? light : '#f6ead2'
  return [
    box(194, 170, 12, 130, 4, shade),
    `<ellipse cx="200" cy="304" rx="${54 + number * 4}" ry="14" fill="${body}"/>`,
    number === 4
      ? path('M182 180q18 20 0 60q-14 34 2 62h32q16 -28 2 -62q-18 -40 0 -60z', body)
      : '',
    number === 3 ? circle(200, 232, 34, body) : '',
    path(`M${200 - wide / 2} 90h${wide}l34 92h${-wide - 68}z`, cover),
    path(
      `M${200 - wide / 2} 90h${wide * 0.3}l-22 92h${-wide * 0.3 - 12}z`,
      '#fff',
      ' opacity=".4"',
    ),
    stroke(`M${200 - wide / 2 - 33} 182h${wide + 66}`, body, 7),
  ].join('')
}

function chair({ body, shade, light, number }: Paint): string {
  const wood = number === 4 ? '#8c643a' : shade
  if (number === 3) {
    return [
      ...['M150 200l-26 116', 'M250 200l26 116', 'M200 204v112'].map((d) =>
        stroke(d, wood, 14),
      ),
      stroke('M138 262h124', wood, 9),
      `<ellipse cx="200" cy="192" rx="86" ry="22" fill="${body}"/>`,
      `<ellipse cx="200" cy="186" rx="80" ry="17" fill="${light}"/>`,
    ].join('')
  }
  if (number === 5) {
    return [
      stroke('M120 310L270 96', wood, 13),
      stroke('M286 310L152 150', wood, 13),
      path('M262 108q-24 92 -104 118l-16 26q104 -18 146 -128z', body),
      path(
        'M262 108l13 8q-30 96 -124 128l8 -18q80 -28 103 -118z',
        light,
        ' opacity=".6"',
      ),
    ].join('')
  }
  const isSoft = number === 4
  const seat = isSoft ? 54 : 24
  return [
    stroke('M136 214l-10 102', wood, 13),
    stroke('M264 214l10 102', wood, 13),
    isSoft
      ? box(122, 92, 156, 136, 46, body)
      : [
          stroke('M138 214V96', wood, 13),
          stroke('M262 214V96', wood, 13),
          box(132, 92, 136, 46, 14, body),
        ].join(''),
    box(116, 204, 168, seat, isSoft ? 26 : 10, light),
    number === 2
      ? [stroke('M126 168h-20v44', wood, 11), stroke('M274 168h20v44', wood, 11)].join(
          '',
        )
      : '',
    isSoft
      ? [box(98, 176, 44, 88, 22, shade), box(258, 176, 44, 88, 22, shade)].join('')
      : '',
  ].join('')
}

function cushion({ body, shade, light, number }: Paint): string {
  const lines = Array.from({ length: 9 }, (_, line) => {
    const y = 122 + line * 20
    const wave =
      number === 1
        ? `q25 -14 50 0t50 0t50 0t40 0`
        : number === 2
          ? 'l24 -12l24 12l24 -12l24 12l24 -12l24 12l24 -12l22 12'
          : 'h190'
    return stroke(`M105 ${y}${wave}`, light, number > 2 ? 2 : 6)
  })
  return [
    path('M96 106q104 18 208 0q-16 100 0 204q-104 -16 -208 0q16 -104 0 -204z', body),
    number < 4
      ? `<g opacity=".7">${lines.join('')}</g>`
      : path('M118 128q82 12 130 2q-60 40 -124 96z', light, ' opacity=".4"'),
    stroke(
      'M96 106q104 18 208 0q-16 100 0 204q-104 -16 -208 0q16 -104 0 -204z',
      shade,
      5,
    ),
  ].join('')
}

const VASES = [
  'M184 86h32v70q44 30 44 96q0 62 -60 62t-60 -62q0 -66 44 -96z',
  'M164 92h72q-8 34 26 82q40 60 -12 140h-100q-52 -80 -12 -140q34 -48 26 -82z',
  'M168 76h64l-8 62q34 70 18 176h-84q-16 -106 18 -176z',
  'M146 110h108l-26 204h-56z',
  'M164 100h72v30q62 30 62 96q0 88 -98 88t-98 -88q0 -66 62 -96z',
]

function vase({ body, shade, light, number }: Paint): string {
  const d = VASES[number - 1]!
  const clip = `<clipPath id="v"><path d="${d}"/></clipPath>`
  return [
    clip,
    number === 1 || number === 4
      ? [
          stroke('M200 120q-10 -50 26 -92', '#6f7f4f', 5),
          circle(228, 30, 13, '#e9b44c'),
          circle(206, 52, 9, '#e9b44c'),
        ].join('')
      : '',
    path(d, body),
    `<g clip-path="url(#v)">${box(100, 60, 66, 270, 0, light).replace('/>', ' opacity=".4"/>')}${number % 2 ? box(80, 222, 240, 110, 0, shade).replace('/>', ' opacity=".6"/>') : ''}</g>`,
  ].join('')
}

function notebook({ body, shade, light, number }: Paint): string {
  const [w, h] = number === 2 ? [130, 180] : number === 5 ? [220, 170] : [164, 214]
  const [x, y] = [200 - w / 2, 206 - h / 2]
  return [
    box(x + 10, y + 10, w, h, 8, '#fbf7ee'),
    box(x, y, w, h, 8, body),
    box(x, y, 20, h, 8, shade),
    number % 2
      ? box(x + w * 0.3, y + h * 0.2, w * 0.5, h * 0.16, 4, light)
      : stroke(`M${x + w - 26} ${y}v${h}`, light, 7),
    number > 2 ? path(`M${x + w * 0.62} ${y + h}v34l9 -11l9 11v-34z`, '#c8503a') : '',
  ].join('')
}

function bag({ body, shade, light, number }: Paint): string {
  const isWide = number === 2 || number === 3
  const [w, h] = isWide ? [224, 150] : [176, 176]
  const [x, y] = [200 - w / 2, 314 - h]
  const stripes = [0, 1, 2, 3].map((k) =>
    box(x + 6, y + 30 + k * 38, w - 12, 14, 0, light),
  )
  return [
    stroke(`M${x + w * 0.26} ${y + 6}q4 -92 ${w * 0.24} -92t${w * 0.24} 92`, shade, 11),
    path(
      `M${x} ${y}h${w}l10 ${h - 16}q1 16 -16 16h${-w - 8 + 20}q-17 0 -16 -16z`,
      body,
    ),
    number === 4 ? stripes.join('') : '',
    number === 5
      ? path(`M${x} ${y}h${w}l4 70q${-w / 2 - 4} 40 ${-w - 8} 0z`, shade)
      : '',
    number === 5 ? box(188, y + 74, 24, 30, 5, '#e6c987') : '',
    isWide ? box(x + 4, y + h - 44, w + 2, 40, 12, shade) : '',
  ].join('')
}

function clock({ body, shade, light, number }: Paint): string {
  const r = 76 + number * 7
  const y = number === 4 ? 216 : 206
  const ticks = Array.from({ length: 12 }, (_, hour) => {
    const turn = (hour * Math.PI) / 6
    const at = (far: number) =>
      `${(200 + Math.sin(turn) * far).toFixed(1)} ${(y - Math.cos(turn) * far).toFixed(1)}`
    return number === 1
      ? ''
      : stroke(`M${at(r * 0.72)}L${at(r * 0.8)}`, shade, hour % 3 ? 3 : 6)
  })
  return [
    number === 4
      ? [
          stroke('M150 296l-14 20', shade, 12),
          stroke('M250 296l14 20', shade, 12),
          circle(140, 118, 24, shade),
          circle(260, 118, 24, shade),
        ].join('')
      : '',
    circle(200, y, r, body),
    circle(200, y, r * 0.86, '#fbf7ee'),
    ...ticks,
    stroke(`M200 ${y}L${200 - r * 0.34} ${y - r * 0.3}`, '#2f3440', 8),
    stroke(`M200 ${y}L${200 + r * 0.16} ${y - r * 0.62}`, '#2f3440', 5),
    circle(200, y, 7, light),
  ].join('')
}

const KINDS: Readonly<Record<string, (paint: Paint) => string>> = {
  ...{ mug, lamp, chair, cushion, vase, notebook, bag, clock },
}

function draw(id: string, colour: string): string {
  const [kind, number] = id.split('-') as [string, string]
  const [body, shade, light, ground] = COLOURS[colour]!
  const shadow =
    '<ellipse cx="200" cy="322" rx="120" ry="12" fill="#000" opacity=".1"/>'
  const thing = KINDS[kind]!({ body, shade, light, number: Number(number) })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">${box(0, 0, 400, 400, 0, ground)}${shadow}${thing}</svg>\n`
}

const folder = new URL('.', import.meta.url)
const rows = parse(readFileSync(new URL('items.csv', folder)), { columns: true }) as {
  readonly id: string
  readonly colour: string
}[]
mkdirSync(new URL('pictures/', folder), { recursive: true })
for (const { id, colour } of rows) {
  writeFileSync(new URL(`pictures/${id}.svg`, folder), draw(id, colour))
}
console.log(`${rows.length} pictures`)
