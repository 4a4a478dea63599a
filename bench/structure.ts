/**
 * How much must one read? Counts files and lines that a page, a build and the benchmarks
 * depend on, files with one importer, and exports used only by their own file.
 *
 *   npx tsx bench/structure.ts [--list]
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

const ROOTS = ['src', 'bench', 'e2e', 'examples', 'encoder-training']
const TEST_FILE = /\.(test|test-data|test-kit|fixture)\.ts$/
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'"]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'|\bimport '([^']+)'|new URL\(\s*'([^']+)'/g
const EXPORT =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type|enum) ([\w$]+)/gm

interface Source {
  readonly file: string
  readonly lines: number
  readonly imports: readonly string[]
  readonly text: string
}

const sources = new Map<string, Source>()
for (const root of ROOTS) {
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || /\/kernel\//.test(name)) continue
    const file = join(root, name)
    const text = readFileSync(file, 'utf8')
    const imports = [...text.matchAll(IMPORT)]
      .map((match) => match.slice(1).find(Boolean)!)
      .filter((path) => path.startsWith('.') && path.endsWith('.ts'))
      .map((path) => normalize(join(dirname(file), path)))
    const lines = text.split('\n').length - 1
    sources.set(file, { file, lines, imports, text })
  }
}

function closureOf(entries: readonly string[]): Set<string> {
  const reached = new Set<string>()
  const waiting = entries.filter((entry) => sources.has(entry))
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (reached.has(file)) continue
    reached.add(file)
    waiting.push(...(sources.get(file)?.imports ?? []))
  }
  return new Set([...reached].filter((file) => file.startsWith('src/')))
}

const total = (files: Iterable<string>) => {
  const all = [...files]
  const lines = all.reduce((sum, file) => sum + (sources.get(file)?.lines ?? 0), 0)
  return `${all.length} files, ${lines} lines`
}
/** The first of these entries that there are: the layout before and after. */
const PAGE = ['src/elements/index.ts', 'src/index.ts', 'src/widget/hearth.ts']
const BUILD = [
  'src/cli/build-command.ts',
  'src/build/train-pack.ts',
  'src/training/train-pack.ts',
]

const page = closureOf(PAGE)
const build = closureOf(BUILD)
const benches = closureOf(
  [...sources.keys()].filter((file) => /^(bench|src\/evaluat\w+)\//.test(file)),
)
console.log(`a page depends on          ${total(page)}`)
console.log(`a build depends on         ${total(build)}`)
const only = [...benches].filter((file) => !page.has(file) && !build.has(file))
console.log(`benchmarks alone depend on ${total(only)}`)

const product = [...sources.values()].filter(
  ({ file }) => file.startsWith('src/') && !TEST_FILE.test(file),
)
const importers = new Map<string, Set<string>>()
for (const { file, imports } of sources.values()) {
  if (TEST_FILE.test(file)) continue
  for (const to of imports)
    importers.set(to, (importers.get(to) ?? new Set()).add(file))
}
const ones = product.filter(({ file }) => importers.get(file)?.size === 1)
console.log(`src without tests          ${total(product.map(({ file }) => file))}`)
console.log(`files with one importer    ${ones.length}`)

const words = new Map<string, Set<string>>()
for (const { file, text } of sources.values()) {
  for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g)) {
    words.set(word, (words.get(word) ?? new Set()).add(file))
  }
}
const own = product.flatMap(({ file, text }) =>
  [...text.matchAll(EXPORT)]
    .map(([, name]) => name!)
    .filter((name) => words.get(name)?.size === 1)
    .map((name) => `${file}: ${name}`),
)
console.log(`exports used by no other   ${own.length}`)
if (process.argv.includes('--list')) {
  console.log(own.join('\n'))
  console.log(ones.map(({ file }) => `one importer: ${file}`).join('\n'))
}
