import { messageOf } from '../errors.ts'
import { createJsScanner } from './js-scanner.ts'
import type { Scanner } from './scanner.ts'
import { createSimdScanner } from './simd-scanner.ts'

/**
 * The fastest scanner this browser has: the SIMD kernel, or plain JavaScript where
 * WebAssembly or its SIMD is missing, forbidden by the page, or does not load.
 *
 * @param loadModule fetches and compiles `scan.wasm`
 * @returns the scanner, and why it is not the SIMD one if it is not
 */
export async function createScanner(
  loadModule: () => Promise<WebAssembly.Module>,
): Promise<{ scanner: Scanner; note?: string }> {
  try {
    return { scanner: await createSimdScanner(await loadModule()) }
  } catch (error) {
    // Slower but the same answers: the note goes to the engine's state.
    return { scanner: createJsScanner(), note: `no SIMD scan: ${messageOf(error)}` }
  }
}
