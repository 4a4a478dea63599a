import { expect, test } from 'vitest'
import { eventsName, exact, metricName, rowName, short, signed } from './names.ts'

test.each([
  ['fusion', 'Hearth'],
  ['ease+prior', 'EASE + popularity'],
  ['fusion-without-content', 'Hearth without text'],
  ['dial-0.2', 'dial at 0.2'],
  ['something-new', 'something-new'],
  ['something-new+prior', 'something-new + popularity'],
])('the row %s is called %s', (row, name) => {
  expect(rowName(row)).toBe(name)
})

test('metrics keep their list length, unknown ones their name', () => {
  expect(['ndcg@20', 'mrr@5', 'serendipity@20', 'ece'].map(metricName)).toEqual([
    'NDCG@20',
    'MRR@5',
    'serendipity@20',
    'ece',
  ])
})

test('numbers of events are said in words', () => {
  expect(['0', '1', '5', 'all'].map(eventsName)).toEqual([
    'no events',
    '1 event',
    '5 events',
    'all events',
  ])
})

test('numbers have a true minus and a fixed length', () => {
  expect([short(-0.0416), signed(0.0416), signed(-1)]).toEqual([
    '−0.042',
    '+0.042',
    '−1.000',
  ])
  expect(exact(-0.23104)).toBe('−0.2310')
})
