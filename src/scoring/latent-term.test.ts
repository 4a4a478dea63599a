import { describe, expect, test } from 'vitest'
import { createRandom } from '../math/random.ts'
import { createJsScanner } from '../math/scanner.ts'
import type { SparseBlock } from '../pack/pack.ts'
import { entryBetween, foldInto, latentBetween, latentInto } from './item-item.ts'
import { sparse } from './sample-pack.test-data.ts'

const ITEMS = 30
const DIM = 6
const random = createRandom(2)
const codes = Int8Array.from({ length: ITEMS * DIM }, () => random.integer(15) - 7)
const factors = () => Float32Array.from({ length: ITEMS }, () => 0.5 + random.next())
const latent = {
  given: { rows: ITEMS, dim: DIM, codes, scales: factors() },
  taken: { rows: ITEMS, dim: DIM, codes, scales: factors() },
}
const matrix = Array.from({ length: ITEMS }, (_, i) =>
  Array.from({ length: ITEMS }, (_, j) =>
    i !== j && random.next() < 0.2 ? 1 + random.integer(9) : 0,
  ),
)
const plain = sparse('item-item', matrix)
const targets = factors()
const block: SparseBlock = { ...plain, targets, latent }
const folded = [
  { index: 3, weight: 1 },
  { index: 17, weight: 0.5 },
  { index: 4, weight: -0.1 },
]

/** Σ weight · (sparse · target factor + given · taken), but for the index itself. */
function oracle(to: number): number {
  let sum = 0
  for (const { index, weight } of folded) {
    if (index === to) continue
    let product = 0
    for (let d = 0; d < DIM; d++) {
      const [a, b] = [codes[index * DIM + d], codes[to * DIM + d]]
      product += a * latent.given.scales[index] * b * latent.taken.scales[to]
    }
    sum += weight * (entryBetween(plain, index, to) * targets[to] + product)
  }
  return sum
}

describe('a block with column factors and a low-rank term', () => {
  test('folds in what the formula says', () => {
    const out = new Float32Array(ITEMS).fill(9)
    foldInto(block, folded, out)
    out.forEach((score, index) => {
      expect(score).toBeCloseTo(oracle(index), 3)
    })
  })

  test('links sum to what is folded in', () => {
    for (let to = 0; to < ITEMS; to++) {
      const sum = folded.reduce(
        (total, { index, weight }) =>
          total +
          weight * (entryBetween(block, index, to) + latentBetween(block, index, to)),
        0,
      )
      expect(sum).toBeCloseTo(oracle(to), 3)
    }
  })

  test('says the same through the scanner, within its rounding', () => {
    const taken = createJsScanner().hold(latent.taken)
    const out = new Float32Array(ITEMS)
    foldInto(block, folded, out, { taken })
    const spread = Math.max(...Array.from(out, Math.abs))
    out.forEach((score, index) => {
      expect(Math.abs(score - oracle(index))).toBeLessThan(spread * 2e-3)
    })
  })
})

test('without a history nothing is added', () => {
  const out = new Float32Array(ITEMS)
  latentInto(latent, [], out)
  expect(out.every((score) => score === 0)).toBe(true)
})
