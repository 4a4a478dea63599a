/**
 * A catalogue and its interactions → everything a pack holds.
 *
 *   text vectors → content → attributes → [ what interactions teach: learn-models.ts ]
 *   → PackSource
 *
 * Without interactions the bracket is left out; without an encoder, content is. The notes
 * of the pack state what is off and why. The same input and seed give the same PackSource.
 */

import { HearthError } from '../errors.ts'
import { FLAG_COLD_START } from '../pack/pack.ts'
import type { PackSource } from '../pack/pack-source.ts'
import type { Rules } from '../pack/rules.ts'
import { defaultFusion } from '../scoring/fusion.ts'
import type { Encoder } from '../text/encoder/encoder.ts'
import type { BuildMemory } from './cache/build-memory.ts'
import type { CheckpointFile } from './checkpoint.ts'
import { buildAttributes } from './dataset/attributes.ts'
import type { Dataset, OnProgress, Positives } from './dataset/dataset.ts'
import { encodeItems, type UnreadTexts, unreadTexts } from './dataset/item-text.ts'
import {
  coldOf,
  countsOf,
  type PositivesReport,
  popularityOf,
  popularityOfCounts,
  toPositives,
} from './dataset/positives.ts'
import { chooseFirstItems } from './first-items.ts'
import { given } from './given.ts'
import { type LearnedModels, type LearnReport, learnModels } from './learn-models.ts'
import {
  type ContentProjection,
  type ContentSpace,
  contentModel,
  projectTexts,
} from './models/content/content.ts'
import { CF_BYTES_PER_ITEM } from './models/item-item/budget.ts'
import { openRelearning, type Reuse } from './relearn.ts'

export interface TrainPackOptions {
  /** Absent: no content block. `name` is shown to the owner; default 'text encoder'. */
  readonly encoder?: Encoder & { readonly name?: string }
  /** Bytes of the CF and sequence blocks together, an item. Default CF_BYTES_PER_ITEM. */
  readonly bytesPerItem?: number
  /** Default 1. */
  readonly seed?: number
  /** Worker threads of the CF solver, 0 = this thread. Default: one a processor. */
  readonly threads?: number
  /** Where the state of the towers' training is kept. Default: nowhere. */
  readonly checkpoint?: CheckpointFile
  /** What an earlier build of this catalogue left; replaced. Default: all is made anew. */
  readonly former?: BuildMemory['former']
  readonly onProgress?: OnProgress
  /** Of the catalogue's facts. Default 'not stated'. */
  readonly licence?: string
  /** Who made the data. Default ''. */
  readonly attribution?: string
  /** What writes the pack, with its version. Default 'hearth'. */
  readonly generator?: string
  /** The owner's hand on every list. Default: none. */
  readonly rules?: Rules
}

export interface TrainReport extends Partial<LearnReport> {
  readonly positives?: PositivesReport
  readonly heldOutUsers: number
  readonly coldStartItems: number
  /** Share of the text vectors' variance the content block keeps. */
  readonly keptVariance?: number
  readonly notes: readonly string[]
  /** Absent where nothing is remembered from build to build. */
  readonly reuse?: Reuse
}

/**
 * @throws HearthError `bad-input` for an empty catalogue, `no-encoder` from the encoder
 */
export async function trainPack(
  dataset: Dataset,
  options: TrainPackOptions = {},
): Promise<{ source: PackSource; report: TrainReport }> {
  const { items, interactions } = dataset
  if (items.length === 0) {
    const what = 'empty catalogue: got 0 items, expected 1 or more.'
    throw new HearthError('bad-input', what)
  }
  const { bytesPerItem = CF_BYTES_PER_ITEM, seed = 1, onProgress = () => {} } = options
  const unread = options.encoder && unreadTexts(dataset, options.encoder)
  const hasText = unread === undefined || unread.texts < items.length
  const positives = interactions && toPositives(interactions, items.length)
  const { former, encoder, threads, checkpoint } = options
  const settings = { bytesPerItem, seed, encoder: encoder?.fingerprint ?? 'none' }
  const relearning =
    former &&
    (await openRelearning(former, {
      ...{ dataset, positives },
      settings: { ...settings, code: former.code },
    }))
  const content = hasText
    ? await contentOf(dataset, options, relearning?.space)
    : undefined
  const base = baseSource(dataset, { ...options, content, positives })
  const how = { bytesPerItem, seed, threads, checkpoint, onProgress }
  const hasPositives = positives !== undefined && positives.rows.length > 0
  const training = hasPositives
    ? { dataset, positives, content, base, ...how }
    : undefined
  const { attributes } = base
  const { learned, reuse } = relearning
    ? await relearning.learn(training, { content, attributes })
    : { learned: training && (await learnModels(training)), reuse: undefined }
  const counts = positives ? countsOf(positives) : chosenOf(dataset)
  const cleaned = positives && { cleaned: positives.report }
  const { popularity } = base.provenance
  const notes = notesOf({
    content,
    learned,
    ...(unread && { unread: { ...unread, items: items.length } }),
    ...cleaned,
    ...given('popularity', popularity),
  })
  const report = {
    ...(positives ? { positives: positives.report } : {}),
    ...(content ? { keptVariance: content.keptVariance } : {}),
    heldOutUsers: 0,
    ...learned?.report,
    coldStartItems: coldOf(counts),
    notes,
    ...(reuse ? { reuse } : {}),
  }
  return { source: finishSource(base, learned, { counts, notes }), report }
}

