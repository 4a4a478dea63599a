/**
 * How well a catalogue's pack predicts people it never saw: trained on four fifths of the
 * users, written and read back as a browser would, scored by the browser's own code.
 */
import type { Manifest } from '../catalogue/pack.ts'
import type { Encoder } from '../encoder/encoder.ts'
import { HearthError } from '../errors.ts'
import type { Dataset, OnProgress } from '../training/dataset.ts'
import { openTrial } from '../training/learn-parts.ts'
import { type TrainReport, trainPack } from '../training/train-pack.ts'
import {
  EVALUATED,
  type Evaluated,
  type EventCount,
  type Measured,
  measureVisitors,
  presentParts,
} from './measure-visitors.ts'
import type { Estimate } from './metrics.ts'
import { splitDataset } from './split.ts'

export interface EvaluateOptions {
  /** Absent: evaluated without text. */
  readonly encoder?: Encoder & { readonly name?: string }
  /** Of the split, the training and the bootstrap. Default 1. */
  readonly seed?: number
  /** Numbers of events, each 0 or more; `all` always comes last. Default 1, 5, 20. */
  readonly ks?: readonly number[]
  /** Names out of EVALUATED; fusion always comes along. Default: all the pack has. */
  readonly parts?: readonly string[]
  /** See `trainPack`. */
  readonly bytesPerItem?: number
  readonly threads?: number
  readonly onProgress?: OnProgress
}

export interface EvaluationResult {
  readonly name: string
  readonly items: number
  readonly heldOutUsers: number
  readonly seed: number
  readonly parts: readonly Evaluated[]
  /** Score-time bytes an item, by block. */
  readonly bytesPerItem: Readonly<Record<string, number>>
  readonly rows: readonly {
    readonly k: EventCount
    readonly measured: Partial<Record<Evaluated, Measured>>
  }[]
  readonly training: TrainReport
}

const DEFAULT_KS = [1, 5, 20]

/**
 * @throws HearthError `bad-input` for a dataset without interactions or users enough,
 *   `bad-argument` for an unknown part or a bad k
 */
export async function evaluateDataset(
  dataset: Dataset,
  options: EvaluateOptions = {},
): Promise<EvaluationResult> {
  const { seed = 1, ks = DEFAULT_KS, onProgress } = options
  const wanted = checkParts(options.parts)
  for (const k of ks) checkCount(k)
  const { train, heldOut } = splitDataset(dataset, seed)
  const { source, report } = await trainPack(train, options)
  const scoring = await openTrial(source)
  const parts = presentParts(scoring).filter((part) => wanted.has(part))
  const counts: EventCount[] = [...ks, 'all']
  const rows = counts.map((k, done) => {
    onProgress?.('scoring held-out users', done / counts.length)
    return { k, measured: measureVisitors(scoring, heldOut, { k, parts, seed }) }
  })
  onProgress?.('scoring held-out users', 1)
  return {
    name: dataset.name,
    items: dataset.items.length,
    heldOutUsers: heldOut.length,
    seed,
    parts,
    bytesPerItem: bytesOf(scoring.pack.manifest),
    rows,
    training: report,
  }
}

/** @throws HearthError `bad-argument` for a name not in EVALUATED */
export function checkParts(names: readonly string[] = EVALUATED): ReadonlySet<string> {
  const known: readonly string[] = EVALUATED
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw new HearthError(
      'bad-argument',
      `unknown part: got ${unknown}, expected one of ${EVALUATED.join(', ')}.`,
    )
  }
  return new Set([...names, 'fusion'])
}

function checkCount(k: number) {
  if (Number.isInteger(k) && k >= 0) return
  throw new HearthError(
    'bad-argument',
    `invalid number of events: got ${k}, expected an integer of 0 or more.`,
  )
}

/** Bytes an item of each block as written. */
export function bytesOf({ blocks, items }: Manifest): Record<string, number> {
  const entries = Object.entries(blocks).map(([name, file]) => [
    name,
    (file?.sizeBytes ?? 0) / items,
  ])
  return Object.fromEntries(entries)
}

/** The result as a table for a person: one line a number of events and part. */
export function formatEvaluation(result: EvaluationResult): string {
  const { name, items, heldOutUsers, seed, rows, parts, bytesPerItem } = result
  const total = Object.values(bytesPerItem).reduce((sum, bytes) => sum + bytes, 0)
  const sizes = Object.entries(bytesPerItem).map(
    ([block, b]) => `${block} ${b.toFixed(1)}`,
  )
  const lines = rows.flatMap(({ k, measured }) =>
    parts.map((part) => {
      const { recall, ndcg, coverage } = measured[part] as Measured
      const cells = [`${k}`.padEnd(6), part.padEnd(11), formatEstimate(recall)]
      const share = `${(100 * coverage).toFixed(1)} %`.padStart(9)
      return [...cells, formatEstimate(ndcg), share].join('  ')
    }),
  )
  return [
    `${name}: ${items} items, ${heldOutUsers} held-out users, seed ${seed}`,
    `${total.toFixed(1)} bytes an item (${sizes.join(', ')})`,
    '',
    'events  part         recall@20 (95 %)      ndcg@20 (95 %)        coverage',
    ...lines,
    '',
    ...result.training.notes,
  ].join('\n')
}

/** Mean and 95 % interval. */
export function formatEstimate({ mean, low, high }: Estimate): string {
  return `${mean.toFixed(4)} (${low.toFixed(3)}–${high.toFixed(3)})`
}

/** `{"<k or all>": {"<part>": {"recall@20": n, "ndcg@20": n}}}` */
export function evaluationJson({ rows }: EvaluationResult): string {
  const table = Object.fromEntries(
    rows.map(({ k, measured }) => [
      `${k}`,
      Object.fromEntries(
        Object.entries(measured).map(([part, { recall, ndcg }]) => [
          part,
          { 'recall@20': recall.mean, 'ndcg@20': ndcg.mean },
        ]),
      ),
    ]),
  )
  return `${JSON.stringify(table, null, 2)}\n`
}
