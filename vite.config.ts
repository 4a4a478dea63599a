/** The demo site. What Node runs is built by vite.node.config.ts, the package by vite.package.config.ts. */
import { createReadStream, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { defaultClientConditions, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'
import { namedBy } from './src/build/keep-generation.ts'
import { runtimeStems } from './src/text/encoder/runtime-files.ts'

/** What the README tells owners to send: nothing inline, nothing from elsewhere. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'self'; frame-ancestors 'self'; script-src 'self' 'wasm-unsafe-eval'"

const headers = { 'Content-Security-Policy': CONTENT_SECURITY_POLICY }

export default defineConfig({
  base: './',
  build: {
    outDir: 'dist/site',
    emptyOutDir: true,
    license: { fileName: 'LICENSES.md' },
    target: 'es2023',
    assetsInlineLimit: 0, // a data: URL is refused by the strict CSP
    modulePreload: { polyfill: false }, // the polyfill is an inline script
    rollupOptions: {
      input: {
        app: resolve('index.html'),
        hearth: resolve('src/elements/index.ts'),
      },
      output: {
        // the elements' one script keeps its name: it is what a page's author writes
        entryFileNames: (chunk) =>
          chunk.name === 'hearth' ? 'elements/hearth.js' : 'assets/[name].[hash].js',
      },
    },
  },
  // the runtime's files are ours to serve: its bundle would carry one of them twice
  resolve: {
    conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions],
  },
  worker: { format: 'es' },
  preview: { headers, port: 4173 },
  server: { port: 5173 },
  plugins: [runtimeFiles(), offline()],
  test: {
    include: ['src/**/*.test.ts', 'examples/**/*.test.ts'],
    environment: 'node',
    // a machine that is busy is slow, not wrong
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})

/** The two WASM runtimes, served from our own origin under `runtime/`. */
function runtimeFiles(): Plugin {
  const require = createRequire(import.meta.url)
  const folderOf = (file: string) => dirname(require.resolve(file))
  const onnx = folderOf('onnxruntime-web')
  const tfjs = folderOf('@tensorflow/tfjs-backend-wasm')
  const files = new Map([
    ...runtimeStems.flatMap((stem) => [
      [`${stem}.mjs`, onnx] as const,
      [`${stem}.wasm`, onnx] as const,
    ]),
    ['tfjs-backend-wasm-simd.wasm', tfjs],
    ['tfjs-backend-wasm.wasm', tfjs],
  ])
  return {
    name: 'hearth-runtime-files',
    configureServer(server) {
      server.middlewares.use('/runtime/', (request, response, next) => {
        const name = request.url?.split('?')[0]?.slice(1) ?? ''
        const folder = files.get(name)
        if (!folder) return next()
        const type = name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript'
        response.setHeader('Content-Type', type)
        createReadStream(join(folder, name)).pipe(response)
      })
    },
    generateBundle() {
      for (const fileName of ['LICENSE', 'NOTICE']) {
        this.emitFile({ type: 'asset', fileName, source: readFileSync(fileName) })
      }
      for (const [name, folder] of files) {
        this.emitFile({
          type: 'asset',
          fileName: `runtime/${name}`,
          source: readFileSync(join(folder, name)),
        })
      }
    },
  }
}

/** A service worker: the site, its workers and its pack are there without a network. */
function offline() {
  return VitePWA({
    registerType: 'prompt', // nobody is asked: see skipWaiting
    injectRegister: false, // src/demo/main.ts does it: no inline script
    manifest: false,
    workbox: {
      globPatterns: [
        'index.html',
        'assets/*.{js,css,woff2,wasm}',
        // not what an earlier build left for pages that are open
        `catalogues/books/{${['manifest.json', ...namedBy('public/catalogues/books')].join()}}`,
        '*.{svg,webmanifest}',
        'too-old.js',
      ],
      globIgnores: ['encoder-worker', 'transformers-model', 'towers-worker', 'lab-page']
        .map((chunk) => `assets/${chunk}*`)
        // its owner changes it under its name: it is asked for anew, as below
        .concat('catalogues/*/overlay.json'),
      maximumFileSizeToCacheInBytes: 8_000_000,
      dontCacheBustURLsMatching: /\.[0-9a-f]{8,16}\.(json|bin)$|assets\//,
      clientsClaim: true,
      // a new build waits until the old one's tabs are closed: its workers and chunks must
      // stay within their reach
      skipWaiting: false,
      inlineWorkboxRuntime: true,
      navigateFallback: null,
      ignoreURLParametersMatching: [/^device$/], // ?device= forces a rung offline too
      runtimeCaching: [
        {
          // what an owner changes between builds; without a network the last one holds
          urlPattern: /\/overlay\.json$/,
          handler: 'NetworkFirst',
          options: { cacheName: 'hearth-overlay' },
        },
        {
          // big and only wanted by some: kept once they were used. The network comes first:
          // models and runtimes keep their names from build to build, and a page that a
          // host once answered for one would otherwise stay
          urlPattern: /\/(models|runtime|assets|lab)\//,
          handler: 'NetworkFirst',
          options: {
            cacheName: 'hearth-runtime',
            // old builds' files must not take the room that the profile needs
            expiration: { maxEntries: 40, purgeOnQuotaError: true },
          },
        },
      ],
    },
  })
}
