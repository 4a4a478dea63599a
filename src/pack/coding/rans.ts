/**
 * An entropy coder: symbols of known contexts in a little more than their entropy.
 *
 * rANS with one fixed table a context (Duda 2013, arXiv 1311.2540): probabilities in
 * 1/4096, a state in [2^15, 2^31) that takes in or gives off 16 bits at a time, so no
 * number leaves 31 bits. The encoder runs backwards; the reader runs forwards.
 */

/** Symbols are 0 … 31. */
const SYMBOLS = 32
const SCALE_BITS = 12
const TOTAL = 1 << SCALE_BITS
const LOWEST_STATE = 1 << 15
const STATE_BYTES = 4

interface CodedSymbols {
  /** Of each context: how many frequencies, then that many in 1 or 2 bytes. */
  readonly tables: Uint8Array
  /** The last state, then 16-bit words. */
  readonly stream: Uint8Array
}

/**
 * @param symbols [n], each below SYMBOLS
 * @param contexts [n], each below `contextCount`
 */
export function encodeSymbols(
  symbols: Uint8Array,
  contexts: Uint8Array,
  contextCount: number,
): CodedSymbols {
  const frequencies = new Uint16Array(contextCount * SYMBOLS)
  const counts = new Float64Array(contextCount * SYMBOLS)
  for (let i = 0; i < symbols.length; i++) counts[contexts[i] * SYMBOLS + symbols[i]]++
  for (let start = 0; start < counts.length; start += SYMBOLS) {
    frequencies.set(toFrequencies(counts.subarray(start, start + SYMBOLS)), start)
  }
  const starts = startsOf(frequencies)
  const words: number[] = []
  let state = LOWEST_STATE
  for (let i = symbols.length - 1; i >= 0; i--) {
    const at = contexts[i] * SYMBOLS + symbols[i]
    const frequency = frequencies[at]
    if (state >= frequency * 2 ** 19) {
      words.push(state & 0xffff)
      state >>>= 16
    }
    state =
      (Math.floor(state / frequency) << SCALE_BITS) + (state % frequency) + starts[at]
  }
  return { tables: writeTables(frequencies), stream: writeStream(state, words) }
}

/** Counts scaled to a sum of TOTAL, none that occurs below 1; all 0 if nothing occurs. */
function toFrequencies(counts: Float64Array): Uint16Array {
  const sum = counts.reduce((a, b) => a + b, 0)
  const out = new Uint16Array(SYMBOLS)
  if (sum === 0) return out
  let largest = 0
  let left = TOTAL
  for (let s = 0; s < SYMBOLS; s++) {
    if (counts[s] === 0) continue
    out[s] = Math.max(1, Math.round((counts[s] * TOTAL) / sum))
    left -= out[s]
    if (counts[s] > counts[largest]) largest = s
  }
  out[largest] += left // at most 32 off, and the largest has 128 or more
  return out
}

/** First slot of each symbol within its context. */
function startsOf(frequencies: Uint16Array): Uint16Array {
  const starts = new Uint16Array(frequencies.length)
  for (let at = 0, sum = 0; at < starts.length; at++) {
    if (at % SYMBOLS === 0) sum = 0
    starts[at] = sum
    sum += frequencies[at]
  }
  return starts
}

function writeTables(frequencies: Uint16Array): Uint8Array {
  const bytes: number[] = []
  for (let start = 0; start < frequencies.length; start += SYMBOLS) {
    let count = SYMBOLS
    while (count > 0 && frequencies[start + count - 1] === 0) count--
    bytes.push(count)
    for (const frequency of frequencies.subarray(start, start + count)) {
      if (frequency < 128) bytes.push(frequency)
      else bytes.push((frequency & 127) | 128, frequency >> 7)
    }
  }
  return Uint8Array.from(bytes)
}

function writeStream(state: number, words: readonly number[]): Uint8Array {
  const stream = new Uint8Array(STATE_BYTES + words.length * 2)
  const view = new DataView(stream.buffer)
  view.setUint32(0, state, true)
  words.forEach((_, i) => {
    view.setUint16(STATE_BYTES + i * 2, words[words.length - 1 - i], true)
  })
  return stream
}

interface SymbolReader {
  /** The next symbol; some symbol, whatever the bytes. */
  read(context: number): number
  /** Whether exactly what was written has been read. */
  isAtEnd(): boolean
}

/** @returns undefined unless the tables are whole and every one adds up */
export function createSymbolReader(
  { tables, stream }: CodedSymbols,
  contextCount: number,
): SymbolReader | undefined {
  const frequencies = readTables(tables, contextCount)
  if (!frequencies || stream.length < STATE_BYTES || stream.length % 2) return undefined
  const starts = startsOf(frequencies)
  const slots = fillSlots(frequencies, starts)
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  let state = view.getUint32(0, true)
  if (state < LOWEST_STATE || state >= 2 ** 31) return undefined
  let next = STATE_BYTES
  return {
    read(context) {
      const slot = state & (TOTAL - 1)
      const symbol = slots[(context << SCALE_BITS) + slot]
      const at = context * SYMBOLS + symbol
      state = frequencies[at] * (state >>> SCALE_BITS) + slot - starts[at]
      if (state < LOWEST_STATE) {
        const word = next < stream.length ? view.getUint16(next, true) : 0
        state = (state << 16) | word
        next += 2
      }
      return symbol
    },
    isAtEnd: () => state === LOWEST_STATE && next === stream.length,
  }
}

/** A context that never occurred gets all its slots for symbol 0. */
function readTables(tables: Uint8Array, contextCount: number): Uint16Array | undefined {
  const frequencies = new Uint16Array(contextCount * SYMBOLS)
  let at = 0
  for (let start = 0; start < frequencies.length; start += SYMBOLS) {
    const count = tables[at++]
    if (!(count <= SYMBOLS)) return undefined
    let sum = 0
    for (let s = 0; s < count; s++) {
      const low = tables[at++]
      const frequency = low < 128 ? low : (low & 127) | (tables[at++] << 7)
      sum += frequency
      frequencies[start + s] = frequency
    }
    if (count === 0) frequencies[start] = TOTAL
    else if (sum !== TOTAL) return undefined
  }
  return at === tables.length ? frequencies : undefined
}

/** [contexts, TOTAL] the symbol of each slot. */
function fillSlots(frequencies: Uint16Array, starts: Uint16Array): Uint8Array {
  const slots = new Uint8Array((frequencies.length / SYMBOLS) * TOTAL)
  for (let at = 0; at < frequencies.length; at++) {
    const from = Math.floor(at / SYMBOLS) * TOTAL + starts[at]
    slots.fill(at % SYMBOLS, from, from + frequencies[at])
  }
  return slots
}
