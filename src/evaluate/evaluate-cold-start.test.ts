import { beforeAll, describe, expect, test } from 'vitest'
import { plantedDataset } from '../build/planted.test-data.ts'
import type { Encoder } from '../text/encoder/encoder.ts'
import { evaluateColdStart } from './evaluate-cold-start.ts'
import type { EvaluationJson, FiguresJson, RowsJson } from './json.ts'
import { formatEvaluation } from './report.ts'
import { cutColdStart } from './splits/cold-start.ts'

const ITEMS = 400
const dataset = plantedDataset({ users: 100, items: ITEMS, choices: 40, seed: 2 })
const split = cutColdStart(dataset, { seed: 5 })
const row = (json: EvaluationJson, name: string) =>
  (json.all as RowsJson)[name] as FiguresJson

/** Separates the two groups, but for a third of the items. */
const encoder: Encoder = {
  dim: 2,
  fingerprint: 'f'.repeat(64),
  encode: async (texts) =>
    Float32Array.from(
      texts.flatMap((text) => {
        const isSea = text.includes('sea') !== text.includes('1 ')
        return isSea ? [1, 0] : [0, 1]
      }),
    ),
  async dispose() {},
}
const options = { encoder, bytesPerItem: 40, seed: 4, threads: 0, ablate: true }

describe('evaluateColdStart', () => {
  let result: EvaluationJson

  beforeAll(async () => {
    result = await evaluateColdStart(split, options)
  }, 60_000)

  test('the pack ranks cold-start items by whom they are for, chance does not', () => {
    const chance = row(result, 'random')['recall@20']!
    expect(chance).toBeCloseTo(20 / 40, 1)
    expect(row(result, 'cf')['recall@20']).toBeGreaterThan(1.5 * chance)
    expect(row(result, 'fusion')['recall@20']).toBeGreaterThan(1.5 * chance)
  })

  test('only items held out are ranked, but for the rows among all', () => {
    expect(row(result, 'fusion')['coverage@20']).toBeLessThanOrEqual(40 / ITEMS)
    expect(row(result, 'fusion-among-all')['coverage@20']).toBeGreaterThan(40 / ITEMS)
  })

  test('names baselines, components, and the blend fitted for cold-start items as such', () => {
    const { rows, split: kind, notes } = result.meta
    expect(kind).toBe('cold-start')
    expect(rows.random).toBe('baseline')
    expect(rows.cosine).toBe('baseline')
    expect(rows.cf).toBe('component')
    expect(rows['cold-start-fusion']).toBe('ablation')
    expect(rows['cold-start-fusion-without-cf']).toBe('ablation')
    expect(notes.join(' ')).toContain(
      '40 items are tested; cold-start-fusion is fitted on 20',
    )
    expect(notes.join(' ')).toContain(
      'as the known items most like it are (of 340), read by',
    )
  })

  test('prints as a table, with the settings that were found', () => {
    const table = formatEvaluation(result)
    expect(table).toMatch(/^all +random /m)
    expect(table).toMatch(/^cold-start: vectors /m)
  })
})

test('refuses a split without users to test', async () => {
  const { indptr, ...chosen } = split.test.chosen
  const noUsers = { ...chosen, rows: new Uint32Array(0), indptr: indptr.map(() => 0) }
  const empty = { ...split, test: { ...split.test, chosen: noUsers } }
  await expect(evaluateColdStart(empty, { threads: 0 })).rejects.toThrow(
    'nobody to test',
  )
})
