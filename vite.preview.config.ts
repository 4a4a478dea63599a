/** dist/preview: the page that `hearth-recommender serve` shows, beside the copied folder. */
import { readFileSync } from 'node:fs'
import { defineConfig, type Plugin } from 'vite'

const FILES = {
  'index.html': 'src/preview/index.html',
  'preview.css': 'src/preview/preview.css',
  'favicon.svg': 'public/favicon.svg',
}

export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist/preview',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { preview: 'src/preview/preview.ts' },
      output: { entryFileNames: '[name].js' },
    },
  },
  plugins: [pageFiles()],
})

/** As they are written: nothing in them is the bundler's. */
function pageFiles(): Plugin {
  return {
    name: 'hearth-preview-files',
    generateBundle() {
      for (const [fileName, path] of Object.entries(FILES)) {
        this.emitFile({ type: 'asset', fileName, source: readFileSync(path) })
      }
    },
  }
}
