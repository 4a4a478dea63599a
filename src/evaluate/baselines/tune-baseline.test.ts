import { expect, test } from 'vitest'
import { positivesOf } from '../../build/planted.test-data.ts'
import type { Axis, Baseline } from './baseline.ts'
import { tuneBaseline } from './prepare.ts'

interface Settings {
  readonly a: number
  readonly b: number
}
const train = positivesOf([[0]], 1)

/** Its one score is its settings' worth: best at a = best.a, b = best.b. */
function hill(best: Settings, axes: readonly Axis<Settings>[]) {
  const tried: Settings[] = []
  const baseline: Baseline<Settings> = {
    name: 'hill',
    start: { a: 8, b: 8 },
    axes,
    isAffordable: () => true,
    fit: (_, settings) => {
      tried.push(settings)
      const { a, b } = settings
      const worth = -(Math.log(a / best.a) ** 2) - Math.log(b / best.b) ** 2
      return () => Float32Array.of(worth)
    },
  }
  const quality = (scorer: (history: Uint32Array) => Float32Array) =>
    scorer(new Uint32Array(0))[0]
  return { tuned: tuneBaseline(baseline, train, quality), tried }
}

const axes = [
  { setting: 'a', factor: 2 },
  { setting: 'b', factor: 2 },
] as const

test('walks up one axis and down the other, past any first guess', () => {
  const { tuned, tried } = hill({ a: 256, b: 0.25 }, axes)
  expect(tuned.settings).toEqual({ a: 256, b: 0.25 })
  // a worse neighbour was seen beyond each end
  expect(tried).toContainEqual({ a: 512, b: 8 })
  expect(tried).toContainEqual({ a: 256, b: 0.125 })
})

test('stays where it starts if every neighbour is worse, both sides seen', () => {
  const { tuned, tried } = hill({ a: 8, b: 8 }, axes.slice(0, 1))
  expect(tuned.settings).toEqual({ a: 8, b: 8 })
  expect(tried.map(({ a }) => a)).toEqual([8, 16, 4])
})

test('keeps to the ends of an axis', () => {
  const { tuned } = hill({ a: 1024, b: 8 }, [{ setting: 'a', factor: 2, max: 64 }])
  expect(tuned.settings.a).toBe(64)
})
