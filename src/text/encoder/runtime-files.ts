/**
 * Which files of onnxruntime-web a backend needs; on WASM only a foreign model needs any, as
 * Hearth's own runs on its kernel. They are copied from `node_modules/onnxruntime-web/dist/`
 * beside the app and loaded with the first text.
 *
 * | backend | files | raw | gzip |
 * |---|---|---|---|
 * | wasm | ort-wasm-simd-threaded | 14.3 MB | 3.7 MB |
 * | webgpu, with JSPI | ort-wasm-simd-threaded.jspi | 16.8 MB | 4.1 MB |
 * | webgpu, without | ort-wasm-simd-threaded.asyncify | 26.9 MB | 6.6 MB |
 */
export type EncoderBackend = 'webgpu' | 'wasm'

/** The stem of every runtime file the browser may ask for, `.mjs` and `.wasm` each. */
export const runtimeStems = [
  'ort-wasm-simd-threaded',
  'ort-wasm-simd-threaded.jspi',
  'ort-wasm-simd-threaded.asyncify',
] as const

/**
 * @param runtimeBase absolute URL of the folder that holds the runtime's files
 * @param hasJspi whether WebAssembly can wait for a promise (JavaScript Promise
 *   Integration): `'Suspending' in WebAssembly`
 */
export function runtimeFiles(
  runtimeBase: string,
  backend: EncoderBackend,
  hasJspi: boolean,
): { readonly mjs: string; readonly wasm: string } {
  const base = runtimeBase.endsWith('/') ? runtimeBase : `${runtimeBase}/`
  const [plain, jspi, asyncify] = runtimeStems
  const stem = backend === 'wasm' ? plain : hasJspi ? jspi : asyncify
  return { mjs: `${base}${stem}.mjs`, wasm: `${base}${stem}.wasm` }
}
