// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { sampleEvaluation } from './evaluation.test-data.ts'
import { parseEvaluation } from './evaluation.ts'
import type { Drawing } from './plots.ts'
import {
  bytesPlot,
  calibrationPlot,
  curvePlot,
  gainPlot,
  lookOf,
  ratingPlot,
  tradeOffPlot,
} from './plots.ts'
import { curvesOf, gainsOf, slicesOf, tradeOffOf } from './series.ts'

const sample = parseEvaluation(sampleEvaluation())
const last = sample.counts.at(-1)!
const curves = curvesOf(sample, 'recall@20')
const ks = sample.counts.map(({ k }) => k)

test.each<[string, Drawing]>([
  ['curves', curvePlot(curves, ks)],
  ['gains', gainPlot(gainsOf(sample, last, 'recall@20'))],
  ['trade-off', tradeOffPlot(tradeOffOf(sample, last, 'ndcg@20')!)],
  ['bytes', bytesPlot(slicesOf(sample), 280)],
  ['calibration', calibrationPlot(last.calibration!.bins)],
  ['ratings', ratingPlot(sample.ratings!.byRating)],
])('%s: nothing that the CSP refuses, no number that is none', (_, draw) => {
  const svg = draw(358)
  expect(svg.getAttribute('width')).toBe('358')
  expect(svg.querySelector('style, script, foreignObject')).toBeNull()
  expect(svg.outerHTML).not.toMatch(/NaN|undefined|Infinity/)
})

test('each line is drawn in its look, again and again in the same order', () => {
  const draw = curvePlot(curves, ks)
  const strokes = () =>
    [...draw(600).querySelectorAll('[aria-label="line"]')].map((g) =>
      g.getAttribute('stroke'),
    )
  const expected = curves.map(({ row }, place) => lookOf(row, place).colour)
  expect(strokes()).toEqual(expected.toReversed())
  expect(strokes()).toEqual(expected.toReversed())
})

test('a line without intervals has no band and breaks nothing', () => {
  const points = [{ k: '0', mean: 0.1 }]
  const svg = curvePlot([{ row: 'fusion', points }], ks)(358)
  expect(svg.querySelectorAll('[aria-label="area"] path')).toHaveLength(0)
  expect(svg.querySelectorAll('[aria-label="dot"] *').length).toBeGreaterThan(0)
})

test('other lines differ in colour, dash and shape from Hearth’s and each other', () => {
  const looks = ['fusion', 'a', 'b', 'c', 'd', 'e'].map(lookOf)
  for (const key of ['colour', 'dash', 'symbol'] as const) {
    expect(new Set(looks.map((look) => look[key])).size).toBe(looks.length)
  }
})
