/**
 * What a pack holds once it is read and checked. Everything is in item order: an item's
 * index is its position in the pack, 0 … items−1, and its row in every table.
 */
import type { DenseLayer } from '../math/dense-layer.ts'
import type { Int8Table } from '../math/scanner.ts'
import type { ColumnType } from './attribute-column.ts'
import type { Calibration } from './calibration.ts'
import type { DecaySettings } from './decay-settings.ts'
import type { ItemRecord } from './item.ts'
import type { Rules } from './rules.ts'

export const PACK_FORMAT = 'hearth-pack'
export const PACK_VERSION = 2

/**
 * A sparse matrix in CSR with quantised values.
 *
 * value(row, e) = levels[codes[e]] · scales[row] · targets[indices[e]]
 *                                               for e in indptr[row] … indptr[row+1]
 *
 * `item-item`: row = an item of the history, column = an item whose score it adds to; a
 * visitor's scores are Σ weight(history item) · its row. `sequence`: the same, "what follows what".
 */
export interface SparseBlock {
  readonly kind: 'item-item' | 'sequence'
  readonly rows: number
  readonly columns: number
  readonly indptr: Uint32Array
  /** Sorted within a row. */
  readonly indices: Uint32Array
  /** 4-bit codes, one a byte once read. */
  readonly codes: Uint8Array
  /** [16] the value of each code, in [−1, 1]: the compander. */
  readonly levels: Float32Array
  /** [rows] */
  readonly scales: Float32Array
  /** [columns] a factor of each column; absent = 1. Only of `item-item`. */
  readonly targets?: Float32Array
  /** What is added to the value of every two rows. Only of `item-item`. */
  readonly latent?: LatentTerm
}

/**
 * A low-rank term: given_i · taken_j is added to the value of row i at every column j ≠ i.
 * The two tables hold the same codes with other scales.
 */
export interface LatentTerm {
  /** [rows, dim] by history item. */
  readonly given: Int8Table
  /** [columns, dim] by target. */
  readonly taken: Int8Table
}

export interface TowerBlock {
  /** Item tower outputs i = ReLU(W2·x_i + b2), int8 [rows, dim]. */
  readonly items: Int8Table
  /** [rows] item bias added to u·i. */
  readonly bias: Float32Array
  /**
   * The user tower, every layer ReLU. Its input is x_u [tower dim + content dim]:
   * the pooled tower vectors, then the pooled content vectors, of the visitor's history
   * (`userInput` of scoring/tower-input.ts makes it, for training and the browser alike).
   */
  readonly user: readonly DenseLayer[]
}

export interface ContentBlock {
  /** int4 widened to int8 on reading, [rows, dim]; each row has length about 1 (0 if no text). */
  readonly vectors: Int8Table
  /**
   * The linear map from an encoder vector [encoderDim] to this block's space [dim]:
   * y = (x − mean)·projection, then scaled to unit length. Row-major [encoderDim, dim].
   */
  readonly projection: Float32Array
  /** [encoderDim] */
  readonly mean: Float32Array
}

export type Relation = 'author' | 'series' | 'genre' | 'years' | 'tag'

export interface AttributeValue {
  readonly name: string
  readonly relation: Relation
}

/** Item → its attribute values, at most 8, highest idf first. */
export interface AttributeBlock {
  readonly values: readonly AttributeValue[]
  /** [rows + 1] */
  readonly indptr: Uint32Array
  readonly indices: Uint16Array
}

/**
 * What a visitor's rating of an item is made of, beside the mean and the item's bias: how
 * far one moves it, as a variance, in units of the noise of one rating.
 *
 *   visitor   the visitor's own bias: how high they rate at all
 *   tower     what items share in their tower vectors (cosine)
 *   content   what they share in their texts (cosine)
 *   facts     the attribute values they share, each worth the same (cosine)
 *   idf       the attribute values they share, the rare worth more (cosine)
 */
export const RATING_TERMS = ['visitor', 'tower', 'content', 'facts', 'idf'] as const
export type RatingTerm = (typeof RATING_TERMS)[number]

/** What predicting a visitor's rating needs beside the other blocks: scoring/rating.ts. */
export interface RatingHead {
  /** Ends of the owner's scale. */
  readonly low: number
  readonly high: number
  readonly mean: number
  /** [rows] what is added to the mean, in the owner's scale. */
  readonly bias: Float32Array
  readonly variances: Readonly<Record<RatingTerm, number>>
}

/** Bits of `Pack.flags`. */
export const FLAG_COLD_START = 1 // no interactions: its row in cf, if any, comes from text and attributes

