/** Tables in → a pack in its place: read, clean, train, write. */

import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { HearthError } from '../errors.ts'
import type { Manifest, PackFile } from '../pack/pack.ts'
import type { PackSink, PackSource } from '../pack/pack-source.ts'
import { writePack } from '../pack/write-pack.ts'
import { checkRules } from '../scoring/filter/check-rules.ts'
import type { Encoder, EncoderUsage } from '../text/encoder/encoder.ts'
import { hashBytes } from '../text/encoder/model-manifest.ts'
import type { NodeEncoder } from '../text/encoder/node-encoder.ts'
import type { WiredModel } from '../text/encoder/node-wire.ts'
import { type BuildMemory, openMemory } from './cache/build-memory.ts'
import { type CheckpointFile, checkpointFile } from './checkpoint.ts'
import { chooseEncoder, encoderPlace, ownEncoderFolder } from './choose-encoder.ts'
import type { Dataset, OnProgress } from './dataset/dataset.ts'
import { given } from './given.ts'
import type { AttributeOptions } from './input/attribute-columns.ts'
import type { CleaningReport } from './input/cleaning-log.ts'
import type { ColumnNames, ItemColumn } from './input/columns.ts'
import type { InteractionColumn } from './input/interaction-columns.ts'
import { formatUnderstood } from './input/item-columns.ts'
import { withPopularity } from './input/popularity-column.ts'
import { readInteractions } from './input/read-interactions.ts'
import { type ReadSources, readSources, type SourceRead } from './input/read-sources.ts'
import type { FolderOptions } from './input/sources/pages/folder-table.ts'
import { isFolder } from './input/sources/pages/open-folder.ts'
import { keepGeneration } from './keep-generation.ts'
import { formatChanges, listPack } from './pack-changes.ts'
import { defaultModelFolder, packageVersion } from './package-root.ts'
import { createProgress, type ProgressStream, type StageTime } from './progress.ts'
import type { Reuse } from './relearn.ts'
import { checkReplaceable, placeOf, replaceFolder } from './replace-folder.ts'
import type { TrainPackOptions } from './train-pack.ts'
import { unknownRuleIds } from './unknown-rule-ids.ts'

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
  ) => Promise<{ readonly source: PackSource; readonly report?: { reuse?: Reuse } }>
  /** @param choice a model's folder, or its hub id */
  readonly createEncoder: (choice: string) => Promise<CliEncoder>
}

export interface BuildOptions {
  /** A source, or several: of items with one id, or of what is added to them by id. */
  readonly items: string | readonly string[]
  /** A file, or several that follow each other. */
  readonly interactions?: string | readonly string[]
  readonly out: string
  readonly force: boolean
  /** Default: the first source's name, a file's without its endings. */
  readonly name?: string
  /**
   * `english`, `multilingual`, a model's folder or hub id; `auto` chooses by the languages of
   * the texts. Absent: built without text.
   */
  readonly encoder?: string
  /** Folder of what the next build may reuse. Absent: nothing is kept or reused. */
  readonly cache?: string
  /** Whether all is made anew, and the cache filled anew. Default false. */
  readonly makesAnew?: boolean
  /** Whether the replaced pack's files stay until the next build. Default true. */
  readonly keepsFormer?: boolean
  /** File that keeps the state of a training that may be stopped. */
  readonly checkpoint?: string
  readonly itemColumns?: ColumnNames<ItemColumn>
  /** Sold-out items stay, marked as not available; default false: left out and counted. */
  readonly keepSoldOut?: boolean
  /** The table of a database, or the sheet of a workbook, that holds the items. */
  readonly table?: string
  /** How a folder of pages is read. */
  readonly folder?: FolderOptions
  /** The column popularity is taken from, or `none`; default: one with a usual name. */
  readonly popularity?: string
  /** Which other columns are kept; default: what a page can filter by. */
  readonly attributes?: AttributeOptions
  readonly interactionColumns?: ColumnNames<InteractionColumn>
  readonly training: Pick<
    TrainPackOptions,
    'bytesPerItem' | 'seed' | 'threads' | 'licence' | 'attribution' | 'rules'
  >
}