/** @param space where the vectors lie; default: one is fitted to them */
async function contentOf(
  { items, bodies }: Dataset,
  { encoder, onProgress }: TrainPackOptions,
  space?: ContentSpace,
): Promise<ContentProjection | undefined> {
  if (!encoder) return undefined
  const texts = await encodeItems(items, encoder, {
    ...(bodies && { bodies }),
    ...(onProgress && { onProgress }),
  })
  if (space) return { ...space, vectors: projectTexts(texts, space) }
  onProgress?.('fitting the content space', 0)
  const content = contentModel.fit({ texts, encoderDim: encoder.dim })
  onProgress?.('fitting the content space', 1)
  return content
}

/** [items] 1 where the owner's totals have it chosen at all. */
function chosenOf({ items, totals }: Dataset): Uint32Array {
  return Uint32Array.from(items, (_, index) => +((totals?.counts[index] ?? 0) > 0))
}

interface BaseInput extends TrainPackOptions {
  readonly content: ContentProjection | undefined
  readonly positives: Positives | undefined
}

/** Everything that needs no learning from interactions. */
function baseSource(
  { name, items, columns, interactions, totals }: Dataset,
  { content, positives, encoder, ...options }: BaseInput,
): PackSource {
  const popularity = positives
    ? popularityOf(positives)
    : popularityOfCounts(totals?.counts ?? new Float64Array(items.length))
  const isKnown = popularity.some((value) => value > 0)
  const from = positives || !isKnown ? undefined : totals?.from
  return {
    name,
    licence: options.licence ?? 'not stated',
    attribution: options.attribution ?? '',
    provenance: {
      generator: options.generator ?? 'hearth',
      interactions: interactions?.users.length ?? 0,
      users: interactions?.userCount ?? 0,
      ...given('popularity', from),
      notes: [],
    },
    items,
    ...(columns && columns.length > 0 && { columns }),
    ...(options.rules && { rules: options.rules }),
    ...(encoder && content
      ? {
          encoder: {
            name: encoder.name ?? 'text encoder',
            fingerprint: encoder.fingerprint,
            dim: encoder.dim,
          },
        }
      : {}),
    ...(content ? { content: blockOf(content) } : {}),
    fusion: defaultFusion,
    attributes: buildAttributes(items),
    popularity,
    flags: new Uint8Array(items.length),
    firstItems: chooseFirstItems(items, popularity, {
      ties: positives ? 'catalogue' : 'varied',
      vectors: content,
    }),
  }
}

function blockOf({ dim, vectors, projection, mean }: ContentProjection) {
  return { dim, vectors, projection, mean }
}

function finishSource(
  base: PackSource,
  learned: LearnedModels | undefined,
  {
    counts,
    notes,
  }: { readonly counts: Uint32Array; readonly notes: readonly string[] },
): PackSource {
  const { notes: _, report: __, reusable: ___, ...blocks } = learned ?? nothingLearned
  return {
    ...base,
    ...blocks,
    provenance: { ...base.provenance, notes },
    flags: Uint8Array.from(counts, (count) => (count === 0 ? FLAG_COLD_START : 0)),
  }
}

const nothingLearned: Partial<LearnedModels> = {}

// What an owner should know of a build, as plain sentences.

interface BuildOutcome {
  readonly content: ContentProjection | undefined
  readonly learned: LearnedModels | undefined
  /** Absent without an encoder. */
  readonly unread?: UnreadTexts & { readonly items: number }
  /** Absent without interactions. */
  readonly cleaned?: PositivesReport
  /** Without interactions: the owner's column that popularity comes from. */
  readonly popularity?: string
}

/** Which blocks are off and why, and what was taken for a like. */
export function notesOf({
  content,
  learned,
  unread,
  cleaned,
  popularity,
}: BuildOutcome): string[] {
  const notes: string[] = []
  if (unread && unread.texts > 0) notes.push(unreadNote(unread))
  else if (!content) notes.push('Content is off: no text encoder was given.')
  if (cleaned) notes.push(...likesOf(cleaned))
  if (!learned) {
    if (popularity !== undefined) notes.push(`Popularity is by ${popularity}.`)
    const off = popularity === undefined ? 'towers, popularity and' : 'towers and'
    notes.push(
      `CF, sequence, ${off} predicted ratings are off: there are no positive interactions.`,
      'Fusion is the default, and no probabilities are shown: there is nothing to fit them on.',
    )
    return notes
  }
  return [...notes, ...learned.notes]
}

function unreadNote({ texts, scripts, items }: NonNullable<BuildOutcome['unread']>) {
  const count = (value: number) => value.toLocaleString('en-US')
  const which = `${count(texts)} of ${count(items)} texts are in a script the encoder cannot read`
  const off = texts === items ? 'content is off' : 'left out'
  return (
    `${which} (${scripts.join(', ')}): ${off}. Keyword search finds them; what goes with ` +
    'them is known by their makers and categories, and by interactions, alone.'
  )
}

function likesOf({ threshold, belowThreshold, ...report }: PositivesReport) {
  const { botUsers, botEvents, duplicates } = report
  const notes: string[] = []
  if (threshold !== undefined) {
    const from = Number(threshold.toPrecision(3))
    notes.push(`Ratings from ${from} up are likes; ${belowThreshold} are below.`)
  }
  if (botUsers > 0) {
    const users = botUsers === 1 ? '1 user' : `${botUsers} users`
    const left = `${botEvents} likes of ${users} were left out`
    notes.push(`${left}: more than one person gives.`)
  }
  if (duplicates > 0) {
    notes.push(`${duplicates} repeats of a user's like of an item count once.`)
  }
  return notes
}
