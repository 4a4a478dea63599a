/**
 * The layouts `hearth evaluate` knows, in the order in which they are tried. Another one is
 * a file `layout-….ts` beside these and its name here; what it evaluates it imports when it
 * is called, so that `--help` waits for nothing.
 */

import type { BuildDeps } from '../../build/build-catalogue.ts'
import { readDataset } from '../../build/build-catalogue.ts'
import type { Dataset, OnProgress, UserSplit } from '../../build/dataset/dataset.ts'
import { given } from '../../build/given.ts'
import { findTables } from '../../build/input/find-tables.ts'
import { formatCleaning } from '../../build/report.ts'
import { HearthError } from '../../errors.ts'
import type { Encoder } from '../../text/encoder/encoder.ts'
import type { ColdSplit } from '../splits/cold-start.ts'
import type { NextClicks } from '../splits/next-clicks.ts'
import { findCold, readCold } from './read-cold.ts'
import {
  findSequences,
  findSessions,
  readSequences,
  readSessions,
} from './read-sequences.ts'
import { findSplit, readSplit } from './read-split.ts'

// A kind of folder that `hearth evaluate` knows: how it is told, read and evaluated.

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

/** What an evaluation reaches outside itself for, so that tests can stand in. */
export interface EvaluateDeps
  extends Pick<BuildDeps, 'createEncoder' | 'stderr' | 'now' | 'clock'> {
  readonly evaluate: (dataset: Dataset, options: EvaluateOptions) => Promise<Evaluation>
  /** As `evaluate`, of a folder that came cut into training and test. */
  readonly evaluateSplit: (
    split: UserSplit,
    options: EvaluateOptions,
  ) => Promise<Evaluation>
  /** As `evaluate`, of cold-start items among themselves. */
  readonly evaluateCold: (
    split: ColdSplit,
    options: EvaluateOptions,
  ) => Promise<Evaluation>
}

/** What the command line asked for, and what a layout may reach. */
export interface LayoutContext {
  readonly deps: EvaluateDeps
  /** Seed, bytes and parts where they were given; what takes time tells `onProgress`. */
  readonly options: Omit<EvaluateOptions, 'encoder'> &
    Required<Pick<EvaluateOptions, 'onProgress'>>
  /** Folder of the text encoder; absent: evaluate without text. */
  readonly modelFolder?: string
}

export interface Layout {
  /** The files it goes by, as an error may name them: `train.txt.gz and test.txt.gz`. */
  readonly files: string
  /**
   * Looks at the names of the folder's files only; reading and evaluating waits for the
   * call of what is returned.
   *
   * @returns undefined if the folder is of another layout, or cannot be listed
   * @throws HearthError `bad-input` if it is clearly of this layout but not whole
   */
  readonly open: (
    folder: string,
  ) => Promise<((context: LayoutContext) => Promise<Evaluation>) | undefined>
}

/** Evaluates with the encoder that was asked for, and disposes of it. */
export async function withEncoder(
  { deps, options, modelFolder }: LayoutContext,
  evaluate: (options: EvaluateOptions) => Promise<Evaluation>,
): Promise<Evaluation> {
  const encoder =
    modelFolder === undefined ? undefined : await deps.createEncoder(modelFolder)
  try {
    return await evaluate({ ...options, ...given('encoder', encoder) })
  } finally {
    await encoder?.dispose()
  }
}

// A folder whose items to be tested are new: nobody in training chose them.

export const coldLayout: Layout = {
  files: 'items.csv.gz, train.csv.gz, valid.csv.gz and test.csv.gz (uid,iid)',
  async open(folder) {
    const files = await findCold(folder)
    if (!files) return undefined
    return async (context) => {
      const split = await readCold(files)
      return withEncoder(context, (options) =>
        context.deps.evaluateCold(split, options),
      )
    }
  },
}

// Folders in time order: sequences of users, and click sessions.

export const sequencesLayout: Layout = {
  files: 'sequences.txt.gz',
  async open(folder) {
    const files = await findSequences(folder)
    if (!files) return undefined
    return async (context) => {
      const { leaveLastOut } = await import('../splits/next-clicks.ts')
      const read = await readSequences(files)
      return evaluateClicks(leaveLastOut(read, context.options.seed ?? 1), context)
    }
  },
}

export const sessionsLayout: Layout = {
  files: 'sessions-train.txt.gz and sessions-test.txt.gz',
  async open(folder) {
    const files = await findSessions(folder)
    if (!files) return undefined
    return async (context) => {
      const { sessionClicks } = await import('../splits/next-clicks.ts')
      const read = await readSessions(files)
      return evaluateClicks(sessionClicks(read, context.options.seed ?? 1), context)
    }
  },
}

async function evaluateClicks(
  clicks: NextClicks,
  { options }: LayoutContext,
): Promise<Evaluation> {
  const { evaluateSequence } = await import('../evaluate-sequence.ts')
  const { formatNextClicks } = await import('../next-click-report.ts')
  const json = await evaluateSequence(clicks, options)
  return { table: formatNextClicks(json), json: `${JSON.stringify(json, null, 2)}\n` }
}

// A folder that comes cut into training and test.

export const splitLayout: Layout = {
  files: 'train.txt.gz and test.txt.gz',
  async open(folder) {
    const files = await findSplit(folder)
    if (!files) return undefined
    return async ({ deps, options }) => {
      const { split: by } = options
      if (by !== undefined && by !== 'users') {
        throw new HearthError(
          'bad-argument',
          `bad --split: got ${by}, but ${folder} holds neither times nor facts of items. Leave it out, or say users.`,
        )
      }
      const split = await readSplit(files)
      if (by === undefined) return deps.evaluateSplit(split, options)
      const { joinSplit } = await import('../splits/users.ts')
      return deps.evaluate(joinSplit(split), options)
    }
  },
}

// A folder with a table of items and one of interactions.

export const tablesLayout: Layout = {
  files: 'a table of items (id, title) beside one of interactions (user, item)',
  async open(folder) {
    const tables = await findTables(folder)
    if (!tables) return undefined
    return async (context) => {
      const { deps, options } = context
      const { onProgress, seed = 1 } = options
      const { dataset, cleaning } = await readDataset(tables, {
        now: deps.now(),
        onProgress,
      })
      for (const line of cleaning.flatMap(formatCleaning)) {
        deps.stderr.write(`${line}\n`)
      }
      if (options.split !== 'cold') {
        return withEncoder(context, (asked) => deps.evaluate(dataset, asked))
      }
      const { cutCold } = await import('../splits/cold-start.ts')
      const split = cutCold(dataset, { seed })
      return withEncoder(context, (asked) => deps.evaluateCold(split, asked))
    }
  },
}

/** Tables come last: they are told by their columns, which takes opening every file. */
export const LAYOUTS: readonly Layout[] = [
  splitLayout,
  sequencesLayout,
  sessionsLayout,
  coldLayout,
  tablesLayout,
]