export interface Build {
  readonly dataset: Dataset
  readonly source: PackSource
  readonly manifest: Manifest
  readonly cleaning: readonly CleaningReport[]
  /** How the columns of the items were read, as lines. */
  readonly understood: string
  readonly stages: readonly StageTime[]
  /** What the encoder encoded. */
  readonly usage?: EncoderUsage
  /** The encoder's own files in the pack. */
  readonly model?: WiredModel
  /** What changed against the pack that was replaced, and what was reused. */
  readonly changes: readonly string[]
}

/** @throws HearthError; the old pack, if any, is then untouched */
export async function buildCatalogue(
  options: BuildOptions,
  deps: BuildDeps,
): Promise<Build> {
  const inputs = [options.items, options.interactions ?? []].flat()
  checkReplaceable(options.out, {
    force: options.force,
    keep: [...inputs, process.cwd()],
  })
  const checkpoint =
    options.checkpoint && checkpointFile(options.checkpoint, deps.clock)
  const progress = createProgress(deps.stderr, deps.clock)
  const memory = options.cache && memoryOf(options, options.cache, deps)
  const before = await listPack(options.out)
  try {
    const { dataset, cleaning, sources } = await readDataset(options, {
      now: deps.now(),
      onProgress: progress.onProgress,
    })
    progress.finish() // no bar stands where the next lines go
    const understood = sources.map(formatSource).join('')
    deps.stderr.write(understood)
    const { rules } = options.training
    if (rules) {
      checkRules(rules, dataset.columns)
      const lines = unknownRuleIds(rules, dataset.items)
      for (const line of lines) deps.stderr.write(`  ${line}\n`)
    }
    const { source, ...read } = await train(dataset, options, {
      deps,
      onProgress: progress.onProgress,
      ...(checkpoint && { checkpoint }),
      ...(memory && { memory }),
    })
    progress.onProgress('writing', 0)
    const overlay = await overlayIn(options.out)
    const manifest = await replaceFolder(options.out, async (sink, draft) => {
      const model = read.model && (await writeModel(read.model, sink))
      await sink.write('overlay.json', overlay)
      const whole = { ...withModel(source, model), overlay: true }
      const written = await writePack(whole, sink)
      if (options.keepsFormer !== false) keepGeneration(placeOf(options.out), draft)
      return written
    })
    const after = before && (await listPack(options.out))
    const changes = formatChanges(before, after, read)
    const stages = progress.finish()
    return { dataset, source, manifest, cleaning, understood, ...read, changes, stages }
  } finally {
    progress.finish()
  }
}

/** The first lines of a build: a source, and what it was understood as. */
function formatSource({ columns, report, summary }: SourceRead): string {
  const title = summary === undefined ? '' : `${summary}\n`
  return title + formatUnderstood(columns, report)
}

/**
 * The overlay that a pack's owner wrote, which a rebuild keeps; else an empty one, so that
 * pages ask for a file that is there, and what is written into it later needs no rebuild.
 */
async function overlayIn(folder: string): Promise<Uint8Array> {
  const kept = await readFile(join(folder, 'overlay.json')).catch(() => undefined)
  return kept ?? new TextEncoder().encode('{}\n')
}

type DatasetOptions = Pick<
  BuildOptions,
  | 'items'
  | 'interactions'
  | 'name'
  | 'itemColumns'
  | 'interactionColumns'
  | 'keepSoldOut'
  | 'table'
  | 'folder'
  | 'popularity'
  | 'attributes'
>

interface ReadDatasetOptions {
  /** Unix ms. */
  readonly now: number
  readonly onProgress: OnProgress
}

interface ReadDataset {
  readonly dataset: Dataset
  readonly cleaning: readonly [CleaningReport, ...CleaningReport[]]
  /** What became of each source of items. */
  readonly sources: ReadSources['sources']
}

/** Of a folder its whole name (`example.github.io`), of a file what is before its endings. */
function nameOf(path: string): string {
  if (isFolder(path)) return basename(resolve(path)) || 'catalogue'
  return basename(path).split('.')[0] || 'catalogue'
}

