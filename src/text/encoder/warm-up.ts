/**
 * The first runs of a model take 3–10 times as long as later ones: WebAssembly is compiled
 * better as it runs, and WebGPU makes its shaders. A few runs nobody waits for, at the
 * lengths people type, take that from the next text.
 */

/** About 12 and 32 tokens: a search, and a long one. */
const TYPICAL = [
  'a slow and quiet novel about the sea and its people',
  'a film in which two sisters who have not spoken for years drive across the country ' +
    'to sell their father’s house, and find out why he left it to them',
] as const

/** Rounds at most; the time of a text no longer falls after some 10 (bench). */
const MAX_ROUNDS = 12
/** No text is begun after this long, ms: a slow device is left alone. */
const BUDGET_MS = 1_500

interface WarmUpOptions {
  /** Monotonic, ms. */
  readonly clock: () => number
  /** Lets calls that wait go first. */
  readonly pause: () => Promise<void>
}

/**
 * @returns the shortest time of a typical short text, ms
 * @throws what `encode` throws
 */
export async function warmUp(
  encode: (texts: readonly string[]) => Promise<unknown>,
  { clock, pause }: WarmUpOptions,
): Promise<number> {
  const start = clock()
  let fastest = Number.POSITIVE_INFINITY
  for (let run = 0; run < MAX_ROUNDS * TYPICAL.length; run++) {
    const isShort = run % TYPICAL.length === 0
    await pause()
    const before = clock()
    await encode([TYPICAL[run % TYPICAL.length]!])
    if (isShort) fastest = Math.min(fastest, clock() - before)
    if (clock() - start > BUDGET_MS) break
  }
  return fastest
}
