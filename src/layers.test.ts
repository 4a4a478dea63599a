/** The data flow is a rule, not a picture: a folder imports only folders below it. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/** From the bottom up; folders on one line do not import each other. */
const LAYERS = [
  ['errors.ts'],
  ['math'],
  ['towers'],
  ['pack', 'text/encoder'],
  ['feedback'],
  ['store', 'scoring'],
  ['text/search'],
  ['text/understand'],
  ['explain', 'history'],
  ['engine'],
  ['index.ts', 'index.node.ts'],
  ['elements', 'build'],
  ['evaluate', 'demo', 'preview'],
  ['cli'],
]
/** One folder owns each library: what it does wrong is mended in one place. */
const OWNERS = new Map([
  ['@tensorflow/', ['towers', 'build']],
  ['@xenova/transformers', ['text/encoder']],
  ['@huggingface/tokenizers', ['text/encoder']],
  ['idb', ['store']],
  ['papaparse', ['history']],
  ['lit', ['elements', 'demo']],
  ['node:', ['cli', 'build', 'evaluate', 'text/encoder', 'engine']],
])
/** What a visitor's page starts from. */
const PAGES = [
  'index.ts',
  'demo/main.ts',
  'elements/index.ts',
  'preview/preview.ts',
  'engine/worker/engine-worker.ts',
  'engine/worker/encoder-worker.ts',
  'engine/worker/towers-worker.ts',
]
const OFFLINE = ['build', 'evaluate', 'cli']

const TEST_FILE = /\.(test|test-data|test-kit|fixture)\.ts$/
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'"]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|\bimport '([^']+)'/g
/** Imports that are erased: types tie files together no less for a reader, but load nothing. */
const TYPE_IMPORT = /(?:^|\n)\s*(?:import|export) type\b[^'"]*?from\s*'([^']+)'/g

const folderOf = (file: string) => {
  const [top, next] = file.split('/')
  return top === 'text' ? `text/${next}` : top!
}
const layerOf = (folder: string) => LAYERS.findIndex((layer) => layer.includes(folder))

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !TEST_FILE.test(file))
  .filter((file) => !/\/kernel\//.test(file)) // AssemblyScript
const sources = files.map((file) => {
  const text = readFileSync(join('src', file), 'utf8')
  const specifiersOf = (pattern: RegExp) =>
    [...text.matchAll(pattern)].map((match) => match.slice(1).find(Boolean)!)
  const specifiers = specifiersOf(IMPORT)
  const local = (all: string[]) =>
    all
      .filter((path) => path.startsWith('.') && path.endsWith('.ts'))
      .map((path) => normalize(join(dirname(file), path)))
  const types = new Set(specifiersOf(TYPE_IMPORT))
  return {
    file,
    folder: folderOf(file),
    specifiers,
    imports: local(specifiers),
    loads: specifiers.filter((path) => !types.has(path)),
  }
})
const sourceOf = new Map(sources.map((source) => [source.file, source]))

test('every folder has its layer', () => {
  const folders = new Set(sources.map(({ folder }) => folder))
  expect([...folders].filter((folder) => layerOf(folder) === -1)).toEqual([])
  expect(folders.size).toBeGreaterThan(12)
})

test('a folder imports only folders below it', () => {
  const wrong = sources.flatMap(({ file, folder, imports }) =>
    imports
      .map((to) => folderOf(to))
      .filter((to) => to !== folder && layerOf(to) >= layerOf(folder))
      .map((to) => `${file} imports ${to}`),
  )
  expect(wrong).toEqual([])
})

test('files form no circles', () => {
  const state = new Map<string, 'open' | 'done'>()
  const circles: string[] = []
  const visit = (file: string, path: readonly string[]) => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      return
    }
    state.set(file, 'open')
    for (const to of sourceOf.get(file)?.imports ?? []) visit(to, [...path, file])
    state.set(file, 'done')
  }
  for (const { file } of sources) visit(file, [])
  expect(circles).toEqual([])
})

test('nothing a page loads reaches node:, build, evaluate or cli', () => {
  const reached = new Set<string>()
  const wrong: string[] = []
  const visit = (file: string) => {
    if (reached.has(file)) return
    reached.add(file)
    const source = sourceOf.get(file)
    if (!source) throw new Error(`${file} is not there: is its path still right?`)
    if (OFFLINE.includes(source.folder)) wrong.push(file)
    for (const path of source.loads) {
      if (path.startsWith('node:')) wrong.push(`${file} loads ${path}`)
      if (path.startsWith('.') && path.endsWith('.ts')) {
        visit(normalize(join(dirname(file), path)))
      }
    }
  }
  for (const page of PAGES) visit(page)
  expect(wrong).toEqual([])
  expect(reached.size).toBeGreaterThan(80)
})

test('only the demo knows the demo', () => {
  const wrong = sources
    .filter(
      ({ folder, imports }) =>
        folder !== 'demo' && imports.some((to) => folderOf(to) === 'demo'),
    )
    .map(({ file }) => file)
  expect(wrong).toEqual([])
})

test.each([...OWNERS])('%s belongs to %s alone', (library, owners) => {
  const wrong = sources
    .filter(({ folder }) => !owners.includes(folder))
    .filter(({ specifiers }) => specifiers.some((path) => isOf(path, library)))
    .map(({ file }) => file)
  expect(wrong).toEqual([])
})

function isOf(path: string, library: string) {
  return library.endsWith('/') || library.endsWith(':')
    ? path.startsWith(library)
    : path === library || path.startsWith(`${library}/`)
}
