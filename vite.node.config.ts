/**
 * What runs in Node: the command, the library, and the threads that both may start. All
 * they need is built in, so that an installed package has no dependencies.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

export default defineConfig({
  publicDir: false,
  ssr: {
    noExternal: true,
    // for models that are not Hearth's own; who wants one installs it
    external: ['@xenova/transformers'],
  },
  // tfjs finds its kernel by these
  define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
  build: {
    ssr: true,
    ssrEmitAssets: true,
    target: 'node20',
    outDir: 'dist/node',
    emptyOutDir: true,
    copyPublicDir: false,
    rollupOptions: {
      input: {
        cli: 'src/cli/hearth.ts',
        index: 'src/index.node.ts',
        'solver-thread': 'src/build/models/item-item/solver-thread.ts',
        'kernel-thread': 'src/text/encoder/kernel-thread.ts',
      },
      // beside each other, so that those who start a thread find its file
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
    license: { fileName: 'LICENSES.md' },
  },
  plugins: [kernels()],
})

/** Kernels, where the scripts that run them look: beside themselves. */
function kernels(): Plugin {
  const { resolve } = createRequire(import.meta.url)
  const tfjs = dirname(resolve('@tensorflow/tfjs-backend-wasm'))
  const files = [
    'src/math/scan.wasm',
    'src/text/encoder/bert.wasm',
    join(tfjs, 'tfjs-backend-wasm-simd.wasm'),
    join(dirname(resolve('node-sqlite3-wasm')), 'node-sqlite3-wasm.wasm'),
  ]
  return {
    name: 'hearth-kernels',
    enforce: 'pre',
    transform: (code) =>
      code.replace(
        /new URL\('[./\w-]*?([\w-]+\.wasm)', import\.meta\.url\)/g,
        "new URL('./$1', import.meta.url)",
      ),
    generateBundle() {
      for (const file of files) {
        const source = readFileSync(file)
        this.emitFile({ type: 'asset', fileName: basename(file), source })
      }
    },
  }
}
