import { expect, test } from 'vitest'
import { sampleEvaluation } from './evaluation.test-data.ts'
import { parseEvaluation } from './evaluation.ts'
import { tradeOffOf } from './series.ts'
import {
  bytesTable,
  calibrationTable,
  curveTable,
  fullTable,
  gainTable,
  ratingTable,
  type Table,
  tradeOffTable,
} from './tables.ts'

const sample = parseEvaluation(sampleEvaluation())
const at5 = sample.counts.find(({ k }) => k === '5')!
const namesOf = ({ rows }: Table) => rows.map(([name]) => name)

test('every table has a cell for each column', () => {
  const tables = [
    curveTable(sample, 'recall@20'),
    gainTable(sample, 'ndcg@20'),
    bytesTable(sample),
    calibrationTable(at5.calibration!),
    ratingTable(sample.ratings!),
    fullTable(sample, at5),
    tradeOffTable(tradeOffOf(sample, at5, 'ndcg@20')!),
  ]
  for (const { head, rows } of tables) {
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(row).toHaveLength(head.length)
  }
})

test('the curve’s table also holds what is not drawn, with its interval', () => {
  const table = curveTable(sample, 'recall@20')
  expect(table.head).toEqual([
    'Events',
    '0',
    '1',
    '2',
    '3',
    '5',
    '10',
    '20',
    '50',
    'all',
  ])
  expect(namesOf(table)).toContain('EASE')
  expect(namesOf(table)).not.toContain('Hearth without CF')
  const hearth = table.rows.find(([name]) => name === 'Hearth')!
  expect(hearth[1]).toEqual({ value: '0.1000', interval: '0.0940 to 0.1060' })
})

test('a figure that was not measured is a dash', () => {
  const { rows } = curveTable(sample, 'novelty@20')
  expect(rows[0]!.slice(1)).toEqual(sample.counts.map(() => ({ value: '–' })))
})

test('what components add keeps one line a component through all numbers of events', () => {
  const { rows } = gainTable(sample, 'recall@20')
  expect(rows.map(([name]) => name)).toEqual(['CF', 'text', 'over ½ CF + ½ text'])
  // by hand, no events: fusion .1 less the blend's .04
  expect(rows[2]![1]).toEqual({ value: '0.0600', interval: '0.0540 to 0.0660' })
})

test('the full table has every metric once and no ends of intervals', () => {
  const { head } = fullTable(sample, at5)
  expect(head).toEqual([
    'Row',
    'Recall@20',
    'NDCG@20',
    'Precision@20',
    'Coverage@20',
    'Popularity lift@20',
  ])
})

test('an empty run makes empty tables', () => {
  expect(curveTable({ ...sample, counts: [] }, 'recall@20').head).toEqual(['Events'])
  expect(gainTable({ ...sample, counts: [] }, 'recall@20').rows).toEqual([])
})
