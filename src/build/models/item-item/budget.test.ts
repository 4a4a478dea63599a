import { describe, expect, test } from 'vitest'
import {
  entriesFor,
  latentBytes,
  latentDimsFor,
  latentDimWithin,
  pairBytes,
} from './budget.ts'

describe('entriesFor', () => {
  test('fills the budget: more bytes, more entries; a larger catalogue, fewer', () => {
    const entries = entriesFor(110, 10_000)
    expect(pairBytes(entries, 10_000)).toBeLessThanOrEqual(110)
    expect(pairBytes(entries + 1, 10_000)).toBeGreaterThan(110)
    expect(entriesFor(220, 10_000)).toBeGreaterThan(2 * entries)
    expect(entriesFor(110, 100_000)).toBeLessThan(entries)
  })

  test('is at least 1 and never more than the items', () => {
    expect(entriesFor(0, 10_000)).toBe(1)
    expect(entriesFor(1000, 3)).toBe(3)
  })
})

describe('a low-rank term', () => {
  test('takes half a byte a dimension and one for its scale', () => {
    expect([latentBytes(0), latentBytes(64)]).toEqual([0, 33])
  })

  test('is tried at sizes that are worth it and leave room', () => {
    expect(latentDimsFor(64)).toEqual([32, 64])
    expect(latentDimsFor(128)).toEqual([64, 128])
    expect(latentDimsFor(8)).toEqual([])
  })

  test('is halved to fit a smaller budget, down to none', () => {
    expect(latentDimWithin(64, 64)).toBe(64)
    expect(latentDimWithin(128, 64)).toBe(64)
    expect(latentDimWithin(64, 32)).toBe(32)
    expect(latentDimWithin(64, 12)).toBe(0)
    expect(latentDimWithin(0, 12)).toBe(0)
  })
})
