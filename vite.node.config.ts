/**
 * What runs in Node: the command, the library, and the threads that both may start. All
 * they need is built in, so that an installed package has no dependencies.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
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
    target: 'node20',
    outDir: 'dist/node',
    emptyOutDir: true,
    copyPublicDir: false,
    rollupOptions: {
      input: {
        cli: 'src/cli/hearth.ts',
        index: 'src/index.node.ts',
        'solver-thread': 'src/build/models/item-item/solver-thread.ts',
      },
      // beside each other, so that the trainer finds its thread's file
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
    license: { fileName: 'LICENSES.md' },
  },
  plugins: [towersRuntime()],
})

/** The kernel that tfjs looks for beside its own script. */
function towersRuntime(): Plugin {
  const { resolve } = createRequire(import.meta.url)
  const folder = dirname(resolve('@tensorflow/tfjs-backend-wasm'))
  const fileName = 'tfjs-backend-wasm-simd.wasm'
  return {
    name: 'hearth-towers-runtime',
    generateBundle() {
      const source = readFileSync(join(folder, fileName))
      this.emitFile({ type: 'asset', fileName, source })
    },
  }
}
