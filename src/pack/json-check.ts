/**
 * Checks of parsed JSON, by hand because the first list waits for them: a schema library
 * would be a quarter of the page's script. Each returns the value with its type.
 */
import { badPack } from './bad-pack.ts'

/** Where a value is, for the error message. */
export interface Place {
  readonly file: string
  /** e.g. `blocks.cf.sizeBytes` */
  readonly at: string
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** @throws HearthError `bad-pack` if the bytes are not UTF-8 or not JSON */
export function parseJson(file: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch (cause) {
    throw badPack(file, 'it is not JSON in UTF-8.', { cause })
  }
}

export function inside({ file, at }: Place, key: string | number): Place {
  return { file, at: at ? `${at}.${key}` : String(key) }
}

export function refuse({ file, at }: Place, value: unknown, expected: string): never {
  const shown = JSON.stringify(value)?.slice(0, 60) ?? 'nothing'
  throw badPack(file, `wrong ${at || 'content'}: got ${shown}, expected ${expected}.`)
}

export function asObject(value: unknown, place: Place): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>
  }
  return refuse(place, value, 'an object')
}

/** @param length exactly so many, if given */
export function asList(value: unknown, place: Place, length?: number): unknown[] {
  if (Array.isArray(value) && (length === undefined || value.length === length)) {
    return value
  }
  return refuse(
    place,
    Array.isArray(value) ? value.length : value,
    `a list of ${length ?? 'any length'}`,
  )
}

export function asText(value: unknown, place: Place): string {
  return typeof value === 'string' ? value : refuse(place, value, 'a text')
}

export function asTexts(value: unknown, place: Place, length?: number): string[] {
  const list = asList(value, place, length)
  for (let i = 0; i < list.length; i++) {
    if (typeof list[i] !== 'string') refuse(inside(place, i), list[i], 'a text')
  }
  return list as string[]
}

export function asFinite(value: unknown, place: Place): number {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : refuse(place, value, 'a finite number')
}

/** An integer from `min` to `max`. */
export function asInteger(
  value: unknown,
  place: Place,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max
    ? (value as number)
    : refuse(place, value, `an integer from ${min} to ${max}`)
}

export function asMatch(value: unknown, place: Place, pattern: RegExp): string {
  const text = asText(value, place)
  return pattern.test(text) ? text : refuse(place, value, `a text like ${pattern}`)
}
