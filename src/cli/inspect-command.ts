/** `inspect`: what a build would read from a source, for the owner to see and correct. */
import { type ArgsDef, defineCommand, type ParsedArgs } from 'citty'
import { given } from '../build/given.ts'
import { valuesOf } from '../build/input/attribute-columns.ts'
import { ITEM_COLUMNS, type ItemColumn } from '../build/input/columns.ts'
import {
  INTERACTION_COLUMNS,
  type InteractionColumn,
} from '../build/input/interaction-columns.ts'
import { formatColumns } from '../build/input/item-columns.ts'
import { withPopularity } from '../build/input/popularity-column.ts'
import {
  describeInteractions,
  type InteractionsDescription,
} from '../build/input/read-interactions.ts'
import { readSources, type SourceRead } from '../build/input/read-sources.ts'
import { withStandardInput } from '../build/input/standard-input.ts'
import { formatCleaning } from '../build/report.ts'
import type { AttributeColumn, ColumnValue } from '../pack/attribute-column.ts'
import type { ItemRecord } from '../pack/item.ts'
import {
  attributeOptions,
  BUILD_ARGS,
  COLUMN_ARGS,
  folderOptions,
  namedColumns,
} from './build-command.ts'
import type { CliDeps } from './deps.ts'
import { readSettings, type Settings } from './settings.ts'

export const INSPECT_ARGS = {
  items: BUILD_ARGS.items,
  interactions: BUILD_ARGS.interactions,
  json: { type: 'boolean', description: 'Print JSON, for a program' },
  all: { type: 'boolean', description: 'Print every item, not three of them' },
  ...COLUMN_ARGS,
} as const satisfies ArgsDef

/** Items shown where not all are asked for. */
const SAMPLE_ITEMS = 3

/** An item as `inspect --json` prints it: the record, its genres as `categories`. */
type ShownItem = Omit<ItemRecord, 'genres'> & {
  readonly categories?: readonly string[]
  /** Of the owner's other columns, by name. */
  readonly attributes?: Readonly<Record<string, ColumnValue>>
}

export function createInspectCommand(deps: Pick<CliDeps, 'print' | 'now' | 'stdin'>) {
  return defineCommand({
    meta: {
      name: 'inspect',
      description: 'Show what a build would read: columns, items, interactions',
    },
    args: INSPECT_ARGS,
    async run({ args: words, rawArgs }) {
      const settings = await readSettings('inspect', words, rawArgs)
      const { args, items, interactions } = settings
      const all = [...items, ...interactions]
      await withStandardInput(all, deps.stdin, async ({ pathOf, shown }) => {
        const paths = {
          items: items.map(pathOf),
          interactions: interactions.map(pathOf),
        }
        const found = await inspect({ ...settings, ...paths }, deps.now())
        const text = args.json
          ? `${JSON.stringify(toJson(found), null, 2)}\n`
          : format(found)
        await deps.print(shown(text))
      })
    },
  })
}

type Inspected = Awaited<ReturnType<typeof inspect>>

/** @throws HearthError `bad-argument`, `bad-input` */
async function inspect(
  {
    args,
    config,
    items: paths,
    interactions: files,
  }: Settings<ParsedArgs<typeof INSPECT_ARGS>>,
  now: number,
) {
  const named = namedColumns<ItemColumn>(ITEM_COLUMNS, args)
  const read = await readSources(paths, named, {
    keepSoldOut: args['sold-out'] === true,
    ...given('popularity', args.popularity),
    folder: folderOptions(args),
    attributes: attributeOptions({ args, config }),
    ...given('table', args.table),
  })
  const { items, attributes = [] } = read
  const indices = new Map(items.map(({ id }, index) => [id, index]))
  const events =
    files.length === 0
      ? undefined
      : await describeInteractions(files, indices, {
          now,
          items,
          named: namedColumns<InteractionColumn>(INTERACTION_COLUMNS, args),
        })
  return {
    sources: events ? read.sources : withPopularity(read.sources, read.totals),
    items,
    attributes,
    shown: (args.all ? items : items.slice(0, SAMPLE_ITEMS)).map((item, index) =>
      showItem(item, attributesOf(attributes, index)),
    ),
    ...given('interactions', events),
  }
}

function showItem(
  { genres, ...item }: ItemRecord,
  attributes: ShownItem['attributes'],
): ShownItem {
  return { ...item, ...given('categories', genres), ...given('attributes', attributes) }
}

/** What the columns hold of one item; undefined where that is nothing. */
function attributesOf(columns: readonly AttributeColumn[], index: number) {
  const held = columns.flatMap(({ name, values }) => {
    const value = values[index]
    return value === undefined ? [] : [[name, value] as const]
  })
  return held.length === 0 ? undefined : Object.fromEntries(held)
}

function toJson({ sources, attributes, items, shown, interactions }: Inspected) {
  const [first, ...others] = sources.map(sourceToJson)
  return {
    ...first,
    ...(others.length > 0 && { sources: [first, ...others] }),
    attributes: attributes.map((column) => ({
      name: column.name,
      type: column.type,
      ...given('values', valuesOf(column)),
    })),
    count: items.length,
    items: shown,
    ...given('interactions', interactions && withoutTwice(interactions)),
  }
}

function sourceToJson({ columns, report, summary }: SourceRead) {
  return {
    ...(summary !== undefined && { file: report.file, summary }),
    columns: columns.columns,
    unused: columns.unused,
    ...given('leftOut', report.leftOut),
    notes: report.notes ?? [],
    warnings: report.warnings,
  }
}

function format({ sources, shown, interactions }: Inspected): string {
  return [
    ...sources.flatMap(({ columns, summary }) => [
      ...(summary === undefined ? [] : [summary]),
      formatColumns(columns),
    ]),
    ...shown.flatMap((item) => ['', ...formatItem(item)]),
    ...sources.flatMap(({ report }) => formatCleaning(report)),
    ...(interactions ? formatCleaning(interactions.report) : []),
    '',
  ].join('\n')
}

/** What was understood stands beside the report, once. */
function withoutTwice({ report, ...described }: InteractionsDescription) {
  const { understood: _, ...counts } = report
  return { ...described, ...counts }
}

/** Characters of a description shown. */
const TEXT_SHOWN = 160

function formatItem(item: ShownItem): string[] {
  const { id, title, description, imageSize: size, attributes = {}, ...rest } = item
  const short =
    description !== undefined && description.length > TEXT_SHOWN
      ? `${description.slice(0, TEXT_SHOWN)}…`
      : description
  const fields = Object.entries({
    id,
    ...rest,
    ...given('description', short),
    ...given('image size', size && `${size.width} × ${size.height}`),
    ...attributes,
  })
  return [
    title,
    ...fields.map(([name, value]) => `  ${name.padEnd(12)} ${formatValue(value)}`),
  ]
}

function formatValue(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value !== 'object' || value === null) return String(value)
  if ('width' in value && 'height' in value) return `${value.width} × ${value.height}`
  const { name, position } = value as NonNullable<ItemRecord['series']>
  return position === undefined ? name : `${name}, ${position}`
}
