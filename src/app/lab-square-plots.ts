/** Plots of what was predicted against what happened, beside their diagonal. */
import {
  axisX,
  axisY,
  dot,
  gridX,
  gridY,
  line,
  link,
  type PlotOptions,
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
import type { CalibrationBin, RatingBin } from './lab-evaluation.ts'
import { short } from './lab-names.ts'

/** Match shown against share chosen; on the diagonal it can be believed. */
export function calibrationPlot(bins: readonly CalibrationBin[]): Drawing {
  return (width) =>
    square(width, {
      x: { domain: [0, 1], label: 'match shown' },
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
