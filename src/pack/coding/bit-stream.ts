/** Whole numbers of a few bits each, one after another; bits fill each byte from its lowest. */

/** Bits of one number at most, so that it lies within a 32-bit window at any position. */
export const MAX_BITS = 24

interface BitWriter {
  /** @param value below 2^count · @param count 0 … MAX_BITS */
  write(value: number, count: number): void
  /** What was written, padded with zeros to a whole byte. */
  bytes(): Uint8Array
}

export function createBitWriter(): BitWriter {
  let bytes = new Uint8Array(1024)
  let at = 0
  return {
    write(value, count) {
      if ((at >> 3) + 5 > bytes.length) {
        const grown = new Uint8Array(bytes.length * 2)
        grown.set(bytes)
        bytes = grown
      }
      const shifted = value * 2 ** (at & 7) // up to 31 bits
      for (let byte = 0; byte < 4; byte++) {
        bytes[(at >> 3) + byte] |= (shifted >>> (byte * 8)) & 255
      }
      at += count
    },
    bytes: () => bytes.slice(0, Math.ceil(at / 8)),
  }
}

interface BitReader {
  /** @param count 0 … MAX_BITS @returns zeros past the end */
  read(count: number): number
  /** Whether the last number read ends in the last byte. */
  isAtEnd(): boolean
}

export function createBitReader(stream: Uint8Array): BitReader {
  const bytes = new Uint8Array(stream.length + 4) // a window may reach past the end
  bytes.set(stream)
  let at = 0
  return {
    read(count) {
      const byte = at >> 3
      const word =
        bytes[byte] |
        (bytes[byte + 1] << 8) |
        (bytes[byte + 2] << 16) |
        (bytes[byte + 3] << 24)
      const value = (word >>> (at & 7)) & ((1 << count) - 1)
      at += count
      return value
    },
    isAtEnd: () => Math.ceil(at / 8) === stream.length,
  }
}
