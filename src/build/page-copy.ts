/** The one folder that a hand-written page asks for: elements, workers, kernels, model. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { cp, writeFile } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { HearthError } from '../errors.ts'
import { defaultModelFolder, packageRoot, packageVersion } from './package-root.ts'
import {
  checkReplaceable,
  type FolderKind,
  placeOf,
  replaceFolder,
} from './replace-folder.ts'

interface PageCopyOptions {
  /** The folder to write, e.g. `public/hearth`. */
  readonly out: string
  /** Replace a folder even if it is no copy of Hearth. Default false. */
  readonly force?: boolean
  /** Where the scripts were built. Default: in this package. */
  readonly scripts?: string
  /** The text encoder. Default: the one this package ships. */
  readonly model?: string
}

export interface PageCopy {
  readonly version: string
  /** Each top-level part with its size, in the order of a folder listing. */
  readonly parts: readonly { readonly name: string; readonly sizeBytes: number }[]
  readonly sizeBytes: number
  /** What a page with a feed loads before its first list, brotli. */
  readonly firstBytes: number
}

const SCRIPT = 'hearth.js'
const ENGINE = 'engine-worker.js'
/** Lists what was written, so that a later copy knows what it may replace. */
const LIST = 'hearth-copy.json'
const FORMAT = 'hearth-copy'

/** @throws HearthError `bad-input` where a folder must not or cannot be written */
export async function copyForPages(options: PageCopyOptions): Promise<PageCopy> {
  const { out, force = false } = options
  const scripts = options.scripts ?? join(packageRoot(), 'dist', 'copy')
  const model = options.model ?? defaultModelFolder()
  for (const folder of [scripts, model]) assertThere(folder)
  checkReplaceable(out, { force, keep: [packageRoot()], kind: COPY_FOLDER })
  const version = packageVersion()
  await replaceFolder(out, async (_, fresh) => {
    await cp(scripts, fresh, { recursive: true })
    await cp(model, join(fresh, 'models', 'hearth-encoder'), { recursive: true })
    const list = { format: FORMAT, version, files: filesIn(fresh) }
    await writeFile(join(fresh, LIST), `${JSON.stringify(list, null, 1)}\n`)
  })
  const place = placeOf(out)
  const parts = readdirSync(place).map((name) => ({
    name: statSync(join(place, name)).isDirectory() ? `${name}/` : name,
    sizeBytes: sizeOf(join(place, name)),
  }))
  return {
    ...{ version, parts },
    sizeBytes: parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    firstBytes: firstScripts(place, version)
      .map((file) => brotliCompressSync(readFileSync(join(place, file))).byteLength)
      .reduce((sum, bytes) => sum + bytes, 0),
  }
}

/**
 * The scripts of a copied folder that a page with a feed loads before its first list.
 *
 * @returns paths in the folder, those of the page first
 */
export function firstScripts(folder: string, version: string): string[] {
  return scriptsOf(folder, [SCRIPT, join(version, ENGINE)])
}

/** Every script reached from `entries` by static imports, as paths under `folder`. */
export function scriptsOf(folder: string, entries: readonly string[]): string[] {
  const seen = new Set<string>()
  const follow = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    const source = readFileSync(join(folder, path), 'utf8')
    for (const [, to] of source.matchAll(STATIC_IMPORT)) follow(join(path, '..', to!))
  }
  for (const entry of entries) follow(entry)
  return [...seen]
}

const STATIC_IMPORT =
  /(?:^|[;}\s])(?:import|export)\s*(?:[^'"()]*?from\s*)?["'](\.[^"']+\.js)["']/g

function assertThere(folder: string) {
  if (existsSync(folder)) return
  throw new HearthError(
    'internal',
    `no ${folder}: got nothing there, expected a part of the package. ` +
      'In a clone, run "npm run build" first.',
  )
}

const COPY_FOLDER: FolderKind = {
  name: 'copy',
  isOne: (folder) => listed(folder) !== undefined,
  foreignIn: (folder) => {
    const own = new Set([LIST, ...(listed(folder) ?? [])])
    // beside them: what hosts and Finder put there
    const isOwn = (file: string) =>
      own.has(file.replace(/\.(br|gz)$/, '')) || basename(file) === '.DS_Store'
    return filesIn(folder).find((file) => !isOwn(file))
  },
}

function listed(folder: string): readonly string[] | undefined {
  try {
    const list: unknown = JSON.parse(readFileSync(join(folder, LIST), 'utf8'))
    const { format, files } = list as { format?: unknown; files?: unknown }
    return format === FORMAT && Array.isArray(files) ? files : undefined
  } catch {
    return undefined // no list, or not JSON: then it is no copy
  }
}

/** Every file under `folder`, with `/` between folders, sorted. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => file.split(sep).join('/'))
    .sort()
}

function sizeOf(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.size
  return filesIn(path)
    .map((file) => statSync(join(path, file)).size)
    .reduce((sum, bytes) => sum + bytes, 0)
}
