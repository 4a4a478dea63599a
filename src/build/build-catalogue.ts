/** Tables in → a pack in its place: read, clean, train, write. */

import { basename } from 'node:path'
import { HearthError } from '../errors.ts'
import type { Manifest, PackFile } from '../pack/pack.ts'
import type { PackSink, PackSource } from '../pack/pack-source.ts'
import { writePack } from '../pack/write-pack.ts'
import type { Encoder, EncoderUsage } from '../text/encoder/encoder.ts'
import { hashBytes } from '../text/encoder/model-manifest.ts'
import type { NodeEncoder } from '../text/encoder/node-encoder.ts'
import type { WiredModel } from '../text/encoder/node-wire.ts'
import { type CheckpointFile, checkpointFile } from './checkpoint.ts'
import type { Dataset, OnProgress } from './dataset/dataset.ts'
import { given } from './given.ts'
import type { AttributeOptions } from './input/attribute-columns.ts'
import type { CleaningReport } from './input/cleaning-log.ts'
import type { ColumnNames, ItemColumn } from './input/columns.ts'
import type { InteractionColumn } from './input/interaction-columns.ts'
import { formatUnderstood, type ShownColumns } from './input/item-columns.ts'
import { readInteractions } from './input/read-interactions.ts'
import { readItems } from './input/read-items.ts'
import type { FolderOptions } from './input/sources/pages/folder-table.ts'
import { defaultModelFolder, packageVersion } from './package-root.ts'
import { createProgress, type ProgressStream, type StageTime } from './progress.ts'
import { checkReplaceable, replaceFolder } from './replace-folder.ts'
import type { TrainPackOptions } from './train-pack.ts'

// An encoder's own files, written into the pack that was made with it.

const HASH_DIGITS = 16

/** @returns the encoder's manifest, as the pack's names it: its files lie beside it */
async function writeModel(
  { files, manifestBytes }: WiredModel,
  sink: PackSink,
): Promise<PackFile> {
  for (const [name, bytes] of files) await sink.write(name, bytes)
  const sha256 = hashBytes(manifestBytes)
  const name = `encoder.${sha256.slice(0, HASH_DIGITS)}.json`
  await sink.write(name, manifestBytes)
  return { name, sizeBytes: manifestBytes.length, sha256 }
}

/** The source with the place of its encoder; unchanged without one. */
function withModel(source: PackSource, model: PackFile | undefined): PackSource {
  const { encoder } = source
  return model && encoder ? { ...source, encoder: { ...encoder, model } } : source
}

/** With its name, what it encoded, and its files for browsers, where it has them. */
type CliEncoder = Encoder & Partial<Pick<NodeEncoder, 'name' | 'usage' | 'wire'>>

/** What a build reaches outside itself, so that tests can replace it. */
export interface BuildDeps {
  readonly stderr: ProgressStream
  /** Unix ms. */
  readonly now: () => number
  /** ms, never going back. */
  readonly clock: () => number
  readonly trainPack: (
    dataset: Dataset,
    options: TrainPackOptions,
  ) => Promise<{ readonly source: PackSource }>
  /** @param choice a model's folder, or its hub id */
  readonly createEncoder: (choice: string) => Promise<CliEncoder>
}

export interface BuildOptions {
  readonly items: string
  readonly interactions?: string
  readonly out: string
  readonly force: boolean
  /** Default: the items file's name without its endings. */
  readonly name?: string
  /** A model's folder or hub id. Absent: built without text. */
  readonly encoder?: string
  /** File that keeps the state of a training that may be stopped. */
  readonly checkpoint?: string
  readonly itemColumns?: ColumnNames<ItemColumn>
  /** Sold-out items stay, marked as not available; default false: left out and counted. */
  readonly keepSoldOut?: boolean
  /** Which other columns are kept; default: what a page can filter by. */
  readonly attributes?: AttributeOptions
  /** How a folder of pages is read. */
  readonly folder?: FolderOptions
  readonly interactionColumns?: ColumnNames<InteractionColumn>
  readonly training: Pick<
    TrainPackOptions,
    'bytesPerItem' | 'seed' | 'threads' | 'licence' | 'attribution'
  >
}

export interface Build {
  readonly dataset: Dataset
  readonly source: PackSource
  readonly manifest: Manifest
  readonly cleaning: readonly CleaningReport[]
  readonly stages: readonly StageTime[]
  /** What the encoder encoded. */
  readonly usage?: EncoderUsage
  /** The encoder's own files in the pack. */
  readonly model?: WiredModel
}

