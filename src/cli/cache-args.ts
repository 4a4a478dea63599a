/** What a build keeps for the next one, and of the one before. */
import type { ArgsDef, ParsedArgs } from 'citty'
import type { BuildOptions } from '../build/build-catalogue.ts'
import type { CliDeps } from './deps.ts'

export const CACHE_ARGS = {
  cache: {
    type: 'string',
    description:
      'Folder of what the next build may reuse. Default: node_modules/.cache of the ' +
      'project, else the cache folder of the user. --no-cache: none',
    valueHint: 'DIR',
  },
  'no-cache': { type: 'boolean', description: 'Reuse nothing and keep nothing' },
  fresh: { type: 'boolean', description: 'Make all anew, and fill the cache anew' },
  'drop-former': {
    type: 'boolean',
    description:
      "Remove the replaced pack's files at once, not with the build after this one",
  },
} as const satisfies ArgsDef

/** @param deps where the default folder comes from */
export function cacheOptions(
  args: Partial<ParsedArgs<typeof CACHE_ARGS>>,
  { cacheFolder }: Pick<CliDeps, 'cacheFolder'>,
): Pick<BuildOptions, 'cache' | 'makesAnew' | 'keepsFormer'> {
  const folder = args['no-cache'] ? undefined : (args.cache ?? cacheFolder?.())
  return {
    ...(folder === undefined ? {} : { cache: folder }),
    makesAnew: args.fresh === true,
    keepsFormer: args['drop-former'] !== true,
  }
}
