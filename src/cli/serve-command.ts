/** `serve`: a pack, or what would be built, in a page on this machine. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type ArgsDef, defineCommand, type ParsedArgs } from 'citty'
import type { PreviewRun } from '../build/preview/run-preview.ts'
import { HearthError } from '../errors.ts'
import { MANIFEST_NAME } from '../pack/manifest.ts'
import { BUILD_ARGS, buildOptions } from './build-command.ts'
import { cacheOptions } from './cache-args.ts'
import type { CliDeps } from './deps.ts'
import { PROGRAM, wholeNumber } from './flags.ts'

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
    async run({ args }) {
      const stopped = deps.untilStopped()
      const { runPreview } = await import('../build/preview/run-preview.ts')
      await runPreview(previewRun(args, deps), { ...deps, stopped })
    },
  })
}

/** @throws HearthError `bad-argument` */
function previewRun(args: ParsedArgs<typeof SERVE_ARGS>, deps: CliDeps): PreviewRun {
  const { items } = args
  if (!items) {
    const what = '<items>, a file of items or the folder of a pack'
    throw new HearthError(
      'bad-argument',
      `missing ${what}. See ${PROGRAM} serve --help.`,
    )
  }
  const options = {
    port: wholeNumber('port', args.port, { min: 1, max: 65_535 }) ?? PORT,
    showsPictures: args.pictures === true,
    isWatching: args.watch === true,
  }
  if (isPack(items)) return { ...options, source: { pack: items } }
  const build = {
    ...buildOptions({ ...args, out: 'preview' }),
    ...cacheOptions(args, deps),
  }
  return { ...options, source: { build } }
}

function isPack(path: string): boolean {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  return isFolder && existsSync(join(path, MANIFEST_NAME))
}
