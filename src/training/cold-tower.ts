/**
 * New items in the towers' space, as mixtures of known ones:
 *
 *   i = ReLU(mean + Σ α_i · (i_i − mean))        bias alike, within the known ones' range
 *
 * α is the kernel ridge's (cold-mix.ts). The item tower has a vector for them too, from
 * content and entities without an id; the ridge also reads words, names and years apart.
 */
import type { PackSource } from '../catalogue/pack-source.ts'

type Tower = NonNullable<PackSource['tower']>

export interface Mixtures {
  /** Item rows that α speaks of. */
  readonly known: Uint32Array
  /** Item rows to be placed. */
  readonly fresh: Uint32Array
  /** α [known] of a new item, by its place in `fresh`. */
  readonly alpha: (f: number) => Float64Array
}

/** Share of the mixture beside what the item tower itself says of a new item, 0–1. */
const MIXED = 0.5

/** @returns the tower with the new items' vectors and biases in place of its own */
export function placeInTower(tower: Tower, { known, fresh, alpha }: Mixtures): Tower {
  const { dim } = tower
  const vector = mixer(tower.items, dim, known)
  const bias = mixer(tower.bias, 1, known)
  const { low, high } = rangeOf(known, tower.bias)
  const items = tower.items.slice()
  const biases = tower.bias.slice()
  fresh.forEach((row, f) => {
    const mixed = vector(alpha(f))
    for (let d = 0; d < dim; d++) {
      const at = row * dim + d
      items[at] = MIXED * Math.max(0, mixed[d]) + (1 - MIXED) * items[at]
    }
    biases[row] = Math.min(high, Math.max(low, bias(alpha(f))[0]))
  })
  return { ...tower, items, bias: biases }
}

/** mean + Σ α_i · (x_i − mean) over rows of a row-major matrix. */
function mixer(values: Float32Array, dim: number, known: Uint32Array) {
  const mean = new Float64Array(dim)
  for (const row of known) {
    for (let d = 0; d < dim; d++) mean[d] += values[row * dim + d] / known.length
  }
  return (alpha: Float64Array) => {
    const sum = mean.slice()
    known.forEach((row, i) => {
      for (let d = 0; d < dim; d++) {
        sum[d] += alpha[i] * (values[row * dim + d] - mean[d])
      }
    })
    return sum
  }
}

function rangeOf(rows: Uint32Array, values: Float32Array) {
  let [low, high] = [Infinity, -Infinity]
  for (const row of rows) {
    low = Math.min(low, values[row])
    high = Math.max(high, values[row])
  }
  return { low, high }
}
