/** The CLI: one entry and its threads, with the packages left in node_modules. */
import { readFileSync } from 'node:fs'
import { defineConfig, type Plugin } from 'vite'

export default defineConfig({
  publicDir: false,
  plugins: [encoderKernel()],
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/cli',
    emptyOutDir: true,
    copyPublicDir: false,
    rollupOptions: {
      input: {
        hearth: 'src/cli/hearth.ts',
        'solver-thread': 'src/build/models/item-item/solver-thread.ts',
        'kernel-thread': 'src/text/encoder/kernel-thread.ts',
      },
      // beside each other, so that each thread's file is found by who starts it
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})

/** The encoder's WebAssembly, beside the chunk that reads it. */
function encoderKernel(): Plugin {
  return {
    name: 'hearth-encoder-kernel',
    generateBundle() {
      const source = readFileSync('src/text/encoder/bert.wasm')
      this.emitFile({ type: 'asset', fileName: 'bert.wasm', source })
    },
  }
}
