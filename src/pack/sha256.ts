/**
 * SHA-256 as 64 lower-case hex digits.
 *
 * Uses the browser's own where there is one; pages served over plain HTTP from another
 * machine have none (an insecure context) and load a JavaScript one.
 *
 * @param subtle the platform's; null = there is none
 */
export async function sha256Hex(
  bytes: Uint8Array,
  subtle: SubtleCrypto | null = globalThis.crypto?.subtle ?? null,
): Promise<string> {
  if (!subtle) {
    const { sha256 } = await import('@noble/hashes/sha2.js')
    return hex(sha256(bytes))
  }
  // Pack bytes never live in shared memory, which is all that the cast leaves out.
  const digest = await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return hex(new Uint8Array(digest))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
