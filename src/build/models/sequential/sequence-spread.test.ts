import { expect, test } from 'vitest'
import { defaultDecaySettings } from '../../../pack/decay-settings.ts'
import type { SparseRows } from '../../../pack/pack-source.ts'
import { typicalSpread, withSpread } from './evaluate.ts'

/** Row 0 has 8 at column 1, row 1 has 4 at column 2; rows 2 and 3 are empty. */
const rows: SparseRows = {
  kind: 'sequence',
  rows: 4,
  columns: 4,
  indptr: Uint32Array.of(0, 1, 2, 2, 2),
  indices: Uint32Array.of(1, 2),
  values: Float32Array.of(8, 4),
}
const decaySettings = { ...defaultDecaySettings, decay: 0.5, floor: 0 }
const caseOf = (...recent: number[]) => ({
  recent: Uint32Array.from(recent),
  answer: 3,
})

test('worked by hand: the mean deviation of the cases that have a score', () => {
  // 8 of one in four: mean 2, deviation √12; 4 of one: half of that
  const alone = typicalSpread(rows, decaySettings, [caseOf(0)])
  expect(alone).toBeCloseTo(Math.sqrt(12), 3)
  const cases = [caseOf(0), caseOf(1), caseOf(2, 3)]
  expect(typicalSpread(rows, decaySettings, cases)).toBeCloseTo(0.75 * Math.sqrt(12), 3)
  // 4 of row 1 one step back, 4 of row 2 now
  const both = typicalSpread(rows, decaySettings, [caseOf(1, 0)])
  expect(both).toBeCloseTo(2, 3)
})

test('is left out of the decay settings where no case has a score', () => {
  expect(withSpread(rows, decaySettings, [caseOf(3)]).decaySettings).toEqual(
    decaySettings,
  )
  expect(
    withSpread(rows, decaySettings, [caseOf(0)]).decaySettings?.spread,
  ).toBeGreaterThan(3)
})
