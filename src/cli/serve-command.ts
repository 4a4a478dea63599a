/** `serve`: a pack, or what would be built, in a page on this machine. */
import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type ArgsDef, defineCommand, type ParsedArgs } from 'citty'
import { recoverFolder } from '../build/folder-lock.ts'
import { given } from '../build/given.ts'
import type { PreviewRun } from '../build/preview/run-preview.ts'
import { MANIFEST_NAME } from '../pack/manifest.ts'
import { atLeastOne, BUILD_ARGS, buildOptions } from './build-command.ts'
import { cacheOptions } from './cache-args.ts'
import type { CliDeps } from './deps.ts'
import { wholeNumber } from './flags.ts'
import { readSettings } from './settings.ts'

const {
  out: _,
  force: __,
  checkpoint: ___,
  'drop-former': ____,
  ...SOURCE_ARGS
} = BUILD_ARGS

export const SERVE_ARGS = {
  ...SOURCE_ARGS,
  items: {
    ...BUILD_ARGS.items,
    description: `${BUILD_ARGS.items.description}; or the folder of a pack that is built`,
  },
  port: {
    type: 'string',
    description: 'Port; the next free one, where it is taken. Default 4114',
    valueHint: 'N',
  },
  pictures: {
    type: 'boolean',
    description: 'Load pictures of other hosts; without it the page asks no other host',
  },
} as const satisfies ArgsDef

const PORT = 4114

export function createServeCommand(deps: CliDeps) {
  return defineCommand({
    meta: {
      name: 'serve',
      description: 'Show a catalogue or a pack in a page on this machine',
    },
    args: SERVE_ARGS,
    async run({ args, rawArgs }) {
      const stopped = deps.untilStopped()
      const run = await previewRun({ args, rawArgs }, deps)
      const { runPreview } = await import('../build/preview/run-preview.ts')
      await runPreview(run, { ...deps, stopped })
    },
  })
}

interface Words {
  readonly args: ParsedArgs<typeof SERVE_ARGS>
  readonly rawArgs: readonly string[]
}

/** @throws HearthError `bad-argument` */
async function previewRun(
  { args, rawArgs }: Words,
  deps: CliDeps,
): Promise<PreviewRun> {
  const options = {
    port: wholeNumber('port', args.port, { min: 1, max: 65_535 }) ?? PORT,
    showsPictures: args.pictures === true,
    isWatching: args.watch === true,
  }
  const [first, ...others] = args._
  if (first !== undefined) recoverFolder(resolve(first)) // a build was killed at its end
  if (first !== undefined && others.length === 0 && isPack(first)) {
    return { ...options, source: { pack: first } }
  }
  const { items, interactions, ...settings } = await readSettings(
    'serve',
    { ...args, out: 'preview' },
    rawArgs,
  )
  const build = {
    ...buildOptions(settings),
    ...cacheOptions(args, deps),
    items,
    ...given('interactions', atLeastOne(interactions)),
  }
  return { ...options, source: { build } }
}

function isPack(path: string): boolean {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  return isFolder && existsSync(join(path, MANIFEST_NAME))
}
