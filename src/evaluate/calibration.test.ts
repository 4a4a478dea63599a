import { expect, test } from 'vitest'
import { reliabilityOf } from './calibration.ts'

const said = (predicted: number, happened: boolean) => ({ predicted, happened })

test('a worked example of two bins', () => {
  const predictions = [
    said(0.84, true),
    said(0.86, false),
    said(0.15, false),
    said(0.15, false),
  ]
  const { visitors, ece, bins, bce, baseBce } = reliabilityOf(predictions, 2)
  expect(visitors).toBe(2)
  // |.15 − 0| and |.85 − .5|, half of the predictions each
  expect(ece).toBeCloseTo(0.5 * 0.15 + 0.5 * 0.35, 12)
  expect(bins.map(({ to, count, observed }) => [to, count, observed])).toEqual([
    [0.2, 2, 0],
    [0.9, 2, 0.5],
  ])
  const losses = [0.84, 1 - 0.86, 0.85, 0.85].map((p) => -Math.log(p))
  expect(bce).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / 4, 12)
  expect(baseBce).toBeCloseTo(-(Math.log(0.25) + 3 * Math.log(0.75)) / 4, 12)
})

test('0, 1 and a bin’s upper end belong to the first, the last and that bin', () => {
  const { bins } = reliabilityOf(
    [0, 1, 0.5].map((predicted) => said(predicted, true)),
    1,
  )
  expect(bins.map(({ to }) => to)).toEqual([0.1, 0.5, 1])
})

test('what always happens and is always predicted has no error; nothing has none', () => {
  expect(reliabilityOf([], 0)).toEqual({
    ...{ visitors: 0, ece: 0, bce: 0, baseBce: 0, bins: [] },
  })
  expect(reliabilityOf([said(1, true)], 1).ece).toBe(0)
})

test('a certainty that was wrong costs much, and not everything', () => {
  expect(reliabilityOf([said(1, false)], 1).bce).toBeCloseTo(Math.log(1e6), 6)
})
