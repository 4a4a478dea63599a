import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleEvaluation } from './evaluation.test-data.ts'
import { type Evaluation, parseEvaluation } from './evaluation.ts'
import {
  bestBaseline,
  curveRows,
  curvesOf,
  gainsOf,
  plottedMetrics,
  slicesOf,
  tradeOffOf,
} from './series.ts'

const sample = parseEvaluation(sampleEvaluation())
const at = (k: string) => sample.counts.find((count) => count.k === k)!

/** The sample without some rows, as if they had not been asked for. */
function without(...gone: string[]): Evaluation {
  const rows = (all: Evaluation['counts'][number]['rows']) =>
    new Map([...all].filter(([row]) => !gone.includes(row)))
  const counts = sample.counts.map((count) => ({ ...count, rows: rows(count.rows) }))
  return { ...sample, counts }
}

test('Hearth comes first, then each baseline in its better form, then popularity', () => {
  expect(curveRows(sample)).toEqual([
    'fusion',
    'item-knn',
    'ease+prior',
    'ials+prior',
    'popularity',
  ])
  expect(curveRows(without('ease+prior'))).toContain('ease')
})

test('a line has a point for each number of events that was measured', () => {
  const [hearth] = curvesOf(sample, 'recall@20')
  expect(hearth!.points.map(({ k }) => k)).toEqual(sample.counts.map(({ k }) => k))
  expect(hearth!.points[0]).toMatchObject({ k: '0', mean: 0.1 })
  expect(hearth!.points[0]!.low).toBeCloseTo(0.094, 9)
  expect(hearth!.points[0]!.high).toBeCloseTo(0.106, 9)
})

test('a figure without an interval is drawn without one, one not measured not at all', () => {
  const counts = [
    { k: '0', rows: new Map([['fusion', { 'hit@20': 0.5 }]]), differences: new Map() },
    { k: '1', rows: new Map([['fusion', {}]]), differences: new Map() },
  ]
  const evaluation = { ...sample, counts }
  expect(plottedMetrics(evaluation)).toEqual(['hit@20'])
  expect(curvesOf(evaluation, 'hit@20')).toEqual([
    { row: 'fusion', points: [{ k: '0', mean: 0.5 }] },
  ])
  expect(curvesOf(evaluation, 'recall@20')).toEqual([])
})

test('recall and NDCG are drawn where there is more', () => {
  expect(plottedMetrics(sample)).toEqual(['recall@20', 'ndcg@20'])
})

test('the best baseline may be popularity, and is never a component or an ablation', () => {
  // by hand: at 1 event iALS + popularity .1 + .03·ln 2 = .1208, popularity .1
  expect(bestBaseline(sample, at('1'), 'recall@20')).toMatchObject({
    row: 'ials+prior',
  })
  const bare = without('ease+prior', 'ials+prior')
  const [none] = bare.counts
  expect(bestBaseline(bare, none!, 'recall@20')?.row).toBe('popularity')
  expect(bestBaseline(sample, at('1'), 'novelty@20')).toBeUndefined()
})

test('of baselines that are equal the one that is drawn is named', () => {
  const rows = new Map(['ease', 'ease+prior'].map((row) => [row, { 'mrr@20': 0.5 }]))
  const count = { k: '5', rows, differences: new Map() }
  expect(bestBaseline(sample, count, 'mrr@20')?.row).toBe('ease+prior')
})

test('what a component adds is fusion less the fusion without it', () => {
  const gains = gainsOf(sample, at('all'), 'recall@20')
  expect(gains.map(({ name }) => name)).toEqual(['CF', 'text', 'over ½ CF + ½ text'])
  // by hand: (.035 − .01)·ln 81 = .1099
  expect(gains[0]!.mean).toBeCloseTo(0.1099, 4)
  expect(gains[1]!.mean).toBeLessThan(0)
})

test('a run without ablations has nothing to show', () => {
  const kinds = new Map([...sample.kinds].filter(([, kind]) => kind !== 'ablation'))
  expect(gainsOf({ ...sample, kinds }, at('all'), 'recall@20')).toEqual([])
})

test('slices lie end to end and end at the sum', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 })), (sizes) => {
      const bytes = new Map(sizes.map((size, i) => [`b${i}`, size]))
      const slices = slicesOf({ ...sample, bytes })
      expect(slices.map(({ from, to }) => to - from)).toEqual(sizes)
      slices.forEach(({ from }, i) => {
        expect(from).toBe(i === 0 ? 0 : slices[i - 1]!.to)
      })
    }),
  )
})

test('a trade-off has the lists of the curves, then the dial in its order', () => {
  const { x, y, points } = tradeOffOf(sample, at('5'), 'ndcg@20')!
  expect([x, y]).toEqual(['popularity-lift@20', 'ndcg@20'])
  expect(points.map(({ row }) => row)).toEqual([
    ...curveRows(sample),
    ...['dial-0', 'dial-0.5', 'dial-1'],
  ])
  expect(points.filter(({ isDial }) => isDial)).toHaveLength(3)
  const popular = points.find(({ row }) => row === 'popularity')
  expect(popular!.x).toBeCloseTo(0, 9) // ten times a recall of .1, less 1
  expect(popular!.y).toBeCloseTo(0.09, 9)
})

test('a run that did not measure what a list costs has no trade-off', () => {
  const rows = new Map([['fusion', { 'ndcg@20': 0.2 }]])
  const count = { k: '5', rows, differences: new Map() }
  expect(tradeOffOf(sample, count, 'ndcg@20')).toBeUndefined()
  const one = new Map([['fusion', { 'ndcg@20': 0.2, 'novelty@20': 3 }]])
  expect(tradeOffOf(sample, { ...count, rows: one }, 'ndcg@20')).toBeUndefined()
})
