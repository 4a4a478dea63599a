import { expect, test } from 'vitest'
import { clusterVectors } from './cluster-vectors.ts'

test('like vectors are in one group, whatever their order', () => {
  const dim = 4
  const topics = [0, 1, 2, 0, 1, 2, 0]
  const vectors = new Float32Array(topics.length * dim)
  topics.forEach((topic, row) => {
    vectors[row * dim + topic] = 0.995
    vectors[row * dim + 3] = 0.0999 // what all have in common
  })
  const groups = clusterVectors({ dim, vectors })
  const [a, b, c] = groups
  expect([...groups]).toEqual(topics.map((topic) => [a, b, c][topic]))
  expect(new Set([a, b, c]).size).toBe(3)
})

test('zero vectors are in a group of their own; nothing gives nothing', () => {
  const vectors = Float32Array.of(0, 0, 1, 0)
  const [zero, other] = clusterVectors({ dim: 2, vectors })
  expect(zero).not.toBe(other)
  expect(clusterVectors({ dim: 2, vectors: new Float32Array(0) })).toHaveLength(0)
})
