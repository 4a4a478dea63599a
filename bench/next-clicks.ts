/**
 * What each piece of a sequence block is worth for the next click: the block by the
 * constants that `evaluate` chose, without one piece at a time, in float32, and by
 * constants set by hand. Figures of the block alone, on validation and on test, and how
 * far test is from the block as chosen, with the 95 % interval over the same cases.
 *
 *   npx tsx bench/next-clicks.ts <folder> <its figures by evaluate --json> [--bytes N]
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  bootstrapDifference,
  bootstrapMean,
  type Estimate,
} from '../src/build/metrics/ranking.ts'
import {
  type EvaluatedBlock,
  evaluateCases,
  type RankFigures,
} from '../src/build/models/sequential/evaluate.ts'
import { sequentialModel } from '../src/build/models/sequential/sequential.ts'
import type { SequenceTuning } from '../src/build/models/sequential/tune.ts'
import {
  findSequences,
  findSessions,
  readSequences,
  readSessions,
} from '../src/evaluate/layouts/read-sequences.ts'
import type { NextClickJson } from '../src/evaluate/next-click-report.ts'
import {
  leaveLastOut,
  type NextClicks,
  sessionClicks,
} from '../src/evaluate/splits/next-clicks.ts'
import { defaultDecaySettings } from '../src/pack/decay-settings.ts'
import { roundSparse } from '../src/pack/sparse-block.ts'

/** Set by hand, on shop sessions (`all`) and on review histories: a row of RESULTS.md, *Next clicks*. */
const BY_HAND: Readonly<Record<NextClicks['ranks'], SequenceTuning>> = {
  all: {
    settings: {
      ...{ forward: 0.75, backward: 0.7, reverse: 0.8, window: 8, recency: 1 },
      ...{ lengthPower: 0.25, countPower: 0.6, fromPower: 0.2, toPower: 0.2 },
      ...{ hop: 1.48, hopNeighbours: 20 },
    },
    decaySettings: {
      decay: 0.634,
      floor: 0.026,
      returns: { newest: 0.578, second: 1.024, older: 0.0138, fading: 0.79 },
    },
  },
  new: {
    settings: {
      ...{ forward: 0.85, backward: 0.8, reverse: 0.3, window: 10, recency: 0 },
      ...{ lengthPower: 0.25, countPower: 1, fromPower: 0.5, toPower: 0.2 },
      ...{ hop: 0, hopNeighbours: 20 },
    },
    decaySettings: defaultDecaySettings,
  },
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { bytes: { type: 'string', default: '64' } },
})
const [folder = '', figures = ''] = positionals
const bytesPerItem = Number(values.bytes)
const json: NextClickJson = JSON.parse(readFileSync(figures, 'utf8'))
const clicks = await readClicks(json.meta.seed)
const chosen = tuningOf(json.meta)
const length = clicks.lengths[0]
/** Test's figures of the block as chosen. */
let whole: RankFigures[] | undefined
console.log(`${clicks.name}: hit, NDCG and MRR@${length}, 95 % in brackets`)
printRow('as chosen', chosen, roundSparse)
printRow('in float32', chosen, unrounded)
printRow('without second hop', withSettings({ hop: 0 }), roundSparse)
printRow('without backward', withSettings({ reverse: 0 }), roundSparse)
if (clicks.train.isInTimeOrder) {
  printRow('without recency', withSettings({ recency: 0 }), roundSparse)
}
if (clicks.ranks === 'all') {
  const { returns } = defaultDecaySettings
  const without = { ...chosen, decaySettings: { ...chosen.decaySettings, returns } }
  printRow('without returns', without, roundSparse)
}
printRow('by hand', BY_HAND[clicks.ranks], roundSparse)

async function readClicks(seed: number): Promise<NextClicks> {
  const sequences = await findSequences(folder)
  if (sequences) return leaveLastOut(await readSequences(sequences), seed)
  const sessions = await findSessions(folder)
  if (sessions) return sessionClicks(await readSessions(sessions), seed)
  throw new Error('expected a folder of sequences or sessions')
}

/** The constants as the figures state them. */
function tuningOf({ settings }: NextClickJson['meta']): SequenceTuning {
  const { sequence, decaySettings, returns } = settings
  return {
    settings: sequence,
    decaySettings: { ...decaySettings, returns },
  } as unknown as SequenceTuning
}

function withSettings(changed: Partial<SequenceTuning['settings']>): SequenceTuning {
  return { ...chosen, settings: { ...chosen.settings, ...changed } }
}

type Rows = ReturnType<typeof sequentialModel.fit>

function printRow(
  name: string,
  { settings, decaySettings }: SequenceTuning,
  read: (rows: Rows) => EvaluatedBlock,
) {
  const measured = (tuning: boolean) => {
    const { train, cases } = tuning
      ? clicks.tuning
      : { train: clicks.train, cases: clicks.test }
    const rows = sequentialModel.fit({ sequences: train, bytesPerItem }, settings)
    return [
      ...evaluateCases(read(rows), cases, {
        decaySettings,
        length,
        ranks: clicks.ranks,
      }),
    ]
  }
  const [validation, test] = [measured(true), measured(false)]
  console.log(name)
  printFigures('validation', (kind) => meanOf(validation, kind))
  printFigures('test', (kind) => meanOf(test, kind))
  whole ??= test
  if (whole === test) return
  const all = whole
  printFigures('less as chosen', (kind) => {
    const [own, chosenOnes] = [test, all].map((list) => list.map((one) => one[kind]))
    return bootstrapDifference(own!, chosenOnes!, json.meta.seed)
  })
}

function meanOf(figures: readonly RankFigures[], kind: keyof RankFigures): Estimate {
  return bootstrapMean(
    figures.map((one) => one[kind]),
    json.meta.seed,
  )
}

function printFigures(what: string, of: (kind: keyof RankFigures) => Estimate) {
  const cells = (['hit', 'ndcg', 'mrr'] as const).map((kind) => {
    const { mean, low, high } = of(kind)
    return `${mean.toFixed(4)} (${low.toFixed(4)} … ${high.toFixed(4)})`
  })
  console.log(`  ${what.padEnd(16)} ${cells.join('   ')}`)
}

/** The same rows with every value its own level. */
function unrounded({ rows, indptr, indices, values: levels }: Rows): EvaluatedBlock {
  const codes = Uint32Array.from(levels.keys())
  return {
    rows,
    indptr,
    indices,
    codes,
    levels,
    scales: new Float32Array(rows).fill(1),
  }
}
