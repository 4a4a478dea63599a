import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kthLargestInto } from './matrix.ts'

fc.configureGlobal({ seed: 1 })

test('is what sorting would put in that place, ties and all', () => {
  const numbers = fc.array(fc.integer({ min: -4, max: 9 }), { minLength: 1 })
  fc.assert(
    fc.property(numbers, fc.nat(), (list, n) => {
      const k = 1 + (n % list.length)
      const values = Float64Array.of(...list, 99) // beyond the count: not looked at
      const found = kthLargestInto(values, list.length, k)
      expect(found).toBe(list.toSorted((a, b) => b - a)[k - 1])
      expect([...values.subarray(0, -1)].sort()).toEqual([...list].sort())
    }),
    { numRuns: 500 },
  )
})
