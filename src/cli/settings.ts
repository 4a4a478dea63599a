/** A command's words and the owner's config → one set of options: words count first. */
import type { ArgsDef } from 'citty'
import type { HearthConfig } from '../build/config/define-config.ts'
import { readConfig } from '../build/config/read-config.ts'
import { HearthError } from '../errors.ts'
import { PROGRAM } from './flags.ts'

export const CONFIG_ARGS = {
  config: {
    type: 'string',
    description:
      'Config; default: hearth.config.ts, .js, .mjs or .json of the current folder',
    valueHint: 'FILE',
  },
} as const satisfies ArgsDef

type Words = Readonly<Record<string, unknown>> & {
  readonly _: readonly string[]
  readonly config?: string | undefined
}

export interface Settings<Args> {
  /** The words' options, and the config's where they give none. */
  readonly args: Args
  /** ≥ 1 */
  readonly items: readonly string[]
  readonly interactions: readonly string[]
  readonly config: HearthConfig
}

/**
 * @param words what the command was given
 * @throws HearthError `bad-argument` when there is nothing to read, or the config is not right
 */
export async function readSettings<Args extends Words>(
  command: string,
  args: Args,
  words: readonly string[],
): Promise<Settings<Args>> {
  const config = (await readConfig(args.config, '.')) ?? {}
  const items = args._.length > 0 ? args._ : [config.items ?? []].flat()
  if (items.length === 0) throw nothingToRead(command)
  const own = valuesOf('interactions', words)
  const interactions = own.length > 0 ? own : [config.interactions ?? []].flat()
  return {
    args: { ...args, ...missing(args, words, config) },
    items,
    interactions,
    config,
  }
}

/** The config's options under the names of the command's, but for those it was given. */
function missing(
  args: Readonly<Record<string, unknown>>,
  words: readonly string[],
  config: HearthConfig,
) {
  const { categories, ...columns } = config.columns ?? {}
  const number = (value: number | undefined) =>
    value === undefined ? undefined : String(value)
  const options: Record<string, unknown> = {
    ...config.interactionColumns,
    ...columns,
    ...(categories !== undefined && { genres: categories }),
    url: config.url ?? columns.url,
    out: config.out,
    name: config.name,
    licence: config.licence,
    attribution: config.attribution,
    encoder: config.encoder,
    table: config.table,
    base: config.base,
    bytes: number(config.bytes),
    seed: number(config.seed),
    threads: number(config.threads),
    'sold-out': config.soldOut === undefined ? undefined : config.soldOut === 'mark',
    'all-pages': config.allPages,
    // the words' own default would hide the config's
    ...(!words.some((word) => /^--(no-)?text$/.test(word)) && { text: config.text }),
  }
  const isFree = (name: string) => name === 'text' || args[name] === undefined
  return Object.fromEntries(
    Object.entries(options).filter(
      ([name, value]) => value !== undefined && isFree(name),
    ),
  )
}

/** All values of an option that may be given again. */
function valuesOf(name: string, words: readonly string[]): string[] {
  return words.flatMap((word, i) => {
    if (word.startsWith(`--${name}=`)) return [word.slice(name.length + 3)]
    return word === `--${name}` && words[i + 1] !== undefined ? [words[i + 1]!] : []
  })
}

function nothingToRead(command: string): HearthError {
  return new HearthError(
    'bad-argument',
    `missing <items>: give a source of items, or write a hearth.config.ts that names one. ` +
      `See ${PROGRAM} ${command} --help.`,
  )
}
