import { expect, test } from 'vitest'
import { sampleEvaluation } from './evaluation.test-data.ts'
import { parseEvaluation } from './evaluation.ts'
import {
  bytesWords,
  calibrationWords,
  curveWords,
  gainWords,
  ratingWords,
} from './sentences.ts'

const sample = parseEvaluation(sampleEvaluation())

test('a curve is described at few events and at the last number', () => {
  // by hand: .1 + .035·ln 6 = .163 and .1 + .03·ln 6 = .154; ln 81 for all
  expect(curveWords(sample, 'recall@20')).toBe(
    'With 5 events: Hearth reaches 0.163 (95 % 0.157 to 0.169); the best baseline, iALS + popularity, 0.154. ' +
      'With all events: Hearth reaches 0.254 (95 % 0.248 to 0.260); the best baseline, iALS + popularity, 0.232.',
  )
})

test('where there is no baseline, none is named', () => {
  const rows = new Map([['fusion', { 'mrr@20': 0.2 }]])
  const counts = [{ k: '1', rows, differences: new Map() }]
  expect(curveWords({ ...sample, counts }, 'mrr@20')).toBe(
    'With 1 event: Hearth reaches 0.200.',
  )
  expect(curveWords({ ...sample, counts }, 'ndcg@20')).toBe('')
})

test('what cannot be distinguished from chance, and what harms, is named', () => {
  const gain = (name: string, mean: number, half: number) => ({
    row: name,
    name,
    mean,
    low: mean - half,
    high: mean + half,
  })
  const gains = [
    gain('CF', 0.05, 0.01),
    gain('text', 0.001, 0.002),
    gain('facts', -0.03, 0.01),
  ]
  expect(gainWords(gains, 'all', 'ndcg@20')).toBe(
    'With all events the largest difference is CF: +0.050 (95 % +0.040 to +0.060) of NDCG@20. ' +
      'Not distinguishable from chance: text. Lists are better without: facts.',
  )
  expect(gainWords([gain('CF', 0.05, 0.01)], '1', 'ndcg@20')).not.toContain('chance')
})

test('bytes are summed and set beside the budget', () => {
  expect(bytesWords(sample)).toBe(
    '271.9 bytes an item, of 280 allowed: 2.7 MB for 10,000 items.',
  )
})

test('a calibration is weighted by how often each probability was shown', () => {
  const bins = [
    { to: 0.5, count: 30, predicted: 0.4, observed: 0.1 },
    { to: 1, count: 10, predicted: 0.8, observed: 0.5 },
  ]
  const measured = { visitors: 2, ece: 0.3, bce: 0.6, baseBce: 0.5, bins }
  // by hand: (30·.4 + 10·.8)/40 = .5, (30·.1 + 10·.5)/40 = .2
  expect(calibrationWords(measured, '0')).toBe(
    'With no events the probability is 50.0 % on average over the first 20, and 20.0 % of them were chosen, by 2 held-out visitors. Expected calibration error: 0.300. Cross-entropy: 0.600; one probability for all would have 0.500.',
  )
})

test('ratings stand beside their baseline', () => {
  expect(ratingWords(sample.ratings!)).toContain(
    '0.861 stars over 900 held-out ratings',
  )
})
