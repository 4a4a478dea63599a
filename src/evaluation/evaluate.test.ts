import { beforeAll, describe, expect, test } from 'vitest'
import { plantedDataset } from '../training/planted.ts'
import {
  type EvaluationResult,
  evaluateDataset,
  evaluationJson,
  formatEvaluation,
} from './evaluate.ts'

const dataset = plantedDataset({ users: 120, items: 60, choices: 14, seed: 2 })

describe('evaluateDataset', () => {
  let result: EvaluationResult

  beforeAll(async () => {
    result = await evaluateDataset(dataset, { ks: [0, 3], seed: 4, threads: 0 })
  })

  test('measures each part the pack has, at every number of events and at all', () => {
    expect(result.rows.map(({ k }) => k)).toEqual([0, 3, 'all'])
    for (const { measured } of result.rows) {
      expect(Object.keys(measured)).toEqual([...result.parts])
    }
    expect(result.parts.at(-1)).toBe('fusion')
    expect(result.heldOutUsers).toBe(24)
  })

  test('co-use and the fusion find the planted groups, popularity does not', () => {
    const { cf, fusion, popularity } = result.rows[1].measured
    expect(cf!.recall.mean).toBeGreaterThan(popularity!.recall.mean * 1.3)
    expect(fusion!.recall.mean).toBeGreaterThan(popularity!.recall.mean * 1.3)
  })

  test('popularity and the fusion are the same list before the first event', () => {
    const { fusion, popularity } = result.rows[0].measured
    expect(fusion).toEqual(popularity)
  })

  test('prints as a table and as JSON with the agreed keys', () => {
    const json = JSON.parse(evaluationJson(result))
    expect(Object.keys(json)).toEqual(['0', '3', 'all'])
    expect(json.all.fusion).toEqual({
      'recall@20': result.rows[2].measured.fusion!.recall.mean,
      'ndcg@20': result.rows[2].measured.fusion!.ndcg.mean,
    })
    const table = formatEvaluation(result)
    expect(table).toContain('planted: 60 items, 24 held-out users, seed 4')
    expect(table.split('\n').filter((line) => line.startsWith('all '))).toHaveLength(
      result.parts.length,
    )
  })
})

test('judges only the parts asked for, and always the fusion', async () => {
  const small = plantedDataset({ users: 40, items: 30, choices: 6, seed: 2 })
  const result = await evaluateDataset(small, { parts: ['cf'], ks: [], threads: 0 })
  expect(result.parts).toEqual(['cf', 'fusion'])
})

test('refuses an unknown part and a bad number of events before any work', async () => {
  await expect(evaluateDataset(dataset, { parts: ['magic'] })).rejects.toThrow(
    'unknown part: got magic',
  )
  await expect(evaluateDataset(dataset, { ks: [-1] })).rejects.toThrow(
    'invalid number of events: got -1',
  )
})
