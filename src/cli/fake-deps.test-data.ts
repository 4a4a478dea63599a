/** Dependencies of the command line for tests: no model, no training, no clock. */

import type { Dataset } from '../build/dataset/dataset.ts'
import type { TrainPackOptions } from '../build/train-pack.ts'
import type { EvaluateTaskOptions, EvaluationTask } from '../evaluate/evaluate-task.ts'
import type { PackSource } from '../pack/pack-source.ts'
import { defaultFusion } from '../scoring/fusion.ts'
import type { Encoder } from '../text/encoder/encoder.ts'
import type { CliDeps } from './deps.ts'

export interface FakeDeps extends CliDeps {
  readonly printed: () => string
  readonly complaints: () => string
  /** What the trainer was given, call after call. */
  readonly trained: readonly { dataset: Dataset; options: TrainPackOptions }[]
  /** What was evaluated and how, call after call. */
  readonly evaluated: readonly {
    readonly task: EvaluationTask
    readonly options: EvaluateTaskOptions
  }[]
}

/** A trainer that learns nothing: attributes empty, every item equally popular. */
export function fakeSource({ name, items }: Dataset): PackSource {
  return {
    name,
    licence: 'CC0-1.0',
    attribution: '',
    provenance: { generator: 'test', interactions: 0, users: 0, notes: ['cf: off'] },
    items,
    fusion: defaultFusion,
    attributes: {
      values: [],
      indptr: new Uint32Array(items.length + 1),
      indices: new Uint16Array(0),
    },
    popularity: new Float32Array(items.length),
    flags: new Uint8Array(items.length),
    firstItems: [0],
  }
}

/** A text of n letters → [n, 1/3]; nothing → zeros. */
export const fakeEncoder: Encoder = {
  dim: 2,
  fingerprint: 'fake',
  encode: async (texts) =>
    Float32Array.from(texts.flatMap((text) => (text ? [text.length, 1 / 3] : [0, 0]))),
  dispose: async () => {},
}

export function fakeDeps(changes: Partial<CliDeps> = {}, stdin = ''): FakeDeps {
  const out: string[] = []
  const err: string[] = []
  const trained: { dataset: Dataset; options: TrainPackOptions }[] = []
  const evaluated: { task: EvaluationTask; options: EvaluateTaskOptions }[] = []
  return {
    stdin: (async function* () {
      yield new TextEncoder().encode(stdin)
    })(),
    print: async (text) => void out.push(text),
    stderr: { write: (text) => err.push(text) },
    now: () => Date.UTC(2026, 0, 1),
    clock: () => 0,
    peakMemoryBytes: () => 2 ** 20,
    untilStopped: async () => {},
    async trainPack(dataset, options) {
      trained.push({ dataset, options })
      return { source: fakeSource(dataset) }
    },
    createEncoder: async () => fakeEncoder,
    async evaluate(task, options) {
      evaluated.push({ task, options })
      return { table: `a table of ${task.kind}`, json: '{"all":{}}' }
    },
    ...changes,
    printed: () => out.join(''),
    complaints: () => err.join(''),
    trained,
    evaluated,
  }
}
