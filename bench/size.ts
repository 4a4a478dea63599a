/**
 * How much must a visitor download before the first list? Fails over budget.
 *
 *   npx tsx bench/size.ts      after `npm run build`
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { Manifest } from '../src/pack/pack.ts'

const SITE = 'dist/site'
/** JavaScript before the first list, brotli, bytes. */
const SCRIPT_BUDGET = 60_000
/** Score-time pack, bytes an item. */
const PACK_BUDGET = 280
const FIRST_BUDGET = 20_000
const MODEL_BUDGET = 4_500_000
/** Property names that minifying keeps: a chunk that has one holds that library. */
const HEAVY = { tfjs: 'numTensors', 'transformers.js': 'InferenceSession' }

const sizeOf = (bytes: Uint8Array) => brotliCompressSync(bytes).byteLength
const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`

/** Every script reached from `entries` by static imports, as paths under the site. */
function staticImports(entries: string[]): string[] {
  const seen = new Set<string>()
  const visit = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    const source = readFileSync(join(SITE, path), 'utf8')
    const imports = source.matchAll(
      /(?:^|[;}\s])(?:import|export)[^'"()]*?from?\s*["'](\.[^"']+\.js)["']/g,
    )
    for (const [, to] of imports) visit(join(path, '..', to!))
  }
  for (const entry of entries) visit(entry)
  return [...seen]
}

function firstScripts(): string[] {
  const html = readFileSync(join(SITE, 'index.html'), 'utf8')
  const entries = [...html.matchAll(/<script[^>]+src="\.?\/?([^"]+\.js)"/g)].map(
    ([, src]) => src!,
  )
  const workers = readdirSync(join(SITE, 'assets'))
    .filter((name) => /^engine-worker.*\.js$/.test(name))
    .map((name) => `assets/${name}`)
  if (entries.length === 0 || workers.length === 0) {
    throw new Error(
      'no entry script or no engine worker in dist/site: run "npm run build".',
    )
  }
  return staticImports([...entries, ...workers])
}

const failures: string[] = []
function line(what: string, got: number, budget: number, show = kB) {
  const isOver = got > budget
  console.log(`${isOver ? 'OVER ' : 'ok   '}${what}: ${show(got)} of ${show(budget)}`)
  if (isOver) failures.push(what)
}

const scripts = firstScripts()
let total = 0
for (const path of scripts) {
  const bytes = readFileSync(join(SITE, path))
  total += sizeOf(bytes)
  console.log(`       ${path}: ${kB(sizeOf(bytes))} brotli`)
  for (const [library, mark] of Object.entries(HEAVY)) {
    if (bytes.includes(mark)) failures.push(`${path} holds ${library}`)
  }
}
const lazy = readdirSync(join(SITE, 'assets'))
  .map((name) => `assets/${name}`)
  .filter((path) => path.endsWith('.js') && !scripts.includes(path))
for (const [library, mark] of Object.entries(HEAVY)) {
  const isThere = lazy.some((path) => readFileSync(join(SITE, path)).includes(mark))
  if (!isThere)
    failures.push(`no lazy script holds ${library}: is its mark still right?`)
}
line('scripts before the first list, brotli', total, SCRIPT_BUDGET)

const PACK = join(SITE, 'catalogues/books')
const manifest = JSON.parse(
  readFileSync(join(PACK, 'manifest.json'), 'utf8'),
) as Manifest
let packBytes = 0
for (const [name, file] of Object.entries(manifest.blocks)) {
  packBytes += file.sizeBytes
  const each = (file.sizeBytes / manifest.items).toFixed(1)
  console.log(`       pack block ${name}: ${each} B an item`)
}
const each = (bytes: number) => `${bytes.toFixed(1)} B an item`
line('score-time pack', packBytes / manifest.items, PACK_BUDGET, each)
line('first screen', manifest.first.sizeBytes, FIRST_BUDGET)

const MODEL = join(SITE, 'models/hearth-encoder')
const model = readdirSync(MODEL, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .reduce(
    (sum, entry) => sum + readFileSync(join(entry.parentPath, entry.name)).length,
    0,
  )
line('text encoder with its tokenizer', model, MODEL_BUDGET)

if (failures.length > 0) {
  console.error(`over budget: ${failures.join('; ')}`)
  process.exit(1)
}
