/**
 * From the bytes that travel to the bytes that run: the one place that expands a model
 * file, in the browser and in Node alike.
 *
 *   wire bytes · packing · size  →  file bytes
 */

/** `deflate` is a zlib stream (RFC 1950); `none` travels as it is. */
export type Packing = 'none' | 'deflate'

/**
 * Bytes given to the expander at once. Deflate grows at most 1,032 times, so a bomb has
 * filled no more than 17 MB before it is noticed.
 */
const SLICE_BYTES = 16_384

/**
 * @param sizeBytes what the file must come to: never more is kept
 * @returns the file's bytes, or in words what is wrong with the wire bytes
 */
export async function expand(
  bytes: Uint8Array,
  packing: Packing,
  sizeBytes: number,
): Promise<Uint8Array | string> {
  if (packing === 'none') return bytes
  const expander = new DecompressionStream('deflate') as ReadableWritablePair<
    Uint8Array,
    Uint8Array
  >
  const reader = slicesOf(bytes).pipeThrough(expander).getReader()
  const out = new Uint8Array(sizeBytes)
  let at = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      if (at + value.length > sizeBytes) {
        await reader.cancel()
        return `it expands past ${sizeBytes} bytes`
      }
      out.set(value, at)
      at += value.length
    }
  } catch {
    return 'no whole deflate stream' // the only thing that this can throw over
  }
  return at === sizeBytes ? out : `it expands to ${at} bytes, expected ${sizeBytes}`
}

function slicesOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, at + SLICE_BYTES))
      at += SLICE_BYTES
    },
  })
}
