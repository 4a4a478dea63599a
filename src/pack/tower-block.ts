/**
 * The `tower` block: what the two ReLU towers need at score time.
 *
 *   section 0  uint32 [2 + 2·layers]  dim, layers, then in and out of each layer
 *           1  int8 [rows, dim]       item vectors
 *           2  halves [rows]          their scales
 *           3  halves [rows]          item bias
 *     4 + 2·l  halves [in, out]       weights of user layer l
 *     5 + 2·l  halves [out]           its bias
 */
import { assertLength, HearthError } from '../errors.ts'
import type { DenseLayer } from '../math/dense-layer.ts'
import { quantiseRows } from '../math/quantise.ts'
import { badPack } from './bad-pack.ts'
import { halvesOf, packHalves, scalesOf } from './coding/scaled-halves.ts'
import type { TowerBlock } from './pack.ts'
import type { PackSource } from './pack-source.ts'
import {
  assertSectionCount,
  type Expected,
  int8Of,
  readSections,
  type Sections,
  uint32Of,
  writeSections,
} from './sections.ts'

const FIRST_LAYER_SECTION = 4
const MAX_LAYERS = 20

/** @throws HearthError `bad-argument` for wrong lengths or values that are not finite */
export function encodeTower(
  { dim, items, bias, user }: NonNullable<PackSource['tower']>,
  rows: number,
  contentDim: number,
): Uint8Array {
  assertLength('tower bias', bias, rows)
  const shape = user.flatMap((layer) => [inputsOf(layer), layer.bias.length])
  const broken = brokenChain(shape, dim + contentDim, dim)
  if (broken) throw new HearthError('bad-argument', `invalid user tower: ${broken}`)
  const { codes, scales } = quantiseRows(items, rows, dim)
  return writeSections('tower', rows, [
    Uint32Array.of(dim, user.length, ...shape),
    codes,
    packHalves('tower scales', scales),
    packHalves('tower bias', bias),
    ...user.flatMap((layer, l) => [
      packHalves(`weights of user layer ${l}`, layer.weights),
      packHalves(`bias of user layer ${l}`, layer.bias),
    ]),
  ])
}

function inputsOf({ weights, bias }: DenseLayer): number {
  return weights.length / bias.length
}

/**
 * @param shape in and out of each layer
 * @returns what is wrong with the sizes, or undefined
 */
function brokenChain(
  shape: ArrayLike<number>,
  first: number,
  last: number,
): string | undefined {
  const layers = shape.length / 2
  if (layers < 1 || layers > MAX_LAYERS) {
    return `got ${layers} layers, expected 1 to ${MAX_LAYERS}.`
  }
  let width = first
  for (let l = 0; l < layers; l++) {
    if (shape[2 * l] !== width) {
      return `layer ${l} takes ${shape[2 * l]} numbers, expected ${width}.`
    }
    width = shape[2 * l + 1]
  }
  return width === last ? undefined : `it gives ${width} numbers, expected ${last}.`
}

/**
 * @param dims the manifest's
 * @throws HearthError `bad-pack` unless the bytes are a whole, sound tower block
 */
export function decodeTower(
  bytes: Uint8Array,
  expected: Expected,
  dims: { readonly tower: number; readonly content: number },
): TowerBlock {
  const sections = readSections(bytes, expected)
  const { file, rows } = sections
  const [dim, layers, ...shape] = uint32Of(sections, 0)
  if (dim !== dims.tower || shape.length !== layers * 2) {
    throw badPack(file, `its towers have ${dim} dimensions, expected ${dims.tower}.`)
  }
  const broken = brokenChain(shape, dim + dims.content, dim)
  if (broken) throw badPack(file, `its user tower does not fit: ${broken}`)
  assertSectionCount(sections, FIRST_LAYER_SECTION + 2 * layers)
  const codes = int8Of(sections, 1, rows * dim)
  return {
    items: { rows, dim, codes, scales: scalesOf(sections, 2, rows) },
    bias: halvesOf(sections, 3, rows),
    user: Array.from({ length: layers }, (_, l) => layerOf(sections, l, shape)),
  }
}

function layerOf(sections: Sections, l: number, shape: readonly number[]): DenseLayer {
  const [inputs, outputs] = shape.slice(2 * l)
  const section = FIRST_LAYER_SECTION + 2 * l
  return {
    weights: halvesOf(sections, section, inputs * outputs),
    bias: halvesOf(sections, section + 1, outputs),
  }
}
