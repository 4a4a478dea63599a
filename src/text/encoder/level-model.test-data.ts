/**
 * A level model as `encoder-training/` writes it, of any size and with weights by chance:
 * an ONNX file with the constants and the multiplications that are looked for.
 */
import { toHalf } from '../../math/float16.ts'
import { createRandom } from '../../math/random.ts'
import type { LoadedModel, ModelFiles } from './model-files.ts'
import { fingerprintOf, plainFile } from './model-manifest.ts'
import { findLevelTensors } from './node-tensors.ts'
import { bytes, joined, message, number, text } from './protobuf.test-data.ts'

export interface LevelSizes {
  readonly words: number
  readonly places: number
  readonly dim: number
  readonly inner: number
  readonly heads: number
  readonly layers: number
}

export const smallSizes: LevelSizes = {
  ...{ words: 12, places: 10, dim: 16, inner: 24, heads: 2, layers: 2 },
}

const UINT8 = 2
const HALF = 10

export function levelFiles(
  sizes: LevelSizes,
  config: Readonly<Record<string, unknown>> = {},
): ModelFiles {
  const json = {
    ...{ hidden_size: sizes.dim, num_hidden_layers: sizes.layers, hidden_act: 'gelu' },
    ...{ num_attention_heads: sizes.heads, layer_norm_eps: 1e-12, ...config },
  }
  return new Map([
    ['config.json', new TextEncoder().encode(JSON.stringify(json))],
    ['onnx/model.onnx', onnxOf(sizes)],
  ])
}

/** The files with the manifest that lists their tensors. */
export function loadedLevels(files: ModelFiles, dim = smallSizes.dim): LoadedModel {
  const tensors = findLevelTensors(files)
  const decisive = {
    files: [...files].map(([name, bytes]) => plainFile(name, bytes)),
    ...{ maxTokens: 8, pooling: 'mean' as const },
  }
  const manifest = {
    ...{ name: 'levels', dim, ...decisive, fingerprint: fingerprintOf(decisive) },
    ...{ golden: [], licence: 'none', teacher: 'none' },
    ...(tensors ? { tensors } : {}),
  }
  return { manifest, files }
}

function onnxOf({ words, places, dim, inner, layers }: LevelSizes): Uint8Array {
  const random = createRandom(7)
  const parts: Uint8Array[] = []
  const levels = (name: string, rows: number, columns: number) => {
    const values = Uint8Array.from({ length: rows * columns }, () =>
      Math.round(128 + 4 * random.normal()),
    )
    parts.push(tensor(name, [rows, columns], UINT8, values))
  }
  const halves = (name: string, dims: number[], middle: number) => {
    const count = dims.reduce((product, size) => product * size, 1)
    const values = Uint16Array.from({ length: count }, () =>
      toHalf(middle + 0.02 * random.normal()),
    )
    parts.push(tensor(name, dims, HALF, new Uint8Array(values.buffer)))
  }
  const norm = (path: string) => {
    halves(`${path}.weight.half`, [dim], 1)
    halves(`${path}.bias.half`, [dim], 0)
  }
  const matrix = (path: string, outputs: number, inputs: number) => {
    const name = `onnx::MatMul_${parts.length}`
    levels(`${name}.levels`, outputs, inputs)
    halves(`${name}.rows`, [outputs, 1], 0.1)
    halves(`${name}.columns`, [1, inputs], 1)
    halves(`${path}.bias.half`, [outputs], 0)
    const output = `/${path.replaceAll('.', '/').replace('layers/', 'layers.')}/MatMul_output_0`
    parts.push(matmul(`${name}.Transpose6`, output))
  }
  levels('words.weight.levels', words, dim)
  halves('words.weight.steps', [words, 1], 0.1)
  levels('places.levels', places, dim)
  halves('places.steps', [places, 1], 0.1)
  norm('norm')
  for (let i = 0; i < layers; i++) {
    const layer = `layers.${i}`
    for (const part of ['query', 'key', 'value']) {
      matrix(`${layer}.attention.self.${part}`, dim, dim)
    }
    matrix(`${layer}.attention.output.dense`, dim, dim)
    norm(`${layer}.attention.output.LayerNorm`)
    matrix(`${layer}.intermediate.dense`, inner, dim)
    matrix(`${layer}.output.dense`, dim, inner)
    norm(`${layer}.output.LayerNorm`)
  }
  return joined([number(1, 8), message(7, parts)])
}

function tensor(name: string, dims: number[], type: number, raw: Uint8Array) {
  const sizes = dims.map((size) => number(1, size))
  return message(5, [...sizes, number(2, type), text(8, name), bytes(9, raw)])
}

function matmul(weights: string, output: string) {
  return message(1, [
    ...[text(1, 'states'), text(1, weights), text(2, output), text(4, 'MatMul')],
  ])
}
