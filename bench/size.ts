/**
 * How much must a visitor download before the first list, and an owner to install? Fails
 * over budget.
 *
 *   npx tsx bench/size.ts      after `npm run build`
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import {
  copyForPages,
  firstScripts as firstOfCopy,
  scriptsOf,
} from '../src/build/page-copy.ts'
import type { Manifest } from '../src/pack/pack.ts'

const SITE = 'dist/site'
/** JavaScript before the first list, brotli, bytes. */
const SCRIPT_BUDGET = 60_000
/** Score-time pack, bytes an item. */
const PACK_BUDGET = 280
const FIRST_BUDGET = 20_000
const MODEL_BUDGET = 4_500_000
/** The folder of a hand-written page, all of it. */
const COPY_BUDGET = 8_000_000
/** What `npm i` of the package brings, on disk. */
const INSTALL_BUDGET = 60_000_000
/** Property names that minifying keeps: a chunk that has one holds that library. */
const HEAVY = { tfjs: 'numTensors', 'transformers.js': 'InferenceSession' }

const sizeOf = (bytes: Uint8Array) => brotliCompressSync(bytes).byteLength
const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
const MB = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`

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
  return scriptsOf(SITE, [...entries, ...workers])
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

await sizeCopy()
sizeInstall()

async function sizeCopy() {
  const out = '.cache/size/hearth'
  const copy = await copyForPages({ out, force: true })
  for (const path of firstOfCopy(out, copy.version)) {
    const bytes = readFileSync(join(out, path))
    console.log(`       ${path}: ${kB(sizeOf(bytes))} brotli`)
    for (const [library, mark] of Object.entries(HEAVY)) {
      if (bytes.includes(mark)) failures.push(`${path} of the copy holds ${library}`)
    }
  }
  line(
    'scripts of a copied folder before the first list',
    copy.firstBytes,
    SCRIPT_BUDGET,
  )
  line('copied folder', copy.sizeBytes, COPY_BUDGET, MB)
}

/** Packs and installs as an owner would; the registry is asked for `lit` alone. */
function sizeInstall() {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-size-'))
  const npm = (words: string[], cwd?: string) =>
    execFileSync('npm', words, { encoding: 'utf8', stdio: 'pipe', ...(cwd && { cwd }) })
  try {
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
    const tarball = npm(pack).trim()
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
    const quiet = ['--prefer-offline', '--no-audit', '--no-fund']
    npm(['i', ...quiet, `./${tarball}`], folder)
    const kilobytes = execFileSync('du', ['-sk', join(folder, 'node_modules')], {
      encoding: 'utf8',
    })
    line('installed package', Number.parseInt(kilobytes, 10) * 1024, INSTALL_BUDGET, MB)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (failures.length > 0) {
  console.error(`over budget: ${failures.join('; ')}`)
  process.exit(1)
}
