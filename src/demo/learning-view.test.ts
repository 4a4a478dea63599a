import { expect, test } from 'vitest'
import { comparisonLine, learningLine } from './learning-view.ts'

const counted = { views: 240, taken: 31, guesses: 24 }

test('states whether the ranking follows the visitor, and from how much', () => {
  expect(learningLine({ state: 'waiting', views: 12, taken: 1, guesses: 0 })).toContain(
    '12 seen, 1 opened: too few',
  )
  expect(learningLine({ state: 'on', ...counted })).toContain('follows what you open')
  expect(learningLine({ state: 'off', ...counted })).toContain('did worse')
})

test('compares both rankings once there are guesses enough', () => {
  expect(comparisonLine({ state: 'on', ...counted })).toBeUndefined()
  const takenShare = {
    shipped: 0.2,
    learned: 0.104,
    shippedByIps: 0.2,
    learnedByIps: 0.1,
  }
  const verdict = { takenShare, difference: -0.096, interval: [-0.2, 0.01] as const }
  expect(comparisonLine({ state: 'on', ...counted, ...verdict })).toBe(
    'Of 24 guesses: 10 % opened as learned, 20 % as built; difference -10 % (95 %: -20 % to 1 %).',
  )
})
