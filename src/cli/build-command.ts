/** `build`: words → options. */
import { type ArgsDef, defineCommand, type ParsedArgs } from 'citty'
import type { BuildOptions } from '../build/build-catalogue.ts'
import type { HearthConfig } from '../build/config/define-config.ts'
import { given } from '../build/given.ts'
import type { AttributeOptions } from '../build/input/attribute-columns.ts'
import {
  type ColumnNames,
  ITEM_COLUMNS,
  type ItemColumn,
} from '../build/input/columns.ts'
import {
  INTERACTION_COLUMNS,
  type InteractionColumn,
} from '../build/input/interaction-columns.ts'
import type { FolderOptions } from '../build/input/sources/pages/folder-table.ts'
import { withStandardInput } from '../build/input/standard-input.ts'
import type { ProgressStream } from '../build/progress.ts'
import { formatBuild } from '../build/report.ts'
import { HearthError } from '../errors.ts'
import { CACHE_ARGS, cacheOptions } from './cache-args.ts'
import type { CliDeps } from './deps.ts'
import { PROGRAM, wholeNumber } from './flags.ts'
import { followSources } from './follow-sources.ts'
import { CONFIG_ARGS, readSettings, type Settings } from './settings.ts'

/** Models are downloaded while building, so that a visitor needs one origin alone. */
export const ENCODER_ARG = {
  type: 'string',
  description:
    "Text encoder: english, multilingual, a model's folder, or org/name[@revision] of the " +
    'Hugging Face hub, downloaded once to this machine',
  valueHint: 'NAME|DIR|ID',
} as const

const column = (description: string) =>
  ({ type: 'string', description, valueHint: 'COL' }) as const

/** How a folder of pages is read. */
const FOLDER_ARGS = {
  base: {
    type: 'string',
    description: 'A folder of pages: the path or address it is served under',
    valueHint: 'PATH',
  },
  'all-pages': {
    type: 'boolean',
    description: 'A folder of pages: keep those that list other pages',
  },
} as const satisfies ArgsDef

/** How the tables are read; `inspect` takes the same. */
export const COLUMN_ARGS = {
  ...CONFIG_ARGS,
  table: {
    type: 'string',
    description: 'Of a database or a workbook: the table or sheet of items',
    valueHint: 'NAME',
  },
  ...FOLDER_ARGS,
  'sold-out': {
    type: 'boolean',
    description: 'Keep sold-out items, marked as not available',
  },
  id: column('Items: id, where its column has another name'),
  title: column('Items: title'),
  authors: column('Items: author, director, brand'),
  year: column('Items: year or date'),
  genres: column('Items: genres, categories or tags'),
  description: column('Items: description'),
  url: column(
    'Items: address of the page, relative to the one that shows it, or a template: "/products/{id}"',
  ),
  image: column('Items: address of the picture, likewise'),
  language: column('Items: language'),
  series: column('Items: series'),
  position: column('Items: number in the series'),
  price: column('Items: price, with or without its currency'),
  currency: column('Items: currency'),
  available: column('Items: in stock or not, or how many'),
  published: column('Items: date they came out'),
  group: column('Items: what editions of one thing share'),
  keep: column(
    'Items: keep this column as an attribute, whatever it holds; repeatable',
  ),
  drop: column('Items: leave this column out of the pack; repeatable'),
  popularity: column(
    'Items: how many chose each (sold, votes, subscribers), where there are no interactions; or none',
  ),
  user: column('Interactions: user'),
  item: column('Interactions: item id'),
  rating: column('Interactions: rating'),
  weight: column('Interactions: weight'),
  session: column('Interactions: session, where a row has no user'),
  quantity: column('Interactions: quantity of an order line'),
  event: column('Interactions: kind of event (view, cart, purchase …)'),
  time: column('Interactions: time (Unix s or ms, or ISO 8601)'),
} as const satisfies ArgsDef

export const BUILD_ARGS = {
  items: {
    type: 'positional',
    required: false,
    description:
      'Items, one source or several: CSV and the like, JSON, JSONL, a feed (RSS, Atom, ' +
      'Google Merchant), .gz or .zip; Excel, OpenDocument, SQLite, Parquet; a folder of ' +
      'built HTML, or of Markdown; - is standard input',
  },
  interactions: {
    type: 'string',
    description:
      'Who did what: as items; orders, carts, event logs, exports of web analytics, access logs (one, or a folder), totals an item; may be given again',
    valueHint: 'FILE',
  },
  out: { type: 'string', description: 'Folder of the pack', valueHint: 'DIR' },
  name: { type: 'string', description: "The catalogue's name", valueHint: 'TEXT' },
  licence: { type: 'string', description: 'Licence of the data', valueHint: 'TEXT' },
  attribution: { type: 'string', description: 'Whom to credit', valueHint: 'TEXT' },
  encoder: {
    ...ENCODER_ARG,
    description:
      `${ENCODER_ARG.description}. Default: by the languages of the texts. Any but english ` +
      'is copied into the pack, so that visitors ask no other host for it',
  },
  text: {
    type: 'boolean',
    default: true,
    description: 'Encode the texts of the items',
    negativeDescription: 'Build without the text encoder',
  },
  bytes: {
    type: 'string',
    description: 'Bytes an item for CF and sequence together',
    valueHint: 'N',
  },
  seed: { type: 'string', description: 'Seed of all randomness', valueHint: 'N' },
  threads: {
    type: 'string',
    description: 'Threads to train with, 0 for the main one alone',
    valueHint: 'N',
  },
  checkpoint: {
    type: 'string',
    description:
      "Keep the towers' training here until it ends; after a stop the same command resumes it",
    valueHint: 'FILE',
  },
  ...CACHE_ARGS,
  watch: { type: 'boolean', description: 'Build again whenever a source changes' },
  force: { type: 'boolean', description: 'Replace a folder that is no pack' },
  ...COLUMN_ARGS,
} as const satisfies ArgsDef

