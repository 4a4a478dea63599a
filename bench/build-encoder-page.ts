/** Bundles `encoder-page/` as the site's workers are bundled. */
import { resolve } from 'node:path'
import { build, defaultClientConditions } from 'vite'

/** @param folder emptied and written; relative to the repository */
export async function buildEncoderPage(folder: string) {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: 'bench/encoder-page',
    base: './',
    publicDir: false,
    build: { outDir: resolve(folder), emptyOutDir: true, target: 'es2023' },
    worker: { format: 'es' },
    resolve: {
      conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions],
    },
  })
}
