/**
 * A level model on the WebAssembly kernel (`kernel/bert.ts`), text by text.
 *
 *   token ids → token states, row-major [tokens, dim]
 *
 * Weights stay bytes. Activations become whole numbers of 14 bits, one scale a token, so
 * that a sum of products is exact in int32, and only the rounding of activations is lost:
 * vectors agree with fp32 to a cosine of 1 − 1e-6. With eight bits they would not.
 */

import { Tokenizer } from '@huggingface/tokenizers'
import { HearthError } from '../../errors.ts'
import type { TextModel, TokenBatch } from './encoder.ts'
import {
  type LevelLayer,
  type LevelMatrix,
  type LevelModel,
  type Norm,
  readLevelModel,
} from './level-model.ts'
import type { LoadedModel, ModelFiles } from './model-files.ts'

// What the kernel of `kernel/bert.ts` exports; addresses are bytes in its memory.

interface BertExports {
  readonly memory: WebAssembly.Memory
  sign(levels: number, count: number): void
  embed(
    x: number,
    ids: number,
    levels: number,
    steps: number,
    places: number,
    tokens: number,
    columns: number,
  ): void
  quantise(
    x: number,
    steps: number,
    q: number,
    scales: number,
    tokens: number,
    columns: number,
  ): void
  multiply(
    q: number,
    scales: number,
    levels: number,
    rows: number,
    bias: number,
    out: number,
    tokens: number,
    inputs: number,
    outputs: number,
  ): void
  attend(
    q: number,
    k: number,
    v: number,
    out: number,
    scores: number,
    real: number,
    columns: number,
    width: number,
  ): void
  normalise(
    x: number,
    added: number,
    weight: number,
    bias: number,
    tokens: number,
    columns: number,
    epsilon: number,
  ): void
  gelu(x: number, count: number): void
}

const FUNCTIONS = [
  'attend',
  'embed',
  'gelu',
  'multiply',
  'normalise',
  'quantise',
  'sign',
]

/**
 * @throws HearthError `no-device` if the module is another one
 * @throws WebAssembly.LinkError, WebAssembly.RuntimeError as the engine does
 */
async function bertExports(module: WebAssembly.Module): Promise<BertExports> {
  const { exports } = await WebAssembly.instantiate(module)
  const isWhole = FUNCTIONS.every((name) => typeof exports[name] === 'function')
  const { memory } = exports as Partial<BertExports>
  if (isWhole && memory?.buffer) return exports as unknown as BertExports
  throw new HearthError(
    'no-device',
    `not the encoder’s kernel: got exports ${Object.keys(exports)}, expected memory, ` +
      `${FUNCTIONS}.`,
  )
}

// A level model laid into a kernel's memory, with the space that its longest text needs.
// Levels become signed where they lie; words stay as they are.

/** Addresses in the kernel's memory, and counts. */
interface PlacedMatrix {
  readonly levels: number
  readonly rows: number
  readonly columns: number
  readonly bias: number
  readonly inputs: number
  readonly outputs: number
}

interface PlacedNorm {
  readonly weight: number
  readonly bias: number
}

type PlacedLayer = {
  readonly [Part in keyof LevelLayer]: LevelLayer[Part] extends LevelMatrix
    ? PlacedMatrix
    : PlacedNorm
}

interface PlacedModel {
  readonly words: { readonly levels: number; readonly steps: number }
  readonly places: number
  readonly norm: PlacedNorm
  readonly layers: readonly PlacedLayer[]
}

/** Addresses of what is computed; fp32 [tokens, …] unless stated otherwise. */
interface Workspace {
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
const TILE = 4
/** The kernel's vector width in bytes: addresses are multiples of it. */
const ALIGN = 16
const PAGE_BYTES = 65_536
/** The kernel has no data of its own, but address 0 means "nothing". */
const FIRST_ADDRESS = 1_024

/** Space for so many bytes, all 0. @returns its address */
type Allocate = (sizeBytes: number) => number

/** Addresses only ever grow, and so does the memory: a model stays as long as its kernel. */
function allocatorIn(memory: WebAssembly.Memory): Allocate {
  let free = FIRST_ADDRESS
  return (sizeBytes) => {
    const address = free
    free += Math.ceil(sizeBytes / ALIGN) * ALIGN
    const missing = free - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES))
    return address
  }
}