/** Is the common order that of what most chose? Else it is a varied one. */
export function isByPopularity({ provenance }: Pick<Manifest, 'provenance'>): boolean {
  return provenance.interactions > 0 || provenance.popularity !== undefined
}

/** Names of the score's components, in the order fusion weights are stored. */
export const FUSED_COMPONENTS = [
  'cf',
  'tower',
  'content',
  'sequence',
  'popularity',
  'attributes',
] as const
export type FusedComponent = (typeof FUSED_COMPONENTS)[number]

/** Upper ends of the event-count buckets of fusion: 0, 1–2, 3–5, 6–10, 11–20, 21–50, 51+. */
export const FUSION_BUCKETS = [0, 2, 5, 10, 20, 50, Infinity] as const

/** Weight of each component, by bucket of k (the visitor's number of events). */
export interface FusionWeights {
  /** `fitted` on the owner's interactions, or the named default blend. */
  readonly source: 'fitted' | 'default'
  readonly buckets: readonly Readonly<Record<FusedComponent, number>>[]
}

export interface PackFile {
  readonly name: string
  readonly sizeBytes: number
  /** Lower-case hex SHA-256 of the file. */
  readonly sha256: string
}

/** One of the owner's columns: `readColumn` reads its values. */
export interface ColumnEntry {
  /** As the owner's file calls it; no two columns have one name. */
  readonly name: string
  readonly type: ColumnType
  readonly file: PackFile
}

/** In the order of their number in a block's header, and of the manifest. */
export const BLOCK_NAMES = [
  'cf',
  'sequence',
  'tower',
  'content',
  'attributes',
  'popularity',
  'ratings',
] as const
export type BlockName = (typeof BLOCK_NAMES)[number]

export interface Manifest {
  readonly format: typeof PACK_FORMAT
  readonly version: typeof PACK_VERSION
  /** Catalogue's display name. */
  readonly name: string
  readonly items: number
  readonly dims: {
    readonly tower: number
    readonly content: number
    readonly encoder: number
  }
  /** Absent when the pack was built without text. */
  readonly encoder?: {
    readonly name: string
    readonly fingerprint: string
    /** The encoder's own manifest, where it lies in the pack; absent: Hearth's own. */
    readonly model?: PackFile
  }
  readonly provenance: {
    readonly generator: string
    readonly interactions: number
    readonly users: number
    /** The owner's numbers that popularity comes from where there are no interactions. */
    readonly popularity?: string
    /** Which components are on, and why the others are not. */
    readonly notes: readonly string[]
  }
  readonly licence: string
  readonly attribution: string
  readonly fusion: FusionWeights
  /** What makes a probability of the fused score. Absent: not fitted, and none is shown. */
  readonly calibration?: Calibration
  /** Only beside a sequence block; absent: `defaultDecaySettings`. */
  readonly sequence?: DecaySettings
  /** The owner's hand on every list. Absent: none. */
  readonly rules?: Rules
  /** Whether `overlay.json` lies beside the manifest: what its owner changes between builds. */
  readonly overlay?: true
  /** Score-time files, by block; absent blocks are off. */
  readonly blocks: Readonly<Partial<Record<BlockName, PackFile>>>
  /** ≤ 20 kB: what a new visitor's first screen needs. */
  readonly first: PackFile
  /** Item records, in item order; every shard but the last holds `shardItems` items. */
  readonly shards: readonly PackFile[]
  readonly shardItems: number
  /** The owner's other columns, in the file's order; each is fetched only when named. */
  readonly columns?: readonly ColumnEntry[]
  /** SHA-256 over this manifest with an empty fingerprint: names this very pack. */
  readonly fingerprint: string
}

/** A pack, read and checked. */
export interface Pack {
  readonly manifest: Manifest
  readonly itemCount: number
  readonly cf?: SparseBlock
  readonly sequence?: SparseBlock
  readonly tower?: TowerBlock
  readonly content?: ContentBlock
  readonly attributes: AttributeBlock
  /** [rows] log(1 + interactions) / log(1 + most), in [0, 1]. */
  readonly popularity: Float32Array
  /** [rows] FLAG_ bits. */
  readonly flags: Uint8Array
  /** Absent where there were no ratings to learn from. */
  readonly ratings?: RatingHead
}

/** The items everyone starts with: fills the page before the blocks arrive. */
export interface FirstBlock {
  readonly indices: readonly number[]
  readonly items: readonly ItemRecord[]
  /** Most popular first; otherwise in the catalogue's own order. */
  readonly isByPopularity: boolean
}
