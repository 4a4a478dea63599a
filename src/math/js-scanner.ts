import { assertLength } from '../errors.ts'
import { assertTable } from './int8-table.ts'
import { quantiseQueryInto } from './quantise-query.ts'
import type { Int8Table, Scanner, ScanTable } from './scanner.ts'

/**
 * The scan in plain JavaScript: the fallback of the SIMD kernel and its oracle. The
 * arithmetic is the same step by step, so the two agree bit for bit.
 */
export function createJsScanner(): Scanner {
  return { kind: 'js', hold }
}

function hold(table: Int8Table): ScanTable {
  assertTable(table)
  const { rows, dim } = table
  const codes = table.codes.slice()
  const scales = table.scales.slice()
  const queryCodes = new Int16Array(dim)
  return {
    rows,
    dim,
    scanInto(query, out) {
      assertLength('out', out, rows)
      const queryScale = quantiseQueryInto(query, queryCodes, dim)
      for (let row = 0; row < rows; row++) {
        const sum = dotCodes(codes, row * dim, queryCodes)
        out[row] = Math.fround(Math.fround(sum) * scales[row]) * queryScale
      }
    },
  }
}

function dotCodes(codes: Int8Array, start: number, query: Int16Array): number {
  let s0 = 0
  let s1 = 0
  let d = 0
  for (; d + 1 < query.length; d += 2) {
    s0 = (s0 + codes[start + d] * query[d]) | 0
    s1 = (s1 + codes[start + d + 1] * query[d + 1]) | 0
  }
  if (d < query.length) s0 = (s0 + codes[start + d] * query[d]) | 0
  return (s0 + s1) | 0
}
