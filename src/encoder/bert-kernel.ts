/**
 * A level model on the WebAssembly kernel (`kernel/bert.ts`), text by text.
 *
 *   token ids → token states, row-major [tokens, dim]
 *
 * Weights stay bytes. Activations become whole numbers of 14 bits, one scale a token, so
 * that a sum of products is exact in int32, and only the rounding of activations is lost:
 * vectors agree with fp32 to a cosine of 1 − 1e-6. With eight bits they would not.
 */
import { HearthError } from '../errors.ts'
import { bertExports } from './bert-exports.ts'
import type { LevelModel } from './level-model.ts'
import {
  allocatorIn,
  type PlacedLayer,
  type PlacedMatrix,
  type PlacedNorm,
  placeModel,
  placeRoom,
  TILE,
} from './place-levels.ts'

export interface BertKernel {
  /** @throws HearthError `bad-argument` for no token, too many, or one of no word */
  states(ids: readonly number[]): Float32Array
}

/** Columns the kernel takes at a time. */
const LANES = 8
/** Most inputs of a matrix: 8,191 × 127 × 2,048 still fits an int32. */
const MOST_INPUTS = 2_048

/**
 * @param module the compiled bytes of `bert.wasm`
 * @throws HearthError `no-device` if it is another module or cannot run this model
 */
export async function createBertKernel(
  module: WebAssembly.Module,
  model: LevelModel,
): Promise<BertKernel> {
  assertSizes(model)
  const kernel = await bertExports(module)
  const allocate = allocatorIn(kernel.memory)
  const { dim, heads, epsilon } = model
  // no more than counts below: the file's bytes are let go once they are placed
  const knownWords = model.words.steps.length
  const mostTokens = model.places.length / dim
  const roomy = padded(mostTokens)
  const { words, places, norm, layers } = placeModel(kernel, allocate, model)
  const room = placeRoom(allocate, model, roomy)

  function multiply(from: number, to: number, matrix: PlacedMatrix, tokens: number) {
    const { columns, inputs, outputs, levels, rows, bias } = matrix
    const { q, scales } = room
    kernel.quantise(from, columns, q, scales, tokens, inputs)
    kernel.multiply(q, scales, levels, rows, bias, to, tokens, inputs, outputs)
  }

  /** x = norm(x + added) */
  function settle(added: number, { weight, bias }: PlacedNorm, tokens: number) {
    kernel.normalise(room.x, added, weight, bias, tokens, dim, epsilon)
  }

  function runLayer(layer: PlacedLayer, tokens: number, real: number) {
    const { x, query, key, value, mixed, wide, scores } = room
    multiply(x, query, layer.query, tokens)
    multiply(x, key, layer.key, tokens)
    multiply(x, value, layer.value, tokens)
    kernel.attend(query, key, value, mixed, scores, real, dim, dim / heads)
    multiply(mixed, query, layer.mixed, tokens)
    settle(query, layer.mixedNorm, tokens)
    multiply(x, wide, layer.wide, tokens)
    kernel.gelu(wide, tokens * layer.wide.outputs)
    multiply(wide, query, layer.narrow, tokens)
    settle(query, layer.norm, tokens)
  }

  return {
    states(ids) {
      const real = ids.length
      if (real < 1 || real > mostTokens) throw wrong(`${real} tokens`, mostTokens)
      const unknown = ids.find((id) => !(id >= 0 && id < knownWords))
      if (unknown !== undefined) throw wrong(`token ${unknown}`, mostTokens)
      const tokens = padded(real)
      const { buffer } = kernel.memory
      const idsView = new Int32Array(buffer, room.ids, tokens).fill(0)
      idsView.set(ids)
      kernel.embed(room.x, room.ids, words.levels, words.steps, places, tokens, dim)
      settle(0, norm, tokens)
      for (const layer of layers) runLayer(layer, tokens, real)
      return new Float32Array(buffer, room.x, real * dim).slice()
    },
  }
}

function padded(tokens: number): number {
  return Math.ceil(tokens / TILE) * TILE
}

function assertSizes({ dim, heads, layers, words, places }: LevelModel) {
  const matrices = layers.flatMap((layer) => [
    ...[layer.query, layer.key, layer.value, layer.mixed, layer.wide, layer.narrow],
  ])
  const counts = matrices.flatMap(({ rows, columns }) => [rows.length, columns.length])
  const fits =
    counts.every((count) => count % LANES === 0 && count > 0) &&
    matrices.every(({ columns }) => columns.length <= MOST_INPUTS) &&
    words.levels.length === words.steps.length * dim &&
    places.length % dim === 0 &&
    dim % (heads * TILE) === 0
  if (fits) return
  throw new HearthError(
    'no-device',
    `sizes that the kernel cannot take: got ${dim} numbers a token in ${heads} heads ` +
      `and matrices of ${counts}, expected multiples of ${LANES}.`,
  )
}

function wrong(got: string, mostTokens: number): HearthError {
  return new HearthError(
    'bad-argument',
    `cannot read this text: got ${got}, expected 1–${mostTokens} tokens of known words.`,
  )
}