function placeModel(
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

/** Space for a text of `tokens`, a multiple of `TILE`. */
function placeWorkspace(
  allocate: Allocate,
  model: LevelModel,
  tokens: number,
): Workspace {
  const { dim, layers } = model
  const widest = Math.max(dim, ...layers.map(({ wide }) => wide.rows.length))
  const floats = (columns: number) => allocate(4 * tokens * columns)
  return {
    ...{ ids: floats(1), scales: floats(1), scores: floats(1) },
    ...{ x: floats(dim), query: floats(dim), key: floats(dim), value: floats(dim) },
    ...{ mixed: floats(dim), wide: floats(widest), q: allocate(2 * tokens * widest) },
  }
}

interface BertKernel {
  /** @throws HearthError `bad-argument` for no token, too many, or one of no word */
  states(ids: readonly number[]): Float32Array
}

/** Columns the kernel takes at a time. */
const LANES = 8
/** Most inputs of a matrix: 8,191 × 127 × 2,048 still fits an int32. */
const MAX_INPUTS = 2_048

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
  const maxTokens = model.places.length / dim
  const { words, places, norm, layers } = placeModel(kernel, allocate, model)
  const space = placeWorkspace(allocate, model, padded(maxTokens))

  function multiply(from: number, to: number, matrix: PlacedMatrix, tokens: number) {
    const { columns, inputs, outputs, levels, rows, bias } = matrix
    const { q, scales } = space
    kernel.quantise(from, columns, q, scales, tokens, inputs)
    kernel.multiply(q, scales, levels, rows, bias, to, tokens, inputs, outputs)
  }

  /** x = norm(x + added) */
  function addAndNormalise(
    added: number,
    { weight, bias }: PlacedNorm,
    tokens: number,
  ) {
    kernel.normalise(space.x, added, weight, bias, tokens, dim, epsilon)
  }

  function runLayer(layer: PlacedLayer, tokens: number, real: number) {
    const { x, query, key, value, mixed, wide, scores } = space
    multiply(x, query, layer.query, tokens)
    multiply(x, key, layer.key, tokens)
    multiply(x, value, layer.value, tokens)
    kernel.attend(query, key, value, mixed, scores, real, dim, dim / heads)
    multiply(mixed, query, layer.mixed, tokens)
    addAndNormalise(query, layer.mixedNorm, tokens)
    multiply(x, wide, layer.wide, tokens)
    kernel.gelu(wide, tokens * layer.wide.outputs)
    multiply(wide, query, layer.narrow, tokens)
    addAndNormalise(query, layer.norm, tokens)
  }

  return {
    states(ids) {
      const real = ids.length
      if (real < 1 || real > maxTokens) throw wrong(`${real} tokens`, maxTokens)
      const unknown = ids.find((id) => !(id >= 0 && id < knownWords))
      if (unknown !== undefined) throw wrong(`token ${unknown}`, maxTokens)
      const tokens = padded(real)
      const { buffer } = kernel.memory
      const idsView = new Int32Array(buffer, space.ids, tokens).fill(0)
      idsView.set(ids)
      kernel.embed(space.x, space.ids, words.levels, words.steps, places, tokens, dim)
      addAndNormalise(0, norm, tokens)
      for (const layer of layers) runLayer(layer, tokens, real)
      return new Float32Array(buffer, space.x, real * dim).slice()
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
    matrices.every(({ columns }) => columns.length <= MAX_INPUTS) &&
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

function wrong(got: string, maxTokens: number): HearthError {
  return new HearthError(
    'bad-argument',
    `cannot read this text: got ${got}, expected 1–${maxTokens} tokens of known words.`,
  )
}

// A level model with its tokenizer: some kilobytes of WebAssembly, where onnxruntime is
// 2.4 MB as sent and takes seconds to start.

/** Token ids of some texts, [CLS] and [SEP] included → the states of each, [tokens, dim]. */
export type StatesOf = (
  texts: readonly (readonly number[])[],
) => Promise<readonly Float32Array[]>

/** @returns the kernel's answers, text by text */
export function kernelStates({ states }: BertKernel): StatesOf {
  return async (texts) => texts.map(states)
}

/**
 * @param statesOf the kernel here, or several of them
 */
export function createKernelModel(
  { manifest, files }: LoadedModel,
  statesOf: StatesOf,
): TextModel {
  const { dim } = manifest
  const tokenizer = new Tokenizer(
    jsonOf(files, 'tokenizer.json'),
    jsonOf(files, 'tokenizer_config.json'),
  )
  return {
    tokenize: (text) => tokenizer.encode(text).ids,
    run: async (batch) => {
      const all = new Float32Array(batch.texts * batch.tokens * dim)
      const texts = Array.from({ length: batch.texts }, (_, row) => realIds(batch, row))
      for (const [row, states] of (await statesOf(texts)).entries()) {
        all.set(states, row * batch.tokens * dim)
      }
      return all
    },
    dispose: async () => {}, // the memory goes with the kernel's last reference
  }
}

/**
 * The kernel in this thread, with its tokenizer.
 *
 * @param module the compiled bytes of `bert.wasm`
 * @throws HearthError `no-device` if the kernel does not start or cannot run this model;
 *   `no-encoder` as `readLevelModel`
 */
export async function openKernelModel(
  loaded: LoadedModel,
  module: WebAssembly.Module,
): Promise<TextModel> {
  const kernel = await createBertKernel(module, readLevelModel(loaded))
  return createKernelModel(loaded, kernelStates(kernel))
}

/** The tokens of one text: padding follows them, and nothing needs its states. */
function realIds({ ids, mask, tokens }: TokenBatch, row: number): number[] {
  const real: number[] = []
  for (let at = row * tokens; at < (row + 1) * tokens; at++) {
    if (mask[at] === 1n) real.push(Number(ids[at]))
  }
  return real
}

function jsonOf(files: ModelFiles, name: string): object {
  return JSON.parse(new TextDecoder().decode(files.get(name))) as object
}
