/** A value of a binary table → what JSON would hold for it. */
import { isUtf8 } from 'node:buffer'

/**
 * Whole numbers beyond what a JSON number holds and bytes in UTF-8 become text, times ISO
 * 8601 (a day alone where there is no hour); other bytes and what is no time are undefined.
 */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? undefined : isoTime(value)
  }
  if (value instanceof Uint8Array)
    return isUtf8(value) ? Buffer.from(value).toString('utf8') : undefined
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return Array.from(value as ArrayLike<unknown>, plainValue)
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, one]) => [key, plainValue(one)])
  return Object.fromEntries(entries)
}

function isoTime(time: Date): string {
  return time.toISOString().replace('T00:00:00.000Z', '')
}
