/** The CLI: one entry and its solver thread, with the packages left in node_modules. */
import { defineConfig } from 'vite'

export default defineConfig({
  publicDir: false,
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
      },
      // beside each other, so that the trainer finds its thread's file
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
