/** Plots of the Lab by number of events, by component and by block. */
import {
  areaY,
  axisX,
  axisY,
  barX,
  dot,
  gridX,
  gridY,
  line,
  lineY,
  link,
  type Markish,
  type PlotOptions,
  plot,
  ruleX,
  ruleY,
  text,
} from '@observablehq/plot'
import type { CalibrationBin, RatingBin } from './evaluation.ts'
import { rowName, short, signed } from './names.ts'
import type { Curve, Gain, Slice } from './series.ts'

// What distinguishes lines and blocks: colour, dash and shape together.

export type Shape = 'circle' | 'square2' | 'triangle' | 'diamond2' | 'cross' | 'star'

interface Look {
  /** A CSS colour of lab.css. */
  readonly colour: string
  /** SVG dashes, px; `0` for none. */
  readonly dash: string
  readonly symbol: Shape
  /** Hearth's own. */
  readonly isOwn: boolean
}

const OTHERS: readonly Omit<Look, 'colour' | 'isOwn'>[] = [
  { dash: '7 3', symbol: 'square2' },
  { dash: '2 3', symbol: 'triangle' },
  { dash: '9 3 2 3', symbol: 'diamond2' },
  { dash: '4 2', symbol: 'cross' },
  { dash: '1 4', symbol: 'star' },
]
/** The pack's largest block and the fused score wear the ember. */
const OWN: ReadonlySet<string> = new Set(['fusion', 'cf'])

/** @param place in its plot, from 0; after the fifth other one looks come again */
export function lookOf(row: string, place: number): Look {
  if (OWN.has(row)) {
    return { colour: 'var(--hearth-ember)', dash: '0', symbol: 'circle', isOwn: true }
  }
  const other = (place + OTHERS.length - 1) % OTHERS.length
  return { colour: `var(--lab-${other + 1})`, isOwn: false, ...OTHERS[other]! }
}

// What all plots of the Lab share. They are drawn by Observable Plot as SVG; colours are
// the page's custom properties, so that a plot follows the scheme without being drawn
// again.

/** Draws at a width, px. */
export type Drawing = (width: number) => SVGElement

const EMBER = 'var(--hearth-ember)'
const SOFT = 'var(--hearth-soft)'
/** Grid lines: the page's own hairlines. */
export const GRID = { stroke: 'var(--hearth-line)', strokeOpacity: 1 } as const
/** A name below the ticks of the x axis, and the room for both, px. */
const X_LABEL = {
  tickSize: 0,
  labelAnchor: 'center',
  labelArrow: 'none',
  labelOffset: 38,
} as const
const X_MARGIN = 42

/**
 * Plot puts a <style> into what it draws, which the page's CSP refuses once the plot is
 * in the document: lab.css holds those rules instead.
 */
export function bare(options: PlotOptions): SVGElement {
  const svg = plot({ ...options, className: 'lab-plot' }) as SVGElement
  svg.querySelector('style')?.remove()
  svg.setAttribute('aria-hidden', 'true') // the caption and the table say it
  return svg
}

// Plots of what was predicted against what happened, beside their diagonal.

/** Probability said against share chosen; on the diagonal it can be believed. */
export function calibrationPlot(bins: readonly CalibrationBin[]): Drawing {
  return (width) =>
    square(width, {
      x: { domain: [0, 1], label: 'probability said' },
      y: { domain: [0, 1], label: 'share chosen' },
      r: { range: [0, 12] },
      marks: [
        diagonal([0, 1]),
        line(bins, { x: 'predicted', y: 'observed', stroke: EMBER }),
        dot(bins, {
          x: 'predicted',
          y: 'observed',
          r: 'count',
          fill: EMBER,
          fillOpacity: 0.75,
          title: ({ predicted, observed }) => `${short(predicted)}: ${short(observed)}`,
        }),
      ],
    })
}

/** Ratings given against those predicted: mean, and from 10th to 90th percentile. */
export function ratingPlot(bins: readonly RatingBin[]): Drawing {
  const ends = bins.flatMap(({ rating, low, high }) => [rating, low, high])
  const domain = [Math.min(...ends), Math.max(...ends)] as const
  return (width) =>
    square(width, {
      x: { domain, label: 'rating given', inset: 12 },
      y: { domain, label: 'rating predicted', inset: 12 },
      marks: [
        diagonal(domain),
        link(bins, {
          x: 'rating',
          y1: 'low',
          y2: 'high',
          stroke: EMBER,
          strokeWidth: 6,
          strokeOpacity: 0.35,
          strokeLinecap: 'round',
        }),
        dot(bins, {
          x: 'rating',
          y: 'mean',
          r: 4,
          fill: EMBER,
          title: ({ rating, mean }) => `${rating}: ${short(mean)}`,
        }),
      ],
    })
}

function square(width: number, options: PlotOptions): SVGElement {
  const { marks = [], ...rest } = options
  return bare({
    ...rest,
    width,
    height: 332,
    marginTop: 32,
    marginLeft: 40,
    marginRight: 16,
    marginBottom: X_MARGIN,
    marks: [
      gridX({ ...GRID, ticks: 5 }),
      gridY({ ...GRID, ticks: 5 }),
      axisX({ ...X_LABEL, ticks: 5 }),
      axisY({ ticks: 5, tickSize: 0, labelArrow: 'none' }),
      ...marks,
    ],
  })
}

const diagonal = ([from, to]: readonly [number, number]) =>
  link([[from, to]], {
    x1: from,
    y1: from,
    x2: to,
    y2: to,
    stroke: SOFT,
    strokeDasharray: '4 4',
  })

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

/** One bar a component, right of 0 where it helps, with its 95 % interval. */
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
