/** What the writer turns into a pack: float matrices in item order, quantised on writing. */
import type { DenseLayer } from '../math/dense-layer.ts'
import type { AttributeColumn } from './attribute-column.ts'
import type { Calibration } from './calibration.ts'
import type { DecaySettings } from './decay-settings.ts'
import type { ItemRecord } from './item.ts'
import type {
  AttributeBlock,
  FusionWeights,
  Manifest,
  PackFile,
  RatingHead,
  SparseBlock,
} from './pack.ts'
import type { Rules } from './rules.ts'

/** A float CSR matrix; rows are history items, columns the items whose score they add to. */
export interface SparseRows {
  readonly kind: SparseBlock['kind']
  readonly rows: number
  readonly columns: number
  /** [rows + 1] */
  readonly indptr: Uint32Array
  /** Sorted within a row. */
  readonly indices: Uint32Array
  /** ≥ 0: the 4-bit compander drops negatives. */
  readonly values: Float32Array
  /** How to write it at half the size, if it is symmetric but for two factors. */
  readonly pairs?: PairForm
}

/**
 * A symmetric kernel between factors, with a low-rank term that the CSR does not hold:
 *
 *   value(i → j) = a_i · (s_ij + v_i·v_j) · t_j      values = a_i · s_ij · t_j
 *
 * An entry and its mirror are both there, with the same s > 0; none is on the diagonal.
 */
export interface PairForm {
  /** [rows] a ≥ 0 */
  readonly rowFactors: Float32Array
  /** [columns] t ≥ 0 */
  readonly columnFactors: Float32Array
  /** [rows] a permutation that brings paired rows together: fewer bytes. */
  readonly order?: Uint32Array
  /** v, row-major [rows, dim]. */
  readonly latent?: { readonly dim: number; readonly vectors: Float32Array }
}

export interface PackSource {
  readonly name: string
  readonly licence: string
  readonly attribution: string
  readonly provenance: Manifest['provenance']
  readonly items: readonly ItemRecord[]
  /** The owner's other columns, in the file's order. */
  readonly columns?: readonly AttributeColumn[]
  readonly rules?: Rules
  /** Whether an `overlay.json` is written beside the pack. Default false. */
  readonly overlay?: boolean
  readonly encoder?: {
    readonly name: string
    readonly fingerprint: string
    readonly dim: number
    /** Of a file that was written to the sink already. */
    readonly model?: PackFile
  }
  readonly fusion: FusionWeights
  readonly calibration?: Calibration
  readonly cf?: SparseRows
  readonly sequence?: SparseRows
  /** Only with `sequence`; default `defaultDecaySettings`. */
  readonly decaySettings?: DecaySettings
  readonly tower?: {
    readonly dim: number
    /** [rows, dim] */
    readonly items: Float32Array
    /** [rows] */
    readonly bias: Float32Array
    readonly user: readonly DenseLayer[]
  }
  readonly content?: {
    readonly dim: number
    /** [rows, dim], unit rows (or zero). */
    readonly vectors: Float32Array
    /** [encoder dim, dim] */
    readonly projection: Float32Array
    /** [encoder dim] */
    readonly mean: Float32Array
  }
  readonly attributes: AttributeBlock
  /** [rows] in [0, 1]. */
  readonly popularity: Float32Array
  /** [rows] */
  readonly flags: Uint8Array
  /** Biases are rounded to 1/127 of the largest. */
  readonly ratings?: RatingHead
  /** Item indices of a new visitor's first screen, best first; as many are kept as fit in 20 kB. */
  readonly firstItems: readonly number[]
}

/** Where files go: a folder in the CLI, a map in tests. Called once a file. */
export interface PackSink {
  write(name: string, bytes: Uint8Array): Promise<void>
}

/** Where files come from: HTTP in the browser, a folder in the CLI, a map in tests. */
export type ReadFile = (name: string) => Promise<Uint8Array>
