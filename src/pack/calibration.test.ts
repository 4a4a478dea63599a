import { expect, test } from 'vitest'
import { type Calibration, checkCalibration } from './calibration.ts'
import { sampleCalibration, sampleCurve } from './sample-calibration.test-data.ts'

const place = { file: 'manifest.json', at: 'calibration' }
const check = (value: unknown) => checkCalibration(value, place, 7)
const withCurve = (change: object): unknown => ({
  ...sampleCalibration,
  buckets: sampleCalibration.buckets.with(2, { ...sampleCurve, ...change } as never),
})

test('a calibration comes out as it went in, without what is not known', () => {
  expect(check(sampleCalibration)).toEqual(sampleCalibration)
  const more = withCurve({ mood: 3 }) as Calibration
  expect(check({ ...more, by: 'hand' })).toEqual(sampleCalibration)
})

test.each([
  ['a text', 'yes', 'wrong calibration: got "yes", expected an object'],
  ['nobody measured', { ...sampleCalibration, people: 0 }, 'calibration.people: got 0'],
  [
    'too few buckets',
    { ...sampleCalibration, buckets: [] },
    'calibration.buckets: got 0',
  ],
  ['a place too few', withCurve({ places: [0] }), 'buckets.2.places: got 1'],
  [
    'later places that are likelier',
    withCurve({ places: sampleCurve.places.toReversed() }),
    'expected numbers that never rise',
  ],
  ['a score that counts against itself', withCurve({ gap: -1 }), 'gap: got -1'],
  ['a number that is none', withCurve({ lift: null }), 'buckets.2.lift: got null'],
  [
    'levels turned round',
    withCurve({ levels: [2, 1] }),
    'expected the lower one first',
  ],
])('is refused with %s', (_, value, message) => {
  expect(() => check(value)).toThrow(
    expect.objectContaining({
      code: 'bad-pack',
      message: expect.stringContaining(message),
    }),
  )
})
