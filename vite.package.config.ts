/**
 * What the npm package holds for pages, without the demo and without onnxruntime.
 *
 *   --mode lib    dist/lib: modules for a site's own bundler
 *   --mode copy   dist/copy: the same, minified, for `hearth-recommender copy` and a
 *                 hand-written page
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, posix } from 'node:path'
import {
  defaultClientConditions,
  defaultClientMainFields,
  defineConfig,
  type Plugin,
} from 'vite'

const { version: VERSION } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  version: string
}

/** Their names are asked for by other scripts, so they are files beside these, unhashed. */
const WORKERS = {
  'engine-worker': 'src/engine/worker/engine-worker.ts',
  'encoder-worker': 'src/engine/worker/encoder-worker.ts',
  'towers-worker': 'src/engine/worker/towers-worker.ts',
}
const ENTRIES = {
  lib: {
    index: 'src/index.ts',
    elements: 'src/elements/index.ts',
    pack: 'src/pack/index.ts',
    config: 'src/build/config/define-config.ts',
    ...WORKERS,
  },
  copy: { hearth: 'src/elements/index.ts', ...WORKERS },
}

export default defineConfig(({ mode }) => {
  if (mode !== 'lib' && mode !== 'copy') throw new Error('--mode lib or --mode copy')
  const folder = mode === 'copy' ? `${VERSION}/` : ''
  return {
    base: './',
    publicDir: false,
    define: {
      'import.meta.env.HEARTH_ASSETS': 'HEARTH_FOLDER',
      'import.meta.env.HEARTH_RUNTIME': JSON.stringify('none'),
      // tfjs asks for Node's names; some bundlers answer with half of them
      __dirname: 'undefined',
      __filename: 'undefined',
    },
    // as for a server, since only that leaves `import()` as it is written, but for browsers
    resolve: {
      conditions: [...defaultClientConditions],
      mainFields: [...defaultClientMainFields],
    },
    ssr: {
      target: 'webworker',
      noExternal: true,
      // the elements' types name it, and a site that has it needs it once
      external: mode === 'lib' ? ['lit'] : [],
    },
    build: {
      ssr: true,
      ssrEmitAssets: true,
      outDir: `dist/${mode}`,
      emptyOutDir: true,
      target: 'es2023',
      minify: mode === 'copy',
      // no library mode: it writes every asset into the scripts, as data: URLs
      rollupOptions: {
        input: ENTRIES[mode],
        preserveEntrySignatures: 'strict',
        output: {
          // hearth.js is what a page's author writes; all else changes with the version,
          // so that hosts and browsers may keep it for ever
          entryFileNames: ({ name }) =>
            name === 'hearth' ? 'hearth.js' : `${folder}${name}.js`,
          chunkFileNames: `${folder}chunks/[name].js`,
          assetFileNames: `${folder}[name][extname]`,
        },
      },
      license: { fileName: 'LICENSES.md' },
    },
    plugins: [
      filesBeside({ folder, isForBundlers: mode === 'lib' }),
      withoutOnnxruntime(),
      mode === 'copy' ? towersRuntime() : declarations(),
    ],
  }
})

/** Marks in the code, until each chunk has its place: the folder of all, and a file there. */
const ROOT = /\bHEARTH_FOLDER\b/g
const MARK = /\bfileBeside\(\s*["'`]([^"'`]+)["'`]\s*\)/g

interface FilesOptions {
  /** Where they are written, under `outDir`; ends with a slash unless empty. */
  readonly folder: string
  readonly isForBundlers: boolean
}

/**
 * Workers and kernels as files of the same build, named by `new URL('./…', import.meta.url)`
 * in its output: what browsers resolve, and what a site's bundler looks for.
 */
function filesBeside({ folder, isForBundlers }: FilesOptions): Plugin {
  // small files would become data: URLs there, which the strict CSP refuses
  const query = isForBundlers ? '?no-inline' : ''
  return {
    name: 'hearth-files-beside',
    enforce: 'pre',
    transform(code) {
      if (!code.includes('-worker.ts')) return
      return code.replace(
        /new URL\(\s*'\.\/([\w-]+-worker)\.ts',\s*import\.meta\.url\s*\)/g,
        "fileBeside('$1.js')",
      )
    },
    load(id) {
      if (!id.endsWith('.wasm?url')) return
      const path = id.slice(0, -'?url'.length)
      const name = basename(path)
      const fileName = folder + name
      this.emitFile({ type: 'asset', fileName, source: readFileSync(path) })
      return `export default fileBeside('${name}').href`
    },
    renderChunk(code, chunk) {
      const from = posix.dirname(chunk.fileName)
      // a site's bundler moves the scripts: there, beside them is all that can be said
      const toRoot = isForBundlers ? './' : `${posix.relative(from, '.') || '.'}/`
      return code.replace(ROOT, `'${toRoot}'`).replace(MARK, (_, name: string) => {
        const path = posix.relative(from, folder + name)
        const url = path.startsWith('.') ? path : `./${path}`
        return `new URL('${url}${name.endsWith('.wasm') ? query : ''}', import.meta.url)`
      })
    },
  }
}

/** The runtime weighs more than everything else: see without-onnxruntime.ts. */
function withoutOnnxruntime(): Plugin {
  return {
    name: 'hearth-without-onnxruntime',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith('/transformers-model.ts')) return
      return this.resolve('./without-onnxruntime.ts', importer)
    },
  }
}

/** The kernels that tfjs asks for by name, where the towers' worker looks for them. */
function towersRuntime(): Plugin {
  const { resolve } = createRequire(import.meta.url)
  const folder = dirname(resolve('@tensorflow/tfjs-backend-wasm'))
  const names = ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm']
  return {
    name: 'hearth-towers-runtime',
    generateBundle() {
      for (const name of names) {
        const source = readFileSync(join(folder, name))
        this.emitFile({ type: 'asset', fileName: `runtime/${name}`, source })
      }
    },
  }
}

/** The types of all doors, Node's too, in dist/types. */
function declarations(): Plugin {
  return {
    name: 'hearth-declarations',
    closeBundle() {
      rmSync(TYPES, { recursive: true, force: true })
      const { resolve } = createRequire(import.meta.url)
      const tsc = join(dirname(resolve('typescript/package.json')), 'bin/tsc')
      const words = [tsc, '-p', 'tsconfig.build.json']
      execFileSync(process.execPath, words, { stdio: 'inherit' })
      for (const name of readdirSync(TYPES, { recursive: true, encoding: 'utf8' })) {
        if (!name.endsWith('.d.ts')) continue
        const path = join(TYPES, name)
        const text = readFileSync(path, 'utf8')
        writeFileSync(path, text.replace(/(['"])(\.[^'"\n]*)\.ts\1/g, '$1$2.js$1'))
      }
    },
  }
}

const TYPES = 'dist/types'
