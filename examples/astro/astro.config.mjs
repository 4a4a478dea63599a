import { defineConfig } from 'astro/config'

export default defineConfig({
  build: { inlineStylesheets: 'never' },
  // no script within a page, so that the strict policy of the main README holds
  vite: { build: { assetsInlineLimit: 0 }, worker: { format: 'es' } },
})
