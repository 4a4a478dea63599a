/**
 * A catalogue, and what people did with it → everything a pack holds.
 *
 *   text vectors → content → entities → [ users set aside → item-item CF → towers
 *   → fusion, on the written pack → CF again on everyone → new items ] → PackSource
 *
 * Without interactions the bracket is left out; without an encoder, content is. The notes
 * of the pack say what is off and why. The same input and seed give the same PackSource.
 */
import { FLAG_COLD } from '../catalogue/pack.ts'
import type { PackSource } from '../catalogue/pack-source.ts'
import type { Encoder } from '../encoder/encoder.ts'
import { HearthError } from '../errors.ts'
import { buildEntities } from '../knowledge/build-entities.ts'
import { defaultFusion } from '../scoring/fusion.ts'
import { coldOf, notesOf } from './build-notes.ts'
import type { ColdReport } from './cold-items.ts'
import { type ColdParts, withColdItems } from './cold-parts.ts'
import type { Dataset, OnProgress, Positives } from './dataset.ts'
import { encodeItems } from './encode-items.ts'
import { chooseFirstRows } from './first-rows.ts'
import type { FusionReport } from './fit-fusion.ts'
import type { RatingReport } from './fit-ratings.ts'
import { type LearnOptions, learnParts } from './learn-parts.ts'
import {
  type CleanPositives,
  countsOf,
  type PositivesReport,
  popularityOf,
  toPositives,
} from './positives.ts'
import { type ContentProjection, projectContent } from './project-content.ts'
import type { ByteShare } from './share-bytes.ts'
import type { CfChoice } from './train-cf.ts'

export interface TrainPackOptions extends Pick<LearnOptions, 'checkpoint'> {
  /** Absent: no content block. `name` is shown to the owner; default 'text encoder'. */
  readonly encoder?: Encoder & { readonly name?: string }
  /** Bytes of the CF block an item. Default CF_BYTES_PER_ITEM. */
  readonly bytesPerItem?: number
  /** Default 1. */
  readonly seed?: number
  /** Worker threads of the CF solver, 0 = this thread. Default: one a processor. */
  readonly threads?: number
  readonly onProgress?: OnProgress
  /** Of the catalogue's facts. Default 'not stated'. */
  readonly licence?: string
  /** Who made the data. Default ''. */
  readonly attribution?: string
  /** What writes the pack, with its version. Default 'hearth'. */
  readonly generator?: string
}

export interface TrainReport {
  readonly positives?: PositivesReport
  /** Users set aside to choose settings by. */
  readonly heldOutUsers: number
  readonly coldItems: number
  /** How items nobody chose got their rows; absent where there are none. */
  readonly cold?: ColdReport
  /** Share of the text vectors' variance the content block keeps. */
  readonly keptVariance?: number
  readonly cf?: CfChoice & { readonly entriesPerItem: number; readonly threads: number }
  /** How the bytes were divided between CF and sequence. */
  readonly sequence?: ByteShare
  readonly towers?: { readonly epochs: number; readonly validationRecall: number }
  readonly fusion?: FusionReport
  readonly ratings?: RatingReport
  readonly notes: readonly string[]
}

/**
 * @throws HearthError `bad-input` for an empty catalogue, `no-encoder` from the encoder
 */
export async function trainPack(
  dataset: Dataset,
  options: TrainPackOptions = {},
): Promise<{ source: PackSource; report: TrainReport }> {
  const { items } = dataset
  if (items.length === 0) {
    const what = 'empty catalogue: got 0 items, expected 1 or more.'
    throw new HearthError('bad-input', what)
  }
  const content = await contentOf(dataset, options)
  const positives =
    dataset.interactions && toPositives(dataset.interactions, items.length)
  const base = baseSource(dataset, { ...options, content, positives })
  const learned =
    positives && positives.rows.length > 0
      ? await learn(base, dataset, { ...options, content, positives })
      : undefined
  const counts = positives ? countsOf(positives) : new Uint32Array(items.length)
  const cleaned = positives && { cleaned: positives.report }
  const notes = notesOf({ content, learned, ...cleaned })
  const report = {
    ...(positives ? { positives: positives.report } : {}),
    ...(content ? { keptVariance: content.keptVariance } : {}),
    heldOutUsers: 0,
    ...learned?.report,
    ...(learned?.cold ? { cold: learned.cold } : {}),
    coldItems: coldOf(counts),
    notes,
  }
  return { source: finishSource(base, learned, { counts, notes }), report }
}

async function contentOf(
  { items }: Dataset,
  { encoder, onProgress }: TrainPackOptions,
): Promise<ContentProjection | undefined> {
  if (!encoder) return undefined
  const texts = await encodeItems(items, encoder, onProgress)
  onProgress?.('fitting the content space', 0)
  const content = projectContent(texts, encoder.dim)
  onProgress?.('fitting the content space', 1)
  return content
}

/** What interactions teach of known items, and by them of new ones. */
async function learn(
  base: PackSource,
  { items, interactions }: Dataset,
  options: BaseInput & { readonly positives: CleanPositives },
): Promise<ColdParts> {
  const { content, positives, seed, onProgress } = options
  const learned = await learnParts(base, {
    ...options,
    ...(interactions ? { interactions } : {}),
  })
  return withColdItems(learned, {
    ...{ items, positives, texts: content ? [content] : [] },
    ...(seed === undefined ? {} : { seed }),
    ...(onProgress ? { onProgress } : {}),
  })
}

interface BaseInput extends TrainPackOptions {
  readonly content: ContentProjection | undefined
  readonly positives: Positives | undefined
}

/** Everything that needs no learning from interactions. */
function baseSource(
  { name, items, interactions }: Dataset,
  { content, positives, encoder, ...options }: BaseInput,
): PackSource {
  const popularity = positives
    ? popularityOf(positives)
    : new Float32Array(items.length)
  return {
    name,
    licence: options.licence ?? 'not stated',
    attribution: options.attribution ?? '',
    provenance: {
      generator: options.generator ?? 'hearth',
      interactions: interactions?.users.length ?? 0,
      users: interactions?.userCount ?? 0,
      notes: [],
    },
    items,
    ...(encoder
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
    entities: buildEntities(items),
    popularity,
    flags: new Uint8Array(items.length),
    firstRows: chooseFirstRows(items, popularity),
  }
}

function blockOf({ dim, vectors, projection, mean }: ContentProjection) {
  return { dim, vectors, projection, mean }
}

function finishSource(
  base: PackSource,
  learned: ColdParts | undefined,
  {
    counts,
    notes,
  }: { readonly counts: Uint32Array; readonly notes: readonly string[] },
): PackSource {
  const { notes: _, report: __, cold: ___, ...blocks } = learned ?? nothingLearned
  return {
    ...base,
    ...blocks,
    provenance: { ...base.provenance, notes },
    flags: Uint8Array.from(counts, (count) => (count === 0 ? FLAG_COLD : 0)),
  }
}

const nothingLearned: Partial<ColdParts> = {}
