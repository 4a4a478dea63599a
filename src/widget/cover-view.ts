/** Paints a cover drawing as SVG. Text goes in as text; colours as attributes, not styles. */
import { html, nothing, svg, type TemplateResult } from 'lit'
import { COVER_HEIGHT, COVER_WIDTH } from './cover/layouts.ts'
import type { CoverLine } from './cover/set-block.ts'
import type { Shape } from './cover/shape.ts'
import { type CoverArt, type CoverSubject, drawCover } from './cover.ts'

/** An SVG that fills its box (2 : 3), hidden from screen readers: the card says the title. */
export function coverView(subject: CoverSubject, art?: CoverArt): TemplateResult {
  const drawing = drawCover(subject, art)
  const { inks, stageY, anchor } = drawing
  const direction = drawing.isRightToLeft ? 'rtl' : nothing
  const paintLine = ({ role, text, x, y, size }: CoverLine) => svg`<text
    class=${role} x=${x} y=${round(y)} font-size=${size} fill=${inks.ink}
    fill-opacity=${role === 'title' ? 1 : drawing.authorOpacity}
    text-anchor=${anchor} direction=${direction}>${text}</text>`
  return html`<svg
    class="drawn" viewBox="0 0 ${COVER_WIDTH} ${COVER_HEIGHT}" aria-hidden="true"
    preserveAspectRatio="xMidYMid slice" focusable="false">
    <rect width=${COVER_WIDTH} height=${COVER_HEIGHT} fill=${inks.ground}></rect>
    ${drawing.back.map(paint)}
    <g transform="translate(0 ${stageY})">${drawing.stage.map(paint)}</g>
    ${drawing.front.map(paint)}
    ${drawing.lines.map(paintLine)}
  </svg>`
}

const paint = ({ d, fill = 'none', stroke, width, opacity = 1 }: Shape) => svg`<path
  d=${d} fill=${fill} stroke=${stroke ?? nothing} stroke-width=${width ?? nothing}
  stroke-linejoin="round" stroke-linecap="round"
  opacity=${opacity === 1 ? nothing : opacity}></path>`

const round = (value: number) => Math.round(value * 10) / 10
