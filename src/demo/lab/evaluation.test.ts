import { expect, test } from 'vitest'
import { sampleEvaluation } from './evaluation.test-data.ts'
import { parseEvaluation } from './evaluation.ts'

/** The sample with one value of `meta` put in another's place. */
function withMeta(change: Record<string, unknown>): unknown {
  const sample = sampleEvaluation()
  return { ...sample, meta: { ...sample.meta, ...change } }
}

test('reads what the command writes', () => {
  const written = sampleEvaluation() // of the writer's own type
  const read = parseEvaluation(JSON.parse(JSON.stringify(written)))
  expect(read).toMatchObject({ name: 'Sample Books', visitors: 2000, seed: 7 })
  expect(Object.fromEntries(read.kinds)).toEqual(written.meta.rows)
})

test('numbers of events rise and all comes last, however they are written', () => {
  const { meta, ...counts } = sampleEvaluation()
  const shuffled = { all: counts.all, 50: counts['50'], meta, 2: counts['2'] }
  expect(parseEvaluation(shuffled).counts.map(({ k }) => k)).toEqual(['2', '50', 'all'])
})

test('keeps every figure, and what each number of events has beside them', () => {
  const sample = sampleEvaluation()
  const { counts, settings, ratings, bytes } = parseEvaluation(sample)
  const at5 = counts.find(({ k }) => k === '5')!
  expect(at5.rows.get('fusion')).toEqual(sample['5']?.fusion)
  expect(at5.differences.get('ease')).toEqual(sample.meta.differences['5']?.ease)
  expect(at5.calibration).toEqual(sample.meta.calibration['5'])
  expect(ratings).toEqual(sample.meta.ratings)
  expect(Object.fromEntries(bytes)).toEqual(sample.meta.bytesPerItem)
  expect(settings.get('cf')).toBe('lambda 64, kind item-item')
})

test('a figure that could not be measured (null) is left out', () => {
  const { meta } = sampleEvaluation()
  const { counts } = parseEvaluation({
    meta,
    0: { fusion: { 'recall@20': 0.5, 'mrr@20': null } },
  })
  expect(counts[0]!.rows.get('fusion')).toEqual({ 'recall@20': 0.5 })
})

test('no ratings and no calibration are no fault', () => {
  const { ratings: _, ...meta } = sampleEvaluation().meta
  const evaluation = parseEvaluation({ 0: {}, meta: { ...meta, calibration: {} } })
  expect(evaluation.ratings).toBeUndefined()
  expect(evaluation.counts[0]!.calibration).toBeUndefined()
})

test('what was compared before there were probabilities is passed over', () => {
  const { meta } = sampleEvaluation()
  const old = { 0: { ece: 0.7, bins: [] } }
  const evaluation = parseEvaluation({ 0: {}, meta: { ...meta, calibration: old } })
  expect(evaluation.counts[0]!.calibration).toBeUndefined()
})

test.each([
  ['a list', [], /the evaluation: got \[\]/],
  ['no meta', { 0: {} }, /meta: got nothing/],
  ['another version', withMeta({ version: 2 }), /got 2, expected 1/],
  ['no name', withMeta({ name: 3 }), /meta\.name: got 3, expected text/],
  ['an unknown recall', withMeta({ recall: 'of-some' }), /of-list, of-all/],
  ['an unknown kind of row', withMeta({ rows: { x: 'guess' } }), /meta\.rows\.x/],
  ['a size in words', withMeta({ bytesPerItem: { cf: '9' } }), /bytesPerItem\.cf/],
  ['a rating cut short', withMeta({ ratings: { events: 1 } }), /meta\.ratings\.rmse/],
  ['no events at all', { meta: sampleEvaluation().meta }, /without figures/],
  [
    'odd events',
    { few: {}, meta: sampleEvaluation().meta },
    /got few, expected digits/,
  ],
  [
    'a figure in words',
    { ...sampleEvaluation(), 0: { fusion: { 'recall@20': '.3' } } },
    /fusion\.recall@20: got "\.3"/,
  ],
])('refuses %s', (_, value, message) => {
  expect(() => parseEvaluation(value)).toThrow(message)
})