/** @throws HearthError; the old pack, if any, is then untouched */
export async function buildCatalogue(
  options: BuildOptions,
  deps: BuildDeps,
): Promise<Build> {
  const inputs = [options.items, options.interactions].filter(
    (path) => path !== undefined,
  )
  checkReplaceable(options.out, {
    force: options.force,
    keep: [...inputs, process.cwd()],
  })
  const checkpoint =
    options.checkpoint && checkpointFile(options.checkpoint, deps.clock)
  const progress = createProgress(deps.stderr, deps.clock)
  try {
    const { dataset, cleaning, columns } = await readDataset(options, {
      now: deps.now(),
      onProgress: progress.onProgress,
    })
    progress.finish() // no bar stands where the next lines go
    deps.stderr.write(formatUnderstood(columns, cleaning[0]))
    const { source, ...read } = await train(dataset, options, {
      deps,
      onProgress: progress.onProgress,
      ...(checkpoint && { checkpoint }),
    })
    progress.onProgress('writing', 0)
    const manifest = await replaceFolder(options.out, async (sink) => {
      const model = read.model && (await writeModel(read.model, sink))
      return writePack(withModel(source, model), sink)
    })
    return { dataset, source, manifest, cleaning, ...read, stages: progress.finish() }
  } finally {
    progress.finish()
  }
}

type DatasetOptions = Pick<
  BuildOptions,
  | 'items'
  | 'interactions'
  | 'name'
  | 'itemColumns'
  | 'interactionColumns'
  | 'keepSoldOut'
  | 'attributes'
  | 'folder'
>

interface ReadDatasetOptions {
  /** Unix ms. */
  readonly now: number
  readonly onProgress: OnProgress
}

interface ReadDataset {
  readonly dataset: Dataset
  readonly cleaning: readonly [CleaningReport, ...CleaningReport[]]
  /** Which column of the items was taken for what. */
  readonly columns: ShownColumns
}

/** Reads and cleans both tables. @throws HearthError `bad-input` */
export async function readDataset(
  { items: path, interactions: interactionsPath, ...options }: DatasetOptions,
  { now, onProgress }: ReadDatasetOptions,
): Promise<ReadDataset> {
  onProgress('reading items', 0)
  const read = await readItems(path, options.itemColumns, options)
  const { items, report, columns, bodies } = read
  const name = options.name ?? (basename(path).split('.')[0] || 'catalogue')
  const catalogue = {
    name,
    items,
    columns: read.attributes,
    ...given('bodies', bodies),
  }
  if (interactionsPath === undefined) {
    return { dataset: catalogue, cleaning: [report], columns }
  }
  onProgress('reading interactions', 0)
  const rows = new Map(items.map(({ id }, row) => [id, row]))
  const named = options.interactionColumns
  const events = await readInteractions(interactionsPath, rows, {
    now,
    ...(named && { named }),
  })
  return {
    dataset: { ...catalogue, interactions: events.interactions },
    cleaning: [report, events.report],
    columns,
  }
}

type Trained = Pick<Build, 'source' | 'usage' | 'model'>

interface TrainContext {
  readonly deps: BuildDeps
  readonly onProgress: OnProgress
  readonly checkpoint?: CheckpointFile
}

async function train(
  dataset: Dataset,
  { encoder: choice, training }: BuildOptions,
  { deps, onProgress, checkpoint }: TrainContext,
): Promise<Trained> {
  if (choice !== undefined) onProgress('loading the text encoder', 0)
  const encoder = choice === undefined ? undefined : await load(choice, deps)
  try {
    const { source } = await deps.trainPack(dataset, {
      ...training,
      generator: `hearth ${packageVersion()}`,
      ...(encoder && { encoder }),
      ...given('checkpoint', checkpoint),
      onProgress,
    })
    const usage = encoder?.usage?.()
    // Hearth's own lies beside its scripts: one copy serves every pack
    if (choice === defaultModelFolder() || !encoder?.wire) {
      return { source, ...given('usage', usage) }
    }
    onProgress('packing the text encoder', 0)
    return { source, ...given('usage', usage), model: await encoder.wire() }
  } finally {
    await encoder?.dispose()
  }
}

async function load(choice: string, { createEncoder }: BuildDeps): Promise<CliEncoder> {
  try {
    return await createEncoder(choice)
  } catch (error) {
    if (!(error instanceof HearthError)) throw error
    const message = `${error.message} Use --no-text to build without it.`
    throw new HearthError(error.code, message, { cause: error })
  }
}
