/**
 * A level model laid into a kernel's memory, with the room that its longest text needs.
 *
 * Levels become signed where they lie; words stay as they are.
 */
import type { BertExports } from './bert-exports.ts'
import type { LevelLayer, LevelMatrix, LevelModel, Norm } from './level-model.ts'

/** Addresses in the kernel's memory, and counts. */
export interface PlacedMatrix {
  readonly levels: number
  readonly rows: number
  readonly columns: number
  readonly bias: number
  readonly inputs: number
  readonly outputs: number
}

export interface PlacedNorm {
  readonly weight: number
  readonly bias: number
}

export type PlacedLayer = {
  readonly [Part in keyof LevelLayer]: LevelLayer[Part] extends LevelMatrix
    ? PlacedMatrix
    : PlacedNorm
}

export interface PlacedModel {
  readonly words: { readonly levels: number; readonly steps: number }
  readonly places: number
  readonly norm: PlacedNorm
  readonly layers: readonly PlacedLayer[]
}

/** fp32 [tokens, …] unless said otherwise. */
export interface Room {
  /** int32 */
  readonly ids: number
  readonly x: number
  readonly query: number
  readonly key: number
  readonly value: number
  readonly mixed: number
  /** [tokens, widest] */
  readonly wide: number
  /** int16 [tokens, widest] */
  readonly q: number
  readonly scales: number
  readonly scores: number
}

/** The kernel computes so many tokens at a time, those past a text's last one too. */
export const TILE = 4
/** The kernel's vector width in bytes: addresses are multiples of it. */
const ALIGN = 16
const PAGE_BYTES = 65_536
/** The kernel has no data of its own, but address 0 means "nothing". */
const FIRST_ADDRESS = 1_024

/** Room for so many bytes, all 0. @returns its address */
type Allocate = (sizeBytes: number) => number

/** Addresses only ever grow, and so does the memory: a model stays as long as its kernel. */
export function allocatorIn(memory: WebAssembly.Memory): Allocate {
  let free = FIRST_ADDRESS
  return (sizeBytes) => {
    const address = free
    free += Math.ceil(sizeBytes / ALIGN) * ALIGN
    const missing = free - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES))
    return address
  }
}

export function placeModel(
  kernel: BertExports,
  allocate: Allocate,
  model: LevelModel,
): PlacedModel {
  const { memory } = kernel
  const bytes = (values: Uint8Array) => {
    const at = allocate(values.length)
    new Uint8Array(memory.buffer, at, values.length).set(values)
    return at
  }
  const floats = (values: Float32Array) => {
    const at = allocate(values.byteLength)
    new Float32Array(memory.buffer, at, values.length).set(values)
    return at
  }
  const matrix = (from: LevelMatrix): PlacedMatrix => {
    const levels = bytes(from.levels)
    kernel.sign(levels, from.levels.length)
    const [outputs, inputs] = [from.rows.length, from.columns.length]
    const steps = { rows: floats(from.rows), columns: floats(from.columns) }
    return { levels, ...steps, bias: floats(from.bias), inputs, outputs }
  }
  const norm = ({ weight, bias }: Norm): PlacedNorm => ({
    weight: floats(weight),
    bias: floats(bias),
  })
  return {
    words: { levels: bytes(model.words.levels), steps: floats(model.words.steps) },
    places: floats(model.places),
    norm: norm(model.norm),
    layers: model.layers.map((layer) => ({
      ...{ query: matrix(layer.query), key: matrix(layer.key) },
      ...{ value: matrix(layer.value), mixed: matrix(layer.mixed) },
      mixedNorm: norm(layer.mixedNorm),
      ...{ wide: matrix(layer.wide), narrow: matrix(layer.narrow) },
      norm: norm(layer.norm),
    })),
  }
}

/** Room for a text of `tokens`, a multiple of `TILE`. */
export function placeRoom(allocate: Allocate, model: LevelModel, tokens: number): Room {
  const { dim, layers } = model
  const widest = Math.max(dim, ...layers.map(({ wide }) => wide.rows.length))
  const floats = (columns: number) => allocate(4 * tokens * columns)
  return {
    ...{ ids: floats(1), scales: floats(1), scores: floats(1) },
    ...{ x: floats(dim), query: floats(dim), key: floats(dim), value: floats(dim) },
    ...{ mixed: floats(dim), wide: floats(widest), q: allocate(2 * tokens * widest) },
  }
}
