import { describe, expect, test } from 'vitest'
import { createRandom } from '../math/random.ts'
import { evaluateSequence } from './evaluate-sequence.ts'
import { formatNextClicks } from './next-click-report.ts'
import { leaveLastOut, sessionClicks } from './splits/next-clicks.ts'

const ITEMS = 80
const itemIds = Array.from({ length: ITEMS }, (_, row) => `item ${row}`)

/** People who walk from an item to the next of its kind (every fifth), kind by kind. */
function walk(random: ReturnType<typeof createRandom>, length: number): Uint32Array {
  const list = [random.integer(ITEMS)]
  while (list.length < length) list.push((list[list.length - 1] + 5) % ITEMS)
  return Uint32Array.from(list)
}

function walks(count: number, length: number, seed = 1): Uint32Array[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => walk(random, length))
}

describe('evaluateSequence', () => {
  test('finds the next item of walkers, through the written pack and within its bytes', async () => {
    const attributes = itemIds.map((_, row) => [`kind ${row % 5}`, `shelf ${row % 2}`])
    const folder = { name: 'walks', itemIds, attributes, lines: walks(120, 6) }
    const json = await evaluateSequence(leaveLastOut(folder, 1), { bytesPerItem: 40 })
    const { sequence, popularity, attributes: shared, fusion } = json.all!
    expect(sequence['hit@10']).toBeGreaterThan(0.98)
    expect(sequence['recall@10']).toBe(sequence['hit@10'])
    expect(popularity['hit@10']).toBeLessThan(0.4)
    expect(shared['hit@10']).toBeGreaterThan(popularity['hit@10'])
    expect(fusion['ndcg@10']).toBeGreaterThan(0.9)
    expect(json.meta.bytesPerItem.sequence).toBeLessThanOrEqual(40)
    expect(json.meta.cases).toBe(120)
    expect(json).not.toHaveProperty('new')
    expect(formatNextClicks(json)).toMatch(
      /all answers \(120 cases\)[\s\S]*^sequence +1\.0/m,
    )
  }, 30_000)

  test('separates new answers from returns, and the lists of both', async () => {
    // there and back again: the third click is the first again, the fourth is new
    const lines = walks(150, 3).map(([a, b, c]) => Uint32Array.of(a, b, a, c))
    const test = walks(60, 3, 2).flatMap(([a, b, c]) => [
      Uint32Array.of(a, b, a, c),
      Uint32Array.of(a, b, a),
      Uint32Array.of(a, b),
    ])
    const clicks = sessionClicks({ name: 'back', itemIds, lines, test }, 1)
    const json = await evaluateSequence(clicks, {
      bytesPerItem: 40,
      components: ['cf', 'sequence'],
    })
    expect(Object.keys(json.all!)).toEqual(['sequence', 'fusion'])
    expect(json.all!.sequence.cases).toBe(180)
    expect(json.new!.sequence.cases).toBe(120)
    expect(json.returns!.sequence.cases).toBe(60)
    expect(json.returns!.sequence['mrr@20']).toBe(1) // one of two, by the table
    expect(json.new!.sequence['mrr@20']).toBeGreaterThan(0.6)
    expect(json.all!.sequence['hit@20']).toBeGreaterThan(0.9)
    expect(json.meta.visitors).toBe(60)
    expect(json.meta.settings.returns.second).toBeGreaterThan(0)
    expect(formatNextClicks(json)).toContain('returns, among items seen (60 cases)')
  }, 30_000)

  test('refuses an unknown component', async () => {
    const clicks = leaveLastOut({ name: 'few', itemIds, lines: walks(5, 4) }, 1)
    await expect(evaluateSequence(clicks, { components: ['order'] })).rejects.toThrow(
      'unknown component: got order, expected one of',
    )
  })
})