export type BuildArgs = ParsedArgs<typeof BUILD_ARGS>

export function createBuildCommand(deps: CliDeps) {
  return defineCommand({
    meta: {
      name: 'build',
      description: 'Turn a catalogue into a pack of static files',
    },
    args: BUILD_ARGS,
    async run({ args, rawArgs }) {
      const settings = await readSettings('build', args, rawArgs)
      const options = { ...buildOptions(settings), ...cacheOptions(args, deps) }
      const { items, interactions } = settings
      const { buildCatalogue } = await import('../build/build-catalogue.ts')
      const all = [...items, ...interactions]
      if (args.watch && all.includes('-')) throw cannotWatchInput()
      await withStandardInput(all, deps.stdin, async ({ pathOf, shown }) => {
        const whole = {
          ...options,
          items: items.map(pathOf),
          ...given('interactions', atLeastOne(interactions.map(pathOf))),
        }
        const stderr = shownBy(shown, deps.stderr)
        const since = Date.now()
        const build = await buildCatalogue(whole, { ...deps, stderr })
        const peakMemoryBytes = deps.peakMemoryBytes()
        const report = formatBuild(build, { out: options.out, peakMemoryBytes })
        await deps.print(shown(report))
        if (!args.watch) return
        await followSources(whole, { ...deps, since, stopped: deps.untilStopped() })
      })
    },
  })
}

export function atLeastOne<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined
}

function shownBy(shown: (text: string) => string, stream: ProgressStream) {
  return {
    ...given('isTTY', stream.isTTY),
    write: (text: string) => stream.write(shown(text)),
  }
}

/** @throws HearthError `bad-argument` */
export function buildOptions({
  args,
  config,
}: Pick<Settings<Partial<BuildArgs>>, 'args' | 'config'>): Omit<
  BuildOptions,
  'items' | 'interactions'
> {
  if (!args.out) throw missing('--out DIR')
  return {
    out: args.out,
    force: args.force === true,
    keepSoldOut: args['sold-out'] === true,
    folder: folderOptions(args),
    ...given('popularity', args.popularity),
    ...given('table', args.table),
    ...given('name', args.name),
    ...given('checkpoint', args.checkpoint),
    ...given('encoder', args.text ? (args.encoder ?? 'auto') : undefined),
    itemColumns: namedColumns<ItemColumn>(ITEM_COLUMNS, args),
    attributes: attributeOptions({ args, config }),
    interactionColumns: namedColumns<InteractionColumn>(INTERACTION_COLUMNS, args),
    training: {
      ...given('rules', config.rules),
      ...given('licence', args.licence),
      ...given('attribution', args.attribution),
      ...given('bytesPerItem', wholeNumber('bytes', args.bytes, { min: 8, max: 1024 })),
      ...given('seed', wholeNumber('seed', args.seed, { min: 0, max: 2 ** 32 - 1 })),
      ...given('threads', wholeNumber('threads', args.threads, { min: 0, max: 64 })),
    },
  }
}

export function folderOptions(
  args: Partial<Pick<BuildArgs, 'base' | 'all-pages'>>,
): FolderOptions {
  return { allPages: args['all-pages'] === true, ...given('base', args.base) }
}

/** The columns that options name. */
export function namedColumns<Field extends string>(
  fields: Readonly<Record<Field, unknown>>,
  args: Readonly<Record<string, unknown>>,
): ColumnNames<Field> {
  const named: Partial<Record<Field, string>> = {}
  for (const field of Object.keys(fields) as Field[]) {
    const name = args[field]
    if (typeof name === 'string' && name !== '') named[field] = name
  }
  return named
}

/** What `--keep` and `--drop` name, or else the config. */
export function attributeOptions({
  args: { keep, drop },
  config: { attributes = {} },
}: {
  readonly args: {
    readonly keep?: string | undefined
    readonly drop?: string | undefined
  }
  readonly config: Pick<HearthConfig, 'attributes'>
}): AttributeOptions {
  const names = (list: string | undefined) =>
    list?.split(',').flatMap((name) => name.trim() || [])
  return {
    ...given('keep', names(keep) ?? attributes.keep),
    ...given('drop', names(drop) ?? attributes.drop),
  }
}

function cannotWatchInput(): HearthError {
  return new HearthError(
    'bad-argument',
    'cannot follow standard input (-) with --watch: give a file, or build without --watch.',
  )
}

function missing(what: string): HearthError {
  return new HearthError(
    'bad-argument',
    `missing ${what}. See ${PROGRAM} build --help.`,
  )
}
