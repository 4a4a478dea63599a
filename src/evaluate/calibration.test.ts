import { expect, test } from 'vitest'
import { createCalibration } from './measure-visitors.ts'

test('a worked example of two bins', () => {
  const calibration = createCalibration()
  calibration.add(0.84, true)
  calibration.add(0.86, false)
  calibration.add(0.15, false)
  calibration.add(0.15, false)
  const { ece, bins } = calibration.report()
  // |.15 − 0| and |.85 − .5|, half of the predictions each
  expect(ece).toBeCloseTo(0.5 * 0.15 + 0.5 * 0.35, 12)
  expect(bins.map(({ to, count, observed }) => [to, count, observed])).toEqual([
    [0.2, 2, 0],
    [0.9, 2, 0.5],
  ])
})

test('0, 1 and a bin’s upper end belong to the first, the last and that bin', () => {
  const calibration = createCalibration()
  for (const predicted of [0, 1, 0.5]) calibration.add(predicted, true)
  expect(calibration.report().bins.map(({ to }) => to)).toEqual([0.1, 0.5, 1])
})

test('what always happens and is always predicted has no error; nothing has none', () => {
  const calibration = createCalibration()
  expect(calibration.report()).toEqual({ ece: 0, bins: [] })
  calibration.add(1, true)
  expect(calibration.report().ece).toBe(0)
})