/** Reads and cleans all tables. @throws HearthError `bad-input` */
export async function readDataset(
  { items: paths, interactions: interactionsPath, ...options }: DatasetOptions,
  { now, onProgress }: ReadDatasetOptions,
): Promise<ReadDataset> {
  onProgress('reading items', 0)
  const sourcePaths = [paths].flat()
  const read = await readSources(sourcePaths, options.itemColumns, options)
  const { items, bodies, attributes, sources } = read
  const [first, ...others] = sources.map(({ report }) => report)
  const cleaning = [first!, ...others] as const
  const name = options.name ?? nameOf(sourcePaths[0]!)
  const catalogue = {
    ...{ name, items },
    ...given('bodies', bodies),
    columns: attributes,
  }
  if (interactionsPath === undefined) {
    const { totals } = read
    const dataset = { ...catalogue, ...given('totals', totals) }
    return { dataset, cleaning, sources: withPopularity(sources, totals) }
  }
  onProgress('reading interactions', 0)
  const rows = new Map(items.map(({ id }, row) => [id, row]))
  const named = options.interactionColumns
  const events = await readInteractions(interactionsPath, rows, {
    now,
    items,
    ...(named && { named }),
  })
  const { totals, interactions } = events
  return {
    dataset: { ...catalogue, ...(totals ? { totals } : { interactions }) },
    cleaning: [...cleaning, events.report],
    sources,
  }
}

function memoryOf(
  { items, makesAnew = false }: BuildOptions,
  folder: string,
  { stderr }: BuildDeps,
): BuildMemory {
  const report = (line: string) => void stderr.write(`  ${line}\n`)
  const catalogue = [items]
    .flat()
    .map((path) => resolve(path))
    .join('\0')
  return openMemory({ folder, makesAnew, report, catalogue })
}

type Trained = Pick<Build, 'source' | 'usage' | 'model'> & {
  readonly reuse?: Reuse
  readonly textsEncoded?: number
}

interface TrainContext {
  readonly memory?: BuildMemory
  readonly deps: BuildDeps
  readonly onProgress: OnProgress
  readonly checkpoint?: CheckpointFile
}

async function train(
  dataset: Dataset,
  { encoder: named, training }: BuildOptions,
  { deps, onProgress, checkpoint, memory }: TrainContext,
): Promise<Trained> {
  const choice = named === undefined ? undefined : placeOfEncoder(named, dataset, deps)
  if (choice !== undefined) onProgress('loading the text encoder', 0)
  const encoder = choice === undefined ? undefined : await load(choice, deps)
  try {
    const texts = encoder && (await memory?.remember(encoder))
    const { source, report } = await deps.trainPack(dataset, {
      ...training,
      generator: `hearth ${packageVersion()}`,
      ...given('encoder', texts?.encoder ?? encoder),
      ...given('checkpoint', checkpoint),
      ...given('former', memory?.former),
      onProgress,
    })
    await texts?.save()
    const usage = encoder?.usage?.()
    const reused = {
      ...given('reuse', report?.reuse),
      ...given('textsEncoded', texts?.encoded()),
    }
    // Hearth's own lies beside its scripts: one copy serves every pack
    if (choice === defaultModelFolder() || !encoder?.wire) {
      return { source, ...reused, ...given('usage', usage) }
    }
    onProgress('packing the text encoder', 0)
    const model = await encoder.wire()
    return { source, ...reused, ...given('usage', usage), model }
  } finally {
    await encoder?.dispose()
  }
}

/** @returns a model's folder or hub id; writes a line where it is not the default */
function placeOfEncoder(
  named: string,
  dataset: Dataset,
  { stderr }: BuildDeps,
): string {
  if (named !== 'auto') return encoderPlace(named)
  const { name, because } = chooseEncoder(dataset)
  if (because) {
    stderr.write(
      `  text encoder: ${name}, as ${because}; --encoder english is smaller and reads English alone\n`,
    )
  }
  return ownEncoderFolder(name)
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
