import { describe, expect, test } from 'vitest'
import { topK } from '../../../math/top-k.ts'
import { toPositives } from '../../dataset/positives.ts'
import { ndcgAt } from '../../metrics/ranking.ts'
import { plantedDataset } from '../../planted.test-data.ts'
import { holdOutUsers } from '../../splits/hold-out.ts'
import { openColumnThreads } from './column-threads.ts'
import { evaluateCf, latentUnit } from './evaluate.ts'
import { buildGram } from './gram.ts'
import { cfDefaults, narrow, solveWide, toPairRows } from './kernel.ts'
import { latentVectors } from './latent-vectors.ts'

const ITEMS = 60
const dataset = plantedDataset({ users: 300, items: ITEMS, choices: 9, seed: 4 })
const { train, heldOut } = holdOutUsers(toPositives(dataset.interactions!, ITEMS), {
  share: 0.2,
  seed: 1,
})
const threads = openColumnThreads(0)
const wide = await solveWide(buildGram(train, { userPower: 0.5 }), cfDefaults, {
  threads,
})
const fitted = await narrow(wide, cfDefaults, { entriesPerItem: 12, threads })
const latent = latentVectors(train, fitted.precision.map(Math.sqrt), 4)

describe('evaluateCf', () => {
  const hyperparameters = [
    { targetPower: 0, latentShare: 0 },
    { targetPower: 0.3, latentShare: 0.5 },
  ]
  const measured = evaluateCf(fitted, hyperparameters, {
    heldOut,
    lengths: [3, Infinity],
    latent,
  })

  test('is the NDCG of the rows that would be written', () => {
    hyperparameters.forEach(({ targetPower, latentShare }, r) => {
      const weight = measured.unit * latentShare
      const { pairs, ...rows } = toPairRows(
        fitted,
        { targetPower },
        { ...latent, weight },
      )
      let sum = 0
      for (const { history, targets } of heldOut) {
        for (const length of [3, Infinity]) {
          const newest = history.subarray(0, length)
          const scores = new Float32Array(ITEMS)
          for (const row of newest) {
            for (let e = rows.indptr[row]; e < rows.indptr[row + 1]; e++)
              scores[rows.indices[e]] += rows.values[e]
            for (let to = 0; to < ITEMS; to++) {
              let dot = 0
              for (let d = 0; d < latent.dim; d++)
                dot +=
                  latent.vectors[row * latent.dim + d] *
                  latent.vectors[to * latent.dim + d]
              scores[to] +=
                pairs!.rowFactors[row] * weight * dot * pairs!.columnFactors[to]
            }
          }
          const seen = new Uint8Array(ITEMS)
          for (const row of newest) seen[row] = 1
          sum += ndcgAt(topK(scores, 20, seen), new Set(targets), 20)
        }
      }
      expect(measured.ndcg[r]).toBeCloseTo(sum / heldOut.length / 2, 3)
    })
  })

  test('without a low-rank term needs no unit', () => {
    const { unit, ndcg } = evaluateCf(fitted, hyperparameters.slice(0, 1), {
      heldOut,
      lengths: [Infinity],
    })
    expect(unit).toBe(0)
    expect(ndcg[0]).toBeGreaterThan(0.2)
  })
})

test('the unit makes the two spreads equal, whatever the length of the vectors', () => {
  const unit = latentUnit(fitted, latent, heldOut)
  const longer = { ...latent, vectors: latent.vectors.map((v) => v * 3) }
  expect(unit).toBeGreaterThan(0)
  expect(latentUnit(fitted, longer, heldOut)).toBeCloseTo(unit / 9, 5)
  expect(latentUnit(fitted, latent, [])).toBe(0)
})
