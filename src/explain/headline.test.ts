import { expect, test } from 'vitest'
import { headline } from './headline.ts'
import type { Reason } from './reason.ts'

const whole: Reason = { part: 'tower', text: 'fits your taste as a whole', share: 0.5 }
const dune = (share: number): Reason => ({
  ...{ part: 'cf', text: 'because you saved Dune', share, itemId: 'dune' },
})

test('a named reason leads when it has half the share of a general one', () => {
  expect(headline([whole, dune(0.25)])?.itemId).toBe('dune')
})

test('a weak named reason does not', () => {
  expect(headline([whole, dune(0.2)])).toBe(whole)
})

test('the strongest leads when it names an item itself', () => {
  const [strong, weak] = [dune(0.6), { ...dune(0.4), text: 'other' }]
  expect(headline([strong, weak])).toBe(strong)
})

test('no reasons, no headline', () => {
  expect(headline([])).toBeUndefined()
})
