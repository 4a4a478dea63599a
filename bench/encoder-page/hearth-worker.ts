/** Hearth's encoder as its own worker opens it, on WASM. */
import { createBrowserEncoder } from '../../src/text/encoder/browser-encoder.ts'
import { serveTimed } from './timed-worker.ts'

serveTimed(async ({ modelUrl, runtimeUrl }) => {
  const { encoder } = await createBrowserEncoder({
    modelBase: modelUrl,
    runtimeBase: runtimeUrl,
    backend: 'wasm',
    fetch: (input, init) => fetch(input, init),
  })
  return (texts) => encoder.encode(texts)
})
