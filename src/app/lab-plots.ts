/** Plots of the Lab by number of events, by part and by block. */
import {
  areaY,
  axisX,
  axisY,
  barX,
  dot,
  gridX,
  gridY,
  lineY,
  link,
  type Markish,
  ruleX,
  ruleY,
  text,
} from '@observablehq/plot'
import {
  bare,
  type Drawing,
  EMBER,
  GRID,
  SOFT,
  X_LABEL,
  X_MARGIN,
} from './lab-drawing.ts'
import { type Look, lookOf } from './lab-looks.ts'
import { rowName, short, signed } from './lab-names.ts'
import type { Curve, Gain, Slice } from './lab-series.ts'

/** Below this width plots leave room for fewer ticks, px. */
const NARROW = 480

/** Lines by number of events, Hearth's above the others, each in its 95 % band. */
export function curvePlot(curves: readonly Curve[], ks: readonly string[]): Drawing {
  const drawn = curves.map((curve, place) =>
    curveMarks(curve, lookOf(curve.row, place)),
  )
  return (width) =>
    bare({
      width,
      height: 300,
      marginLeft: 40,
      marginBottom: X_MARGIN,
      x: { type: 'point', domain: ks, padding: 0.3 },
      y: { zero: true, nice: true },
      marks: [
        gridY({ ...GRID, ticks: 5 }),
        axisY({ ticks: 5, tickSize: 0, label: null }),
        axisX({ ...X_LABEL, label: 'events known' }),
        ruleY([0], { stroke: SOFT }),
        ...drawn.toReversed().flat(),
      ],
    })
}

function curveMarks({ row, points }: Curve, look: Look): Markish[] {
  const banded = points.filter(({ low }) => low !== undefined)
  const { colour, dash, symbol, isOwn } = look
  const at = { x: 'k', y: 'mean' } as const
  return [
    areaY(banded, {
      x: 'k',
      y1: 'low',
      y2: 'high',
      fill: colour,
      fillOpacity: isOwn ? 0.2 : 0.1,
    }),
    lineY(points, {
      ...at,
      stroke: colour,
      strokeWidth: isOwn ? 2.5 : 1.5,
      strokeDasharray: dash,
    }),
    dot(points, {
      ...at,
      fill: colour,
      symbol,
      r: isOwn ? 3.5 : 2.5,
      title: ({ k, mean }) => `${rowName(row)}, ${k}: ${short(mean)}`,
    }),
  ]
}

/** One bar a part, right of 0 where it helps, with its 95 % interval. */
export function gainPlot(gains: readonly Gain[]): Drawing {
  return (width) =>
    bare({
      width,
      height: 56 + 30 * gains.length,
      marginLeft: 144,
      marginRight: 16,
      x: { zero: true, nice: true },
      y: { domain: gains.map(({ name }) => name), label: null, padding: 0.45 },
      marks: [
        gridX({ ...GRID, ticks: ticksOf(width) }),
        axisX({ ticks: ticksOf(width), tickSize: 0, label: null }),
        axisY({ tickSize: 0, tickPadding: 8 }),
        barX(gains, {
          x: 'mean',
          y: 'name',
          fill: EMBER,
          fillOpacity: 0.55,
          title: ({ name, mean }) => `${name}: ${signed(mean)}`,
        }),
        link(gains, { x1: 'low', x2: 'high', y: 'name', stroke: 'currentColor' }),
        dot(gains, { x: 'mean', y: 'name', r: 3, fill: 'currentColor' }),
        ruleX([0], { stroke: SOFT }),
      ],
    })
}

/** All blocks in one bar, and where the budget ends. */
export function bytesPlot(slices: readonly Slice[], budget: number): Drawing {
  return (width) =>
    bare({
      width,
      height: 104,
      marginTop: 20,
      marginBottom: X_MARGIN,
      marginLeft: 8,
      marginRight: 32,
      x: { zero: true, domain: [0, Math.max(budget, slices.at(-1)?.to ?? 0)] },
      marks: [
        axisX({ ...X_LABEL, ticks: ticksOf(width), label: 'bytes an item' }),
        barX(slices, {
          x1: 'from',
          x2: 'to',
          fill: ({ block }, place) => lookOf(block, place).colour,
          insetRight: 1,
          title: ({ block, bytes }) => `${rowName(block)}: ${bytes.toFixed(1)}`,
        }),
        ruleX([budget], { stroke: 'currentColor', strokeDasharray: '3 3' }),
        text([budget], { x: budget, frameAnchor: 'top', dy: -14, text: String }),
      ],
    })
}

const ticksOf = (width: number) => (width < NARROW ? 4 : 7)
