import { expect, test } from 'vitest'
import { FUSED_COMPONENTS, FUSION_BUCKETS } from '../pack/pack.ts'
import {
  bucketOf,
  constantFusion,
  defaultFusion,
  defaultFusionFor,
  halfBlend,
  weightsFor,
} from './fusion.ts'
import { samplePack } from './sample-pack.test-data.ts'

test.each([
  [0, 0],
  [1, 1],
  [2, 1],
  [3, 2],
  [5, 2],
  [6, 3],
  [20, 4],
  [21, 5],
  [50, 5],
  [51, 6],
  [1e9, 6],
])('%i events are in bucket %i', (events, bucket) => {
  expect(bucketOf(events)).toBe(bucket)
})

test('counts NaN and less than nothing as no events', () => {
  expect(bucketOf(Number.NaN)).toBe(0)
  expect(bucketOf(-1)).toBe(0)
})

test('has weights for every bucket, a number for every component', () => {
  for (const fusion of [defaultFusion, halfBlend]) {
    expect(fusion.buckets).toHaveLength(FUSION_BUCKETS.length)
    for (const bucket of fusion.buckets) {
      for (const component of FUSED_COMPONENTS)
        expect(bucket[component]).toBeGreaterThanOrEqual(0)
    }
  }
})

test('hands over from towers and popularity to item-item memory as events come in', () => {
  const few = weightsFor(defaultFusion, 1)
  const many = weightsFor(defaultFusion, 60)
  expect(few.tower).toBeCloseTo(1 / (1 + 1 / 20), 6)
  expect(few.tower).toBeGreaterThan(few.cf)
  expect(many.cf).toBeGreaterThan(many.tower)
  expect(few.popularity).toBeGreaterThan(many.popularity)
})

test('counts a weight that is missing or not finite as 0', () => {
  const broken = constantFusion({ cf: Number.NaN, content: 0.5 })
  expect(weightsFor(broken, 3)).toMatchObject({ cf: 0, content: 0.5 })
  const none = weightsFor({ source: 'fitted', buckets: [] }, 3)
  expect(Object.values(none)).toEqual(FUSED_COMPONENTS.map(() => 0))
})

test('chooses the plain half-and-half only where there is nothing else', () => {
  const items = [{}, {}]
  expect(defaultFusionFor(samplePack({ items }))).toBe(halfBlend)
  expect(defaultFusionFor(samplePack({ items, popularity: [0, 1] }))).toBe(
    defaultFusion,
  )
})
