/** Tables in → a pack in its place: read, clean, train, write. */

import { basename } from 'node:path'
import { HearthError } from '../errors.ts'
import type { Manifest, PackFile } from '../pack/pack.ts'
import type { PackSink, PackSource } from '../pack/pack-source.ts'
import type { Encoder, EncoderUsage } from '../text/encoder/encoder.ts'
import { hashBytes } from '../text/encoder/model-manifest.ts'
import type { NodeEncoder } from '../text/encoder/node-encoder.ts'
import type { WiredModel } from '../text/encoder/node-wire.ts'
import type { CheckpointFile } from './checkpoint.ts'
import { checkpointFile } from './checkpoint.ts'
import type { Dataset, OnProgress } from './dataset/dataset.ts'
import { given } from './given.ts'
import type { CleaningReport } from './input/cleaning-log.ts'
import type { ColumnNames, InteractionColumn, ItemColumn } from './input/columns.ts'
import { readInteractions } from './input/read-interactions.ts'
import { readItems } from './input/read-items.ts'
import { defaultModelFolder, packageVersion } from './package-root.ts'
import type { ProgressStream } from './progress.ts'
import { createProgress, type StageTime } from './progress.ts'
import { checkReplaceable, replaceFolder } from './replace-folder.ts'

// An encoder's own files, written into the pack that it made.

const HASH_DIGITS = 16

/** @returns the encoder's manifest, as the pack's names it: its files lie beside it */
export async function writeModel(
  { files, manifestBytes }: WiredModel,
  sink: PackSink,
): Promise<PackFile> {
  for (const [name, bytes] of files) await sink.write(name, bytes)
  const sha256 = hashBytes(manifestBytes)
  const name = `encoder.${sha256.slice(0, HASH_DIGITS)}.json`
  await sink.write(name, manifestBytes)
  return { name, sizeBytes: manifestBytes.length, sha256 }
}

/** The source, saying where its encoder lies; unchanged without one. */
export function withModel(source: PackSource, model: PackFile | undefined): PackSource {
  const { encoder } = source
  return model && encoder ? { ...source, encoder: { ...encoder, model } } : source
}

/** What it is called, what it read, and how browsers take it, where it can tell. */
export type CliEncoder = Encoder & Partial<Pick<NodeEncoder, 'name' | 'usage' | 'wire'>>

export interface TrainOptions {
  /** Absent: the pack is built without text. */
  readonly encoder?: Encoder
  /** Bytes of the CF and sequence blocks together. */
  readonly bytesPerItem?: number
  readonly seed?: number
  readonly threads?: number
  /** Where the state of a training that may be stopped is kept. */
  readonly checkpoint?: CheckpointFile
  readonly onProgress?: OnProgress
  readonly licence?: string
  readonly attribution?: string
  readonly generator?: string
}

/** What a build reaches outside itself for, so that tests can stand in. */
export interface BuildDeps {
  readonly stderr: ProgressStream
  /** Unix ms. */
  readonly now: () => number
  /** ms, never going back. */
  readonly clock: () => number
  readonly peakMemoryBytes: () => number
  readonly trainPack: (
    dataset: Dataset,
    options: TrainOptions,
  ) => Promise<{ readonly source: PackSource }>
  readonly writePack: (source: PackSource, sink: PackSink) => Promise<Manifest>
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
  /** A file: see TrainOptions. */
  readonly checkpoint?: string
  readonly itemColumns?: ColumnNames<ItemColumn>
  readonly interactionColumns?: ColumnNames<InteractionColumn>
  readonly training: Omit<
    TrainOptions,
    'encoder' | 'onProgress' | 'generator' | 'checkpoint'
  >
}

export interface Build {
  readonly dataset: Dataset
  readonly source: PackSource
  readonly manifest: Manifest
  readonly cleaning: readonly CleaningReport[]
  readonly stages: readonly StageTime[]
  /** What the encoder read of it. */
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
    const { dataset, cleaning } = await readDataset(options, {
      now: deps.now(),
      onProgress: progress.onProgress,
    })
    const { source, ...read } = await train(dataset, options, {
      ...deps,
      onProgress: progress.onProgress,
      ...(checkpoint && { checkpoint }),
    })
    progress.onProgress('writing', 0)
    const manifest = await replaceFolder(options.out, async (sink) => {
      const model = read.model && (await writeModel(read.model, sink))
      return deps.writePack(withModel(source, model), sink)
    })
    return { dataset, source, manifest, cleaning, ...read, stages: progress.finish() }
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

type Trained = Pick<Build, 'source' | 'usage' | 'model'>

async function train(
  dataset: Dataset,
  { encoder: choice, training }: BuildOptions,
  deps: BuildDeps &
    Pick<TrainOptions, 'checkpoint'> & { readonly onProgress: OnProgress },
): Promise<Trained> {
  if (choice !== undefined) deps.onProgress('loading the text encoder', 0)
  const encoder = choice === undefined ? undefined : await load(choice, deps)
  try {
    const { source } = await deps.trainPack(dataset, {
      ...training,
      generator: `hearth ${packageVersion()}`,
      ...(encoder && { encoder }),
      ...given('checkpoint', deps.checkpoint),
      onProgress: deps.onProgress,
    })
    const usage = encoder?.usage?.()
    // Hearth's own lies beside its scripts: one copy serves every pack
    if (choice === defaultModelFolder() || !encoder?.wire) {
      return { source, ...given('usage', usage) }
    }
    deps.onProgress('packing the text encoder', 0)
    return { source, ...given('usage', usage), model: await encoder.wire() }
  } finally {
    await encoder?.dispose()
  }
}

async function load(choice: string, deps: BuildDeps): Promise<CliEncoder> {
  try {
    return await deps.createEncoder(choice)
  } catch (error) {
    if (!(error instanceof HearthError)) throw error
    const message = `${error.message} Use --no-text to build without it.`
    throw new HearthError(error.code, message, { cause: error })
  }
}
