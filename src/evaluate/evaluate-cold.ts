/**
 * How well a pack ranks items that nobody has chosen yet, by what is written of them: the
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
import { amongShown, COLD_BASELINES, coldScores } from './cold-scores.ts'
import type { EvaluationJson, SettingsJson } from './json.ts'
import { measureVisitors } from './measure-visitors.ts'
import { askedRows, presentComponents } from './pack-scores.ts'
import { type ColdSplit, coldVisitors, othersOf } from './splits/cold-start.ts'

// An encoder that reads each text once.

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

export interface ColdOptions extends TrainPackOptions {
  /** Names of components; fusion and the baselines always come along. Default: all there are. */
  readonly components?: readonly string[]
  /** Measure the blend for new items without each component too. */
  readonly ablate?: boolean
}

const PROTOCOL =
  'Visitors are users trained on, known by their training items; only items that nobody in training chose are ranked, but for the rows among all, and recall is hits / targets.'
/** Weights found on the validation items ranked among themselves. */
const NEW_FUSION = 'new-fusion'

/**
 * @throws HearthError `bad-input` if nobody chose an item of the test, `bad-argument` for an
 *   unknown component
 */
export async function evaluateCold(
  split: ColdSplit,
  options: ColdOptions = {},
): Promise<EvaluationJson> {
  const { seed = 1, onProgress } = options
  const asked = askedRows(options.components).components
  const visitors = coldVisitors(split, split.test, seed)
  if (visitors.length === 0) throw nobody()
  const encoder = options.encoder && rememberTexts(options.encoder)
  const training = { ...options, ...(encoder ? { encoder } : {}) }
  const { source, report } = await trainPack(split.train, training)
  const scoring = await openTrial(source)
  const fusion = fitOnValid(scoring, split, { seed })
  const components = presentComponents(scoring).filter((component) =>
    asked.has(component),
  )
  const scores = coldScores(scoring, {
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
  const said = headOf(split, scoring, { report, fusion })
  const head = { ...said, visitors: visitors.length, seed }
  return assembleJson([{ k: 'all', ...measured }], head, COLD_BASELINES)
}

/** What is said of the pack and of the split. */
function headOf(
  split: ColdSplit,
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
    split: 'cold',
    items: pack.itemCount,
    recall: 'of-all',
    bytesPerItem: bytesOf(pack.manifest),
    settings: {
      ...(cold
        ? { cold: { ...flatSettings(cold.chosen), ...flatSettings(cold) } }
        : {}),
      ...(fusion ? weightsOf(fusion) : {}),
    },
    notes: [...notes, sizesOf(split)],
  } as const
}

/** @returns undefined where too few users chose an item of the validation */
function fitOnValid(
  scoring: ScoringPack,
  split: ColdSplit,
  { seed }: { readonly seed: number },
): FusionWeights | undefined {
  const heldOut = coldVisitors(split, split.valid, seed)
  const hidden = othersOf(split.valid, scoring.pack.itemCount)
  const trials = [{ scoring, heldOut }]
  const fitted = fusionModel.fit({ trials, hidden }, { histories: 'full' })
  return fitted?.fusion
}

function blendsOf(
  fusion: FusionWeights | undefined,
  components: readonly FusedComponent[],
  { ablate = false }: ColdOptions,
): Record<string, FusionWeights> {
  if (!fusion) return {}
  const without = (component: FusedComponent): FusionWeights => ({
    ...fusion,
    buckets: fusion.buckets.map((weights) => ({ ...weights, [component]: 0 })),
  })
  return {
    [NEW_FUSION]: fusion,
    ...Object.fromEntries(
      (ablate ? components : []).map((component) => [
        `${NEW_FUSION}-without-${component}`,
        without(component),
      ]),
    ),
  }
}

async function textsOf({ train }: ColdSplit, encoder: Encoder) {
  return { dim: encoder.dim, vectors: await encodeItems(train.items, encoder) }
}

/** Of the longest histories. */
function weightsOf({ buckets }: FusionWeights): Record<string, SettingsJson> {
  return { [`${NEW_FUSION} 51+`]: { ...buckets[buckets.length - 1] } }
}

function sizesOf({ valid, test }: ColdSplit): string {
  return `${test.rows.length} items are tested; ${NEW_FUSION} is fitted on ${valid.rows.length} others.`
}

function nobody() {
  return new HearthError(
    'bad-input',
    'nobody to test: got no user with an item held out and one trained on, expected 1 or more.',
  )
}
