/** Everything the commands reach outside themselves for, so that tests can stand in. */
import type { Manifest } from '../catalogue/pack.ts'
import type { PackSink, PackSource } from '../catalogue/pack-source.ts'
import type { Encoder } from '../encoder/encoder.ts'
import type { NodeEncoder } from '../encoder/node-encoder.ts'
import type { ColdSplit } from '../evaluation/cold-split.ts'
import type { CheckpointFile } from '../training/checkpoint.ts'
import type { Dataset, OnProgress, UserSplit } from '../training/dataset.ts'
import type { ProgressStream } from './progress.ts'

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

export interface EvaluateOptions {
  readonly encoder?: Encoder
  readonly seed?: number
  readonly bytesPerItem?: number
  readonly parts?: readonly string[]
  /** Tables only: who is held out. */
  readonly split?: 'users' | 'time' | 'cold'
  /** Tables only: how many fifths of the users are held out in turn. */
  readonly folds?: number
  readonly ablate?: boolean
  readonly onProgress?: OnProgress
}

/** An evaluation, as a table for a person and as JSON. */
export interface Evaluation {
  readonly table: string
  readonly json: string
}

export interface CliDeps {
  readonly stdin: AsyncIterable<Uint8Array>
  /** Resolves when there is room for more. */
  readonly print: (text: string) => Promise<void>
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
  readonly evaluate: (dataset: Dataset, options: EvaluateOptions) => Promise<Evaluation>
  /** As `evaluate`, of a folder that came cut into training and test. */
  readonly evaluateSplit: (
    split: UserSplit,
    options: EvaluateOptions,
  ) => Promise<Evaluation>
  /** As `evaluate`, of new items among themselves. */
  readonly evaluateCold: (
    split: ColdSplit,
    options: EvaluateOptions,
  ) => Promise<Evaluation>
}
