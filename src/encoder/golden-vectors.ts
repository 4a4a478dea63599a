/**
 * Golden vectors: texts, and what the build's own Node encoder makes of them. Any device
 * must give the same. They travel as int8 levels and one scale a vector.
 *
 *   vector[i] ≈ sign(level) · level² · scale, scale = max|vector| / 127²
 *
 * Squares spare the small numbers where one is large, as in vectors of untrained or very
 * deep models; a unit vector of 384 numbers is moved by a cosine of some 4e-5.
 */
import { HearthError } from '../errors.ts'

export interface GoldenVector {
  readonly text: string
  /** [dim], of about length 1; zeros for a text with nothing to read. */
  readonly vector: Float32Array
}

/** How one lies in `hearth.json`. */
export interface GoldenRecord {
  readonly text: string
  readonly scale: number
  /** Base64 of one signed byte a number; empty for the zero vector. */
  readonly levels: string
}

const MAX_LEVEL = 127
/** Digits of a scale: an error of 1e-6 of a vector's length turns it by nothing. */
const SCALE_DIGITS = 6

export function packGolden({ text, vector }: GoldenVector): GoldenRecord {
  const largest = vector.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  if (largest === 0) return { text, scale: 0, levels: '' }
  const scale = Number((largest / MAX_LEVEL ** 2).toPrecision(SCALE_DIGITS))
  const levels = Int8Array.from(vector, (x) => {
    const level = Math.min(MAX_LEVEL, Math.round(Math.sqrt(Math.abs(x) / scale)))
    return Math.sign(x) * level
  })
  return { text, scale, levels: btoa(String.fromCharCode(...bytesOf(levels))) }
}

/**
 * @returns [dim], or undefined if the record does not hold a vector of `dim` numbers
 * @throws HearthError `bad-argument` for a dim that is no count
 */
export function unpackGolden(
  { text, scale, levels }: GoldenRecord,
  dim: number,
): GoldenVector | undefined {
  if (!Number.isInteger(dim) || dim < 1) {
    throw new HearthError(
      'bad-argument',
      `invalid dim: got ${dim}, expected 1 or more.`,
    )
  }
  if (scale === 0 && levels === '') return { text, vector: new Float32Array(dim) }
  const bytes = fromBase64(levels)
  if (!(scale > 0 && Number.isFinite(scale)) || bytes?.length !== dim) return undefined
  const vector = Float32Array.from(
    new Int8Array(bytes.buffer),
    (level) => level * Math.abs(level) * scale,
  )
  return { text, vector }
}

function bytesOf(levels: Int8Array): Uint8Array {
  return new Uint8Array(levels.buffer, levels.byteOffset, levels.byteLength)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    return undefined // not base64: the caller says what is wrong with the record
  }
}
