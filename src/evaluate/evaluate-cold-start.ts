/**
 * How well a pack ranks items without interactions, by their texts and attributes: the
 * builder's own pack of what is known, written, read back, and scored by the browser's own
 * code for users whose training items are the history.
 *
 *   recall = hits / targets · binary NDCG, ideal of min(20, targets)
 *
 * Test items are only read at the end.
 */

import { encodeItems } from '../build/dataset/item-text.ts'
import { fusionModel } from '../build/models/fusion/fusion.ts'
import { openTrial } from '../build/open-trial.ts'
import {
  type TrainPackOptions,
  type TrainReport,
  trainPack,
} from '../build/train-pack.ts'
import { HearthError } from '../errors.ts'
import type { FusedComponent, FusionWeights } from '../pack/pack.ts'
import type { ScoringPack } from '../scoring/score.ts'
import type { Encoder } from '../text/encoder/encoder.ts'
import { assembleJson, bytesOf, flatSettings } from './assemble-json.ts'
import {
  amongShown,
  COLD_START_BASELINES,
  coldStartScores,
} from './cold-start-scores.ts'
import type { EvaluationJson, SettingsJson } from './json.ts'
import { measureVisitors } from './measure-visitors.ts'
import { presentComponents, requestedRows } from './pack-scores.ts'
import {
  type ColdStartSplit,
  coldStartVisitors,
  othersOf,
} from './splits/cold-start.ts'

// An encoder that encodes each text once.

export function rememberTexts<E extends Encoder>(encoder: E): E {
  const known = new Map<string, Float32Array>()
  return {
    ...encoder,
    async encode(texts: readonly string[]) {
      const unread = [...new Set(texts)].filter((text) => !known.has(text))
      const { dim } = encoder
      const vectors = unread.length > 0 ? await encoder.encode(unread) : undefined
      unread.forEach((text, i) => {
        known.set(text, vectors?.slice(i * dim, (i + 1) * dim) ?? new Float32Array(dim))
      })
      const out = new Float32Array(texts.length * dim)
      texts.forEach((text, i) => void out.set(known.get(text) ?? [], i * dim))
      return out
    },
  }
}

interface ColdStartOptions extends TrainPackOptions {
  /** Names of components; fusion and the baselines always come along. Default: all there are. */
  readonly components?: readonly string[]
  /** Measure the blend for cold-start items without each component too. */
  readonly ablate?: boolean
}

const PROTOCOL =
  'Visitors are users trained on, known by their training items; only items that nobody in training chose are ranked, but for the rows among all, and recall is hits / targets.'
/** Weights found on the validation items ranked among themselves. */
const COLD_START_FUSION = 'cold-start-fusion'

/**
 * @throws HearthError `bad-input` if no user chose an item of the test, `bad-argument` for an
 *   unknown component
 */
export async function evaluateColdStart(
  split: ColdStartSplit,
  options: ColdStartOptions = {},
): Promise<EvaluationJson> {
  const { seed = 1, onProgress } = options
  const requested = requestedRows(options.components).components
  const visitors = coldStartVisitors(split, split.test, seed)
  if (visitors.length === 0) throw noUsers()
  const encoder = options.encoder && rememberTexts(options.encoder)
  const training = { ...options, ...(encoder ? { encoder } : {}) }
  const { source, report } = await trainPack(split.train, training)
  const scoring = await openTrial(source)
  const fusion = fitOnValid(scoring, split, { seed })
  const components = presentComponents(scoring).filter((component) =>
    requested.has(component),
  )
  const scores = coldStartScores(scoring, {
    ...{ components, seed, blends: blendsOf(fusion, components, options) },
    ...(encoder ? { texts: await textsOf(split, encoder) } : {}),
  })
  onProgress?.('scoring the test', 0)
  const how = {
    k: 'all',
    rows: scoring.pack.itemCount,
    seed,
    recall: 'of-all',
  } as const
  const shown = amongShown(scores, othersOf(split.test, how.rows))
  const measured = measureVisitors(shown, visitors, how)
  onProgress?.('scoring the test', 1)
  const about = headOf(split, scoring, { report, fusion })
  const head = { ...about, visitors: visitors.length, seed }
  return assembleJson([{ k: 'all', ...measured }], head, COLD_START_BASELINES)
}

/** What the pack and the split are. */
function headOf(
  split: ColdStartSplit,
  { pack }: ScoringPack,
  {
    report,
    fusion,
  }: { readonly report: TrainReport; readonly fusion: FusionWeights | undefined },
) {
  const { cold, notes } = report
  return {
    name: split.train.name,
    protocol: PROTOCOL,
    split: 'cold-start',
    items: pack.itemCount,
    recall: 'of-all',
    bytesPerItem: bytesOf(pack.manifest),
    settings: {
      ...(cold
        ? { 'cold-start': { ...flatSettings(cold.chosen), ...flatSettings(cold) } }
        : {}),
      ...(fusion ? weightsOf(fusion) : {}),
    },
    notes: [...notes, sizesOf(split)],
  } as const
}

/** @returns undefined where too few users chose an item of the validation */
function fitOnValid(
  scoring: ScoringPack,
  split: ColdStartSplit,
  { seed }: { readonly seed: number },
): FusionWeights | undefined {
  const heldOut = coldStartVisitors(split, split.valid, seed)
  const hidden = othersOf(split.valid, scoring.pack.itemCount)
  const trials = [{ scoring, heldOut }]
  const fitted = fusionModel.fit({ trials, hidden }, { histories: 'full' })
  return fitted?.fusion
}

function blendsOf(
  fusion: FusionWeights | undefined,
  components: readonly FusedComponent[],
  { ablate = false }: ColdStartOptions,
): Record<string, FusionWeights> {
  if (!fusion) return {}
  const without = (component: FusedComponent): FusionWeights => ({
    ...fusion,
    buckets: fusion.buckets.map((weights) => ({ ...weights, [component]: 0 })),
  })
  return {
    [COLD_START_FUSION]: fusion,
    ...Object.fromEntries(
      (ablate ? components : []).map((component) => [
        `${COLD_START_FUSION}-without-${component}`,
        without(component),
      ]),
    ),
  }
}

async function textsOf({ train }: ColdStartSplit, encoder: Encoder) {
  return { dim: encoder.dim, vectors: await encodeItems(train.items, encoder) }
}

/** Of the longest histories. */
function weightsOf({ buckets }: FusionWeights): Record<string, SettingsJson> {
  return { [`${COLD_START_FUSION} 51+`]: { ...buckets[buckets.length - 1] } }
}

function sizesOf({ valid, test }: ColdStartSplit): string {
  return `${test.rows.length} items are tested; ${COLD_START_FUSION} is fitted on ${valid.rows.length} others.`
}

function noUsers() {
  return new HearthError(
    'bad-input',
    'nobody to test: got no user with an item held out and one trained on, expected 1 or more.',
  )
}
