/**
 * Paints a cover drawing as SVG. Text goes in as text; colours as attributes, not styles. It
 * brings its own letters: it stands in the shadow trees of elements too.
 * Nodes are made by hand, not by templates: a re-rank draws dozens within a frame.
 */

import {
  type CoverArt,
  type CoverDrawing,
  type CoverSubject,
  drawCover,
} from './cover.ts'
import type { CoverLine } from './layouts.ts'
import { COVER_HEIGHT, COVER_WIDTH } from './layouts.ts'
import type { Shape } from './shape.ts'

/** An SVG that fills its box (2 : 3), hidden from screen readers: the card has the title as text. */
export function coverView(subject: CoverSubject, art?: CoverArt): SVGElement {
  const drawing = drawCover(subject, art)
  const cover = node('svg', {
    class: 'drawn',
    width: '100%',
    height: '100%',
    viewBox: `0 0 ${COVER_WIDTH} ${COVER_HEIGHT}`,
    preserveAspectRatio: 'xMidYMid slice',
    'aria-hidden': 'true',
    focusable: 'false',
  })
  cover.style.display = 'block'
  const size = { width: COVER_WIDTH, height: COVER_HEIGHT }
  const stage = node('g', { transform: `translate(0 ${drawing.stageY})` })
  stage.append(...drawing.stage.map(paint))
  cover.append(
    node('rect', { ...size, fill: drawing.inks.ground }),
    ...drawing.back.map(paint),
    stage,
    ...drawing.front.map(paint),
    ...drawing.lines.map((line) => letter(line, drawing)),
  )
  return cover
}

function paint({ d, fill = 'none', stroke, width, opacity }: Shape) {
  return node('path', {
    d,
    fill,
    stroke,
    'stroke-width': width,
    'stroke-linejoin': stroke && 'round',
    'stroke-linecap': stroke && 'round',
    opacity: opacity === 1 ? undefined : opacity,
  })
}

function letter({ role, text, x, y, size }: CoverLine, drawing: CoverDrawing) {
  const line = node('text', {
    x,
    y: Math.round(y * 10) / 10,
    class: role,
    'font-weight': role === 'title' ? 600 : undefined,
    fill: drawing.inks.ink,
    'font-size': size,
    'fill-opacity': role === 'title' ? undefined : drawing.authorOpacity,
    'text-anchor': drawing.anchor,
    direction: drawing.isRightToLeft ? 'rtl' : undefined,
  })
  const letters = role === 'title' ? '--hearth-serif' : '--hearth-sans'
  line.style.fontFamily = `var(${letters})` // an attribute cannot name a property
  line.textContent = text
  return line
}

function node(
  tag: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, String(value))
  }
  return made
}
