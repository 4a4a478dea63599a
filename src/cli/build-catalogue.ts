/** Tables in → a pack in its place: read, clean, train, write. */
import { basename } from 'node:path'
import type { Manifest } from '../catalogue/pack.ts'
import type { PackSource } from '../catalogue/pack-source.ts'
import type { Encoder } from '../encoder/encoder.ts'
import { HearthError } from '../errors.ts'
import type { Dataset, OnProgress } from '../training/dataset.ts'
import { checkReplaceable } from './check-replaceable.ts'
import type { CleaningReport } from './cleaning-log.ts'
import type { ColumnNames, InteractionColumn, ItemColumn } from './columns.ts'
import type { CliDeps, TrainOptions } from './deps.ts'
import { packageVersion } from './package-root.ts'
import { createProgress, type StageTime } from './progress.ts'
import { readInteractions } from './read-interactions.ts'
import { readItems } from './read-items.ts'
import { replaceFolder } from './replace-folder.ts'

export interface BuildOptions {
  readonly items: string
  readonly interactions?: string
  readonly out: string
  readonly force: boolean
  /** Default: the items file's name without its endings. */
  readonly name?: string
  /** Absent: built without text. */
  readonly modelFolder?: string
  readonly itemColumns?: ColumnNames<ItemColumn>
  readonly interactionColumns?: ColumnNames<InteractionColumn>
  readonly training: Omit<TrainOptions, 'encoder' | 'onProgress' | 'generator'>
}

export interface Build {
  readonly dataset: Dataset
  readonly source: PackSource
  readonly manifest: Manifest
  readonly cleaning: readonly CleaningReport[]
  readonly stages: readonly StageTime[]
}

/** @throws HearthError; the old pack, if any, is then untouched */
export async function buildCatalogue(
  options: BuildOptions,
  deps: CliDeps,
): Promise<Build> {
  const inputs = [options.items, options.interactions].filter(
    (path) => path !== undefined,
  )
  checkReplaceable(options.out, {
    force: options.force,
    keep: [...inputs, process.cwd()],
  })
  const progress = createProgress(deps.stderr, deps.clock)
  try {
    const { dataset, cleaning } = await readDataset(options, {
      now: deps.now(),
      onProgress: progress.onProgress,
    })
    const source = await train(dataset, options, {
      ...deps,
      onProgress: progress.onProgress,
    })
    progress.onProgress('writing', 0)
    const manifest = await replaceFolder(options.out, (sink) =>
      deps.writePack(source, sink),
    )
    return { dataset, source, manifest, cleaning, stages: progress.finish() }
  } finally {
    progress.finish()
  }
}

type DatasetOptions = Pick<
  BuildOptions,
  'items' | 'interactions' | 'name' | 'itemColumns' | 'interactionColumns'
>

export interface ReadDatasetOptions {
  /** Unix ms. */
  readonly now: number
  readonly onProgress: OnProgress
}

/** Reads and cleans both tables. @throws HearthError `bad-input` */
export async function readDataset(
  { items: path, interactions: interactionsPath, ...options }: DatasetOptions,
  { now, onProgress }: ReadDatasetOptions,
): Promise<{ dataset: Dataset; cleaning: readonly CleaningReport[] }> {
  onProgress('reading items', 0)
  const { items, report } = await readItems(path, options.itemColumns)
  const name = options.name ?? (basename(path).split('.')[0] || 'catalogue')
  if (interactionsPath === undefined) {
    return { dataset: { name, items }, cleaning: [report] }
  }
  onProgress('reading interactions', 0)
  const rows = new Map(items.map(({ id }, row) => [id, row]))
  const named = options.interactionColumns
  const events = await readInteractions(interactionsPath, rows, {
    now,
    ...(named && { named }),
  })
  return {
    dataset: { name, items, interactions: events.interactions },
    cleaning: [report, events.report],
  }
}

async function train(
  dataset: Dataset,
  { modelFolder, training }: BuildOptions,
  deps: CliDeps & { readonly onProgress: OnProgress },
): Promise<PackSource> {
  if (modelFolder !== undefined) deps.onProgress('loading the text encoder', 0)
  const encoder = modelFolder === undefined ? undefined : await load(modelFolder, deps)
  try {
    const { source } = await deps.trainPack(dataset, {
      ...training,
      generator: `hearth ${packageVersion()}`,
      ...(encoder && { encoder }),
      onProgress: deps.onProgress,
    })
    return source
  } finally {
    await encoder?.dispose()
  }
}

async function load(modelFolder: string, deps: CliDeps): Promise<Encoder> {
  try {
    return await deps.createEncoder(modelFolder)
  } catch (error) {
    if (!(error instanceof HearthError)) throw error
    const message = `${error.message} Use --no-text to build without it.`
    throw new HearthError(error.code, message, { cause: error })
  }
}
