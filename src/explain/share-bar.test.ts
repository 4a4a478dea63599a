import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Reason } from './reason.ts'
import { shareBar } from './share-bar.ts'

fc.configureGlobal({ seed: 1 }) // the same cases every run

const reason = (share: number): Reason => ({ part: 'cf', text: '', share })

test('gives whole percents, the largest remainders rounded up', () => {
  const thirds = [1 / 3, 1 / 3, 1 / 3].map(reason)
  expect(shareBar(thirds).map(({ percent }) => percent)).toEqual([34, 33, 33])
  const mixed = [0.505, 0.289, 0.206].map(reason)
  expect(shareBar(mixed).map(({ percent }) => percent)).toEqual([50, 29, 21])
})

test('sums to 100 for any shares', () => {
  const weights = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), {
    minLength: 1,
    maxLength: 7,
  })
  fc.assert(
    fc.property(weights, (values) => {
      const total = values.reduce((sum, x) => sum + x, 0)
      const bar = shareBar(values.map((x) => reason(x / total)))
      expect(bar.reduce((sum, { percent }) => sum + percent, 0)).toBe(100)
    }),
  )
})

test('is empty for no reasons', () => {
  expect(shareBar([])).toEqual([])
})
