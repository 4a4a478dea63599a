/** Seeded randomness: the same seed gives the same numbers on every machine. */
import { HearthError } from '../errors.ts'

export interface Random {
  /** Uniform in [0, 1), a multiple of 2^−32. */
  next(): number
  /** Uniform integer in 0 … below−1; bias under below·2^−32. */
  integer(below: number): number
  /** Standard normal (mean 0, variance 1). */
  normal(): number
  /** Standard Gumbel, −ln(−ln u): adding it to logits and taking the best samples softmax. */
  gumbel(): number
  /** Shuffles in place, every order equally likely. @returns the same array */
  shuffleInto<A extends Shufflable>(items: A): A
  /** Where the stream is, four words: `restore` continues from there. */
  state(): Uint32Array
  restore(state: Uint32Array): void
}

/** An array or a typed array. */
interface Shufflable {
  readonly length: number
  [index: number]: unknown
}

/**
 * sfc32 (Chris Doty-Humphrey's PractRand) with its four words seeded by splitmix32.
 *
 * @param seed any finite number; its integer part modulo 2^32 is used
 * @throws HearthError `bad-argument` if the seed is not finite
 */
export function createRandom(seed: number): Random {
  if (!Number.isFinite(seed)) {
    throw new HearthError(
      'bad-argument',
      `invalid seed: got ${seed}, expected a finite number.`,
    )
  }
  const words = seedWords(seed)
  const word = () => sfc32(words)
  const next = () => word() / 2 ** 32
  /** Uniform in (0, 1): its logarithm is finite. */
  const open = () => (word() + 0.5) / 2 ** 32
  const integer = (below: number) => Math.floor(next() * below)
  return {
    next,
    integer,
    // Box and Muller 1958; the second value is dropped to keep one draw one call.
    normal: () => Math.sqrt(-2 * Math.log(open())) * Math.cos(2 * Math.PI * next()),
    gumbel: () => -Math.log(-Math.log(open())),
    shuffleInto(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = integer(i + 1)
        const kept = items[i]
        items[i] = items[j]
        items[j] = kept
      }
      return items
    },
    state: () => words.slice(),
    restore: (state) => words.set(state),
  }
}

/** Three words of state and a counter. */
function seedWords(seed: number): Uint32Array {
  const split = splitmix32(seed)
  const words = Uint32Array.of(split(), split(), split(), 1)
  // Twelve rounds mix near seeds apart, as PractRand does.
  for (let round = 0; round < 12; round++) sfc32(words)
  return words
}

/** The next uint32; moves `words`. */
function sfc32(words: Uint32Array): number {
  const [a, b, c, counter] = words
  const out = (a + b + counter) | 0
  words[3] = counter + 1
  words[0] = b ^ (b >>> 9)
  words[1] = c + (c << 3)
  words[2] = ((c << 21) | (c >>> 11)) + out
  return out >>> 0
}

function splitmix32(seed: number): () => number {
  let state = Math.trunc(seed) | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state ^ (state >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z ^= z >>> 15
    z = Math.imul(z, 0x735a2d97)
    return z ^ (z >>> 15)
  }
}
