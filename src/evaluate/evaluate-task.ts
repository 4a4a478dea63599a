/** What a folder holds, cut into training and test → its figures, as a table and as JSON. */

import type { Dataset, OnProgress, UserSplit } from '../build/dataset/dataset.ts'
import type { Encoder } from '../text/encoder/encoder.ts'
import { evaluateDataset } from './evaluate.ts'
import { evaluateColdStart } from './evaluate-cold-start.ts'
import { evaluateSequence } from './evaluate-sequence.ts'
import { evaluateSplit } from './evaluate-split.ts'
import type { EvaluationJson } from './json.ts'
import { formatNextClicks, type NextClickJson } from './next-click-report.ts'
import { formatEvaluation } from './report.ts'
import type { ColdStartSplit } from './splits/cold-start.ts'
import type { NextClicks } from './splits/next-clicks.ts'
import type { SplitKind } from './splits/users.ts'

/** What is evaluated. Only datasets and cold-start splits have texts to encode. */
export type EvaluationTask =
  | {
      readonly kind: 'dataset'
      readonly dataset: Dataset
      readonly by: SplitKind
      readonly hasTexts: boolean
    }
  | {
      readonly kind: 'cold-start'
      readonly split: ColdStartSplit
      readonly hasTexts: true
    }
  | { readonly kind: 'given'; readonly split: UserSplit; readonly hasTexts: false }
  | {
      readonly kind: 'next-clicks'
      readonly clicks: NextClicks
      readonly hasTexts: false
    }

/** Options that a task has no use for are ignored. */
export interface EvaluateTaskOptions {
  /** Absent: evaluated without text. */
  readonly encoder?: Encoder
  /** Of the split, the training and the bootstrap. Default 1. */
  readonly seed?: number
  /** Ceiling on CF and sequence together, bytes an item. Default: the builder's. */
  readonly bytesPerItem?: number
  /** Names of components and baselines. Default: all there are. */
  readonly components?: readonly string[]
  /** Fifths of the users that are held out in turn, 1–5. Default 1. */
  readonly folds?: number
  /** Also the fusion without each component. */
  readonly ablate?: boolean
  readonly onProgress?: OnProgress
}

export interface Evaluation {
  /** For a person. */
  readonly table: string
  /** For a file: numbers of events first, `meta` last. */
  readonly json: string
}

/** @throws HearthError `bad-input` or `bad-argument`: see each protocol's function */
export async function evaluateTask(
  task: EvaluationTask,
  options: EvaluateTaskOptions,
): Promise<Evaluation> {
  switch (task.kind) {
    case 'dataset':
      return tableOf(
        await evaluateDataset(task.dataset, { ...options, split: task.by }),
      )
    case 'given':
      return tableOf(await evaluateSplit(task.split, options))
    case 'cold-start':
      return tableOf(await evaluateColdStart(task.split, options))
    case 'next-clicks': {
      const json = await evaluateSequence(task.clicks, options)
      return { table: formatNextClicks(json), json: textOf(json) }
    }
  }
}

function tableOf(json: EvaluationJson): Evaluation {
  return { table: formatEvaluation(json), json: textOf(json) }
}

function textOf(json: EvaluationJson | NextClickJson): string {
  return `${JSON.stringify(json, null, 2)}\n`
}
