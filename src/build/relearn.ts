/**
 * Learning with what the former build left: its models whole where nothing they are made
 * from changed, refitted where little did, else all anew.
 */

import type { AttributeBlock } from '../pack/pack.ts'
import { type Difference, differenceOf, sketchOf } from './cache/data-sketch.ts'
import {
  attributeNames,
  type FormerBuild,
  type FormerBuildFile,
  modelKey,
  placesIn,
  settingsKey,
} from './cache/former-build.ts'
import type { Dataset, Positives } from './dataset/dataset.ts'
import { type LearnedModels, learnModels, type Training } from './learn-models.ts'
import type { ContentProjection, ContentSpace } from './models/content/content.ts'
import { refitModels } from './refit-models.ts'

/** How much of the former build was reused. */
export type Reuse =
  | { readonly kind: 'models' }
  /** Since the settings were chosen, so much has changed. */
  | { readonly kind: 'settings'; readonly difference: Difference }
  /** Without a difference there is no former build by the same options and code. */
  | { readonly kind: 'nothing'; readonly difference?: Difference }

export interface Relearning {
  /** Where content vectors lie, if they stay there; undefined: a space is fitted. */
  readonly space: ContentSpace | undefined
  /**
   * Learns, and leaves what was learned to the next build.
   *
   * @param training absent where there is nothing to learn from
   */
  learn(training: Training | undefined, made: MadeBefore): Promise<Relearned>
}

interface MadeBefore {
  readonly content: ContentProjection | undefined
  readonly attributes: AttributeBlock
}

interface Relearned {
  readonly learned: LearnedModels | undefined
  readonly reuse: Reuse
}

interface RelearnInput {
  readonly dataset: Dataset
  readonly positives: Positives | undefined
  /** Options and code that the models depend on. */
  readonly settings: object
}

/** Above either share all is chosen anew. */
const MAX_INTERACTIONS = 0.05
const MAX_ITEMS = 0.1

export async function openRelearning(
  file: FormerBuildFile,
  { dataset, positives, settings: options }: RelearnInput,
): Promise<Relearning> {
  const { items, bodies, interactions } = dataset
  const settings = settingsKey(options, interactions)
  const sketch = sketchOf({ items, bodies, positives })
  const read = await file.read()
  const former = read?.settings === settings ? read : undefined
  const difference = former && differenceOf(former.chosenOn, sketch)
  const near = difference && isNear(difference) ? former : undefined
  return {
    space: near?.content,
    async learn(training, { content, attributes }) {
      const vectors = content?.vectors
      const from = { settings, sketch, positives, interactions, attributes }
      const key = modelKey({ ...from, content: vectors })
      if (near?.key === key) {
        return { learned: near.models, reuse: { kind: 'models' } }
      }
      const today = { ids: sketch.ids, attributes }
      const learned = training && (await learnFrom(near, training, today))
      await file.write({
        ...{ settings, key, chosenOn: near?.chosenOn ?? sketch },
        ids: sketch.ids,
        attributes: attributeNames(attributes),
        ...(content ? { content: spaceOf(content) } : {}),
        ...(learned ? { models: learned } : {}),
      })
      return { learned, reuse: reuseOf(near !== undefined, difference) }
    },
  }
}

/** Whether settings that were chosen on other data may stay. */
function isNear({ items, interactions }: Difference): boolean {
  return items <= MAX_ITEMS && interactions <= MAX_INTERACTIONS
}

function learnFrom(
  near: FormerBuild | undefined,
  training: Training,
  today: Parameters<typeof placesIn>[1],
): Promise<LearnedModels> {
  if (!near?.models) return learnModels(training)
  const { reusable, report } = near.models
  return refitModels(training, { reusable, report, places: placesIn(near, today) })
}

function reuseOf(isKept: boolean, difference: Difference | undefined): Reuse {
  if (!difference) return { kind: 'nothing' }
  return { kind: isKept ? 'settings' : 'nothing', difference }
}

function spaceOf({ vectors: _, ...space }: ContentProjection): ContentSpace {
  return space
}
