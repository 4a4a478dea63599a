/** The folder layouts that can be evaluated: how each is recognised and read. */

import { readDataset } from '../../build/build-catalogue.ts'
import type { OnProgress } from '../../build/dataset/dataset.ts'
import type { CleaningReport } from '../../build/input/cleaning-log.ts'
import { findTables } from '../../build/input/find-tables.ts'
import { HearthError } from '../../errors.ts'
import type { EvaluationTask } from '../evaluate-task.ts'
import { cutColdStart } from '../splits/cold-start.ts'
import { leaveLastOut, sessionClicks } from '../splits/next-clicks.ts'
import { joinSplit, type SplitKind } from '../splits/users.ts'
import { findColdStart, readColdStart } from './read-cold-start.ts'
import {
  findSequences,
  findSessions,
  readSequences,
  readSessions,
} from './read-sequences.ts'
import { findSplit, readSplit } from './read-split.ts'

export interface ReadTaskOptions {
  readonly seed: number
  /** What is held out. Default: as the folder comes cut, else 'users'. */
  readonly split?: SplitKind | 'cold-start'
  /** Unix ms. */
  readonly now: number
  readonly onProgress: OnProgress
  /** Receives what was cleaned of each table. */
  readonly onCleaned: (report: CleaningReport) => void
}

/** @throws HearthError `bad-input` for files that cannot be read */
type ReadTask = (options: ReadTaskOptions) => Promise<EvaluationTask>

interface Layout {
  /** The files it is recognised by, as an error names them. */
  readonly files: string
  /**
   * Looks at the names of the folder's files only; the returned function reads them.
   *
   * @returns undefined if the folder is of another layout, or cannot be listed
   * @throws HearthError `bad-input` if it is clearly of this layout but not whole
   */
  readonly open: (folder: string) => Promise<ReadTask | undefined>
}

const splitLayout: Layout = {
  files: 'train.txt.gz and test.txt.gz',
  async open(folder) {
    const files = await findSplit(folder)
    if (!files) return undefined
    return async ({ split: by }) => {
      if (by !== undefined && by !== 'users') {
        throw new HearthError(
          'bad-argument',
          `bad --split: got ${by}, but ${folder} holds neither times nor attributes of items. Leave it out, or use users.`,
        )
      }
      const split = await readSplit(files)
      return by === undefined
        ? { kind: 'given', split, hasTexts: false }
        : { kind: 'dataset', dataset: joinSplit(split), by, hasTexts: false }
    }
  },
}

const sequencesLayout: Layout = {
  files: 'sequences.txt.gz',
  async open(folder) {
    const files = await findSequences(folder)
    if (!files) return undefined
    return async ({ seed }) => {
      const clicks = leaveLastOut(await readSequences(files), seed)
      return { kind: 'next-clicks', clicks, hasTexts: false }
    }
  },
}

const sessionsLayout: Layout = {
  files: 'sessions-train.txt.gz and sessions-test.txt.gz',
  async open(folder) {
    const files = await findSessions(folder)
    if (!files) return undefined
    return async ({ seed }) => {
      const clicks = sessionClicks(await readSessions(files), seed)
      return { kind: 'next-clicks', clicks, hasTexts: false }
    }
  },
}

const coldStartLayout: Layout = {
  files: 'items.csv.gz, train.csv.gz, valid.csv.gz and test.csv.gz (uid,iid)',
  async open(folder) {
    const files = await findColdStart(folder)
    if (!files) return undefined
    return async () => {
      return { kind: 'cold-start', split: await readColdStart(files), hasTexts: true }
    }
  },
}

const tablesLayout: Layout = {
  files: 'a table of items (id, title) beside one of interactions (user, item)',
  async open(folder) {
    const tables = await findTables(folder)
    if (!tables) return undefined
    return async ({ seed, split = 'users', now, onProgress, onCleaned }) => {
      const { dataset, cleaning } = await readDataset(tables, { now, onProgress })
      cleaning.forEach(onCleaned)
      return split === 'cold-start'
        ? { kind: split, split: cutColdStart(dataset, { seed }), hasTexts: true }
        : { kind: 'dataset', dataset, by: split, hasTexts: true }
    }
  },
}

/** Tables come last: recognising them takes opening every file. */
const LAYOUTS = [
  splitLayout,
  sequencesLayout,
  sessionsLayout,
  coldStartLayout,
  tablesLayout,
]

/**
 * The first layout that recognises the folder.
 *
 * @throws HearthError `bad-input` if none does, or the one that does lacks a file
 */
export async function openFolder(folder: string): Promise<ReadTask> {
  for (const layout of LAYOUTS) {
    const read = await layout.open(folder)
    if (read) return read
  }
  const known = LAYOUTS.map(({ files }) => files).join('; or ')
  throw new HearthError(
    'bad-input',
    `nothing to evaluate in ${folder}: got no files of a known layout, expected ${known}.`,
  )
}
