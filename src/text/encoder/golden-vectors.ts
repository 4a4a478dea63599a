/**
 * Golden vectors: texts and their vectors by the build's own Node encoder. Any device must
 * give the same. They travel as int8 levels and one scale a vector.
 *
 *   vector[i] ≈ sign(level) · level² · scale, scale = max|vector| / 127²
 *
 * Squares spare the small numbers where one is large, as in vectors of untrained or very
 * deep models; a unit vector of 384 numbers is moved by a cosine of some 4e-5.
 */
import { HearthError } from '../../errors.ts'

// The 32 texts that every device must read alike. The first few are short, so that a start
// can be checked by them alone; the rest shows what text may look like.

const SENTENCE =
  'In the autumn of her forty-third year she left the city, its noise and its debts, ' +
  'and went to live by the lighthouse where her grandfather had kept bees. '

export const goldenTexts: readonly string[] = [
  // accents, case, digits and a rare word, so that a wrong tokenizer shows
  'A slow melancholy novel about the sea',
  'Café in Zürich, 1984',
  'wireless noise-cancelling headphones',
  '',
  ' \u0000\n\t ',
  'a',
  '7',
  '?!…—',
  'Dune',
  'DUNE',
  'don’t stop — it’s “quoted”',
  'e\u0301te\u0301 nai\u0308ve cafe\u0301', // accents as marks of their own
  'The Lord of the Rings (J.R.R. Tolkien, 1954): fantasy, epic',
  '0123456789 3.14159 1,000,000 -40°C 50% $9.99',
  'https://example.com/a/b?c=d&e=f#g user@example.com',
  '<script>alert("x")</script> & <b>bold</b>',
  '😀',
  'a film for 👨‍👩‍👧‍👦 and 🐶🎉',
  '百年孤独',
  '東京の静かな夏の物語',
  '서울의 봄',
  'رواية عن البحر والصحراء',
  'ספר על הים',
  'Преступление и наказание',
  'Τα παιδιά ενός κατώτερου θεού',
  'विज्ञान कथा',
  'half a pair \ud83d and another \ude00',
  'nul\u0000byte\u0007bell\u001bescape\u2028line\u202ertl mark',
  'x'.repeat(300), // one word that no table holds
  'antidisestablishmentarianism supercalifragilisticexpialidocious floccinaucinihilipilification',
  SENTENCE,
  SENTENCE.repeat(14).slice(0, 2_000),
]

export interface GoldenVector {
  readonly text: string
  /** [dim], of about length 1; zeros for a text with nothing to read. */
  readonly vector: Float32Array
}

/** How one lies in `hearth.json`. */
interface GoldenRecord {
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
    return undefined // not base64: the caller reports the record
  }
}
