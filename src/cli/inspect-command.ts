/** `inspect`: what a build would read from a source, for the owner to see and correct. */
import { type ArgsDef, defineCommand, type ParsedArgs } from 'citty'
import { given } from '../build/given.ts'
import { ITEM_COLUMNS, type ItemColumn } from '../build/input/columns.ts'
import {
  INTERACTION_COLUMNS,
  type InteractionColumn,
} from '../build/input/interaction-columns.ts'
import { formatColumns } from '../build/input/item-columns.ts'
import {
  describeInteractions,
  type InteractionsDescription,
} from '../build/input/read-interactions.ts'
import { readItems } from '../build/input/read-items.ts'
import { formatCleaning } from '../build/report.ts'
import { HearthError } from '../errors.ts'
import type { ItemRecord } from '../pack/item.ts'
import {
  BUILD_ARGS,
  COLUMN_ARGS,
  folderOptions,
  namedColumns,
} from './build-command.ts'
import type { CliDeps } from './deps.ts'
import { PROGRAM } from './flags.ts'

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
}

export function createInspectCommand(deps: Pick<CliDeps, 'print' | 'now'>) {
  return defineCommand({
    meta: {
      name: 'inspect',
      description: 'Show what a build would read: columns, items, interactions',
    },
    args: INSPECT_ARGS,
    async run({ args }) {
      const found = await inspect(args, deps.now())
      await deps.print(
        args.json ? `${JSON.stringify(toJson(found), null, 2)}\n` : format(found),
      )
    },
  })
}

type Inspected = Awaited<ReturnType<typeof inspect>>

/** @throws HearthError `bad-argument`, `bad-input` */
async function inspect(args: ParsedArgs<typeof INSPECT_ARGS>, now: number) {
  if (!args.items) {
    throw new HearthError(
      'bad-argument',
      `missing <items>, a file of items. See ${PROGRAM} inspect --help.`,
    )
  }
  const named = namedColumns<ItemColumn>(ITEM_COLUMNS, args)
  const keepSoldOut = args['sold-out'] === true
  const { items, report, columns } = await readItems(args.items, named, {
    keepSoldOut,
    folder: folderOptions(args),
  })
  const indices = new Map(items.map(({ id }, index) => [id, index]))
  const events =
    args.interactions === undefined
      ? undefined
      : await describeInteractions(args.interactions, indices, {
          now,
          named: namedColumns<InteractionColumn>(INTERACTION_COLUMNS, args),
        })
  return {
    columns,
    items,
    report,
    shown: (args.all ? items : items.slice(0, SAMPLE_ITEMS)).map(showItem),
    ...given('interactions', events),
  }
}

function showItem({ genres, ...item }: ItemRecord): ShownItem {
  return { ...item, ...given('categories', genres) }
}

function toJson({ columns, items, report, shown, interactions }: Inspected) {
  return {
    columns: columns.columns,
    unused: columns.unused,
    count: items.length,
    ...given('leftOut', report.leftOut),
    notes: report.notes ?? [],
    warnings: report.warnings,
    items: shown,
    ...given('interactions', interactions && withoutTwice(interactions)),
  }
}

function format({ columns, report, shown, interactions }: Inspected): string {
  return [
    formatColumns(columns),
    ...shown.flatMap((item) => ['', ...formatItem(item)]),
    ...formatCleaning(report),
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

function formatItem({ id, title, description, ...rest }: ShownItem): string[] {
  const short =
    description !== undefined && description.length > TEXT_SHOWN
      ? `${description.slice(0, TEXT_SHOWN)}…`
      : description
  const fields = Object.entries({ id, ...rest, ...given('description', short) })
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
