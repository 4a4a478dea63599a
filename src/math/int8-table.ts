import { assertLength, HearthError } from '../errors.ts'
import type { Int8Table } from './scanner.ts'

/** 2047 · 128 · MAX_DIM still fits an int32 sum. */
const MAX_DIM = 8192

/** @throws HearthError `bad-argument` unless the table's arrays have the sizes it states */
export function assertTable({ rows, dim, codes, scales }: Int8Table) {
  if (!Number.isInteger(dim) || dim < 1 || dim > MAX_DIM) {
    throw new HearthError(
      'bad-argument',
      `invalid dim: got ${dim}, expected an integer from 1 to ${MAX_DIM}.`,
    )
  }
  assertLength('codes', codes, rows * dim)
  assertLength('scales', scales, rows)
}
