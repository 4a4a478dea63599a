/** Finds and loads an owner's config file. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { HearthError, messageOf } from '../../errors.ts'
import { checkConfig } from './check-config.ts'
import { defineConfig, type HearthConfig } from './define-config.ts'

/** In the order they are looked for. */
export const CONFIG_NAMES = [
  'hearth.config.ts',
  'hearth.config.js',
  'hearth.config.mjs',
  'hearth.config.json',
] as const

/**
 * The config at a path, or the one in a folder; its own paths are those from here.
 *
 * @param path of the file; without it, one of CONFIG_NAMES in `folder`
 * @returns undefined where no path is given and the folder has none
 * @throws HearthError `bad-argument` when it cannot be loaded or is not right, or the folder
 *   has two
 */
export async function readConfig(
  path: string | undefined,
  folder: string,
): Promise<HearthConfig | undefined> {
  const found = path ?? findConfig(folder)
  if (found === undefined) return undefined
  const config = checkConfig(found, await load(found))
  return withPaths(config, dirname(resolve(found)))
}

function findConfig(folder: string): string | undefined {
  const found = CONFIG_NAMES.filter((name) => existsSync(join(folder, name)))
  if (found.length > 1) {
    throw new HearthError(
      'bad-argument',
      `${found.length} configs in ${folder}: got ${found.join(', ')}, expected one. ` +
        'Choose with --config FILE.',
    )
  }
  return found[0] && join(folder, found[0])
}

async function load(path: string): Promise<unknown> {
  if (!existsSync(path)) {
    throw new HearthError('bad-argument', `cannot read ${path}: there is no such file.`)
  }
  try {
    if (/\.json$/i.test(path)) return JSON.parse(readFileSync(path, 'utf8'))
    return await run(path)
  } catch (error) {
    if (error instanceof HearthError) throw error
    throw new HearthError('bad-argument', `cannot load ${path}: ${messageOf(error)}.`, {
      cause: error,
    })
  }
}

/** Runs a module, TypeScript or not; `defineConfig` is there even where no package is. */
async function run(path: string): Promise<unknown> {
  const { createJiti } = await import('jiti/static')
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
    virtualModules: { 'hearth-recommender/config': { defineConfig } },
  })
  const module = (await whileWatched(path, jiti.import(resolve(path)))) as {
    readonly default?: unknown
  }
  if (module.default !== undefined) return module.default
  throw new HearthError(
    'bad-argument',
    `no default export in ${path}: write \`export default defineConfig({ … })\`.`,
  )
}

/** A config that takes longer waits for something that does not come, ms. */
const MAX_CONFIG_MS = 60_000

/** States what happens where the config ends the program itself, or never ends. */
async function whileWatched<T>(path: string, loading: Promise<T>): Promise<T> {
  const ended = () => {
    process.exitCode = 1
    process.stderr.write(
      `hearth: cannot load ${path}: it ended the program, or waits for what never comes. Export the config and nothing else.\n`,
    )
  }
  process.once('exit', ended)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const seconds = MAX_CONFIG_MS / 1000
      reject(new Error(`it did not end within ${seconds} seconds`))
    }, MAX_CONFIG_MS)
    timer.unref()
  })
  try {
    return await Promise.race([loading, late])
  } finally {
    clearTimeout(timer)
    process.off('exit', ended)
  }
}

function withPaths(config: HearthConfig, folder: string): HearthConfig {
  const from = (path: string) => relative('.', resolve(folder, path)) || '.'
  const fromAll = (paths: string | readonly string[]) =>
    typeof paths === 'string' ? from(paths) : paths.map(from)
  const { items, interactions, out, encoder } = config
  return {
    ...config,
    ...(items !== undefined && { items: fromAll(items) }),
    ...(interactions !== undefined && { interactions: fromAll(interactions) }),
    ...(out !== undefined && { out: from(out) }),
    // others are names on the hub
    ...(encoder?.startsWith('.') && { encoder: from(encoder) }),
  }
}
