import { expect, test } from 'vitest'
import { requestOf, seenMask } from '../build/models/fusion/simulate.ts'
import { topK } from '../math/top-k.ts'
import { sampleScoring } from '../scoring/sample-pack.test-data.ts'
import { scoreAll } from '../scoring/score-all.ts'
import { createDial, DIAL, dialRow, isDialRow } from './dial.ts'

const ITEMS = 60
const items = Array.from({ length: ITEMS }, (_, i) => ({
  id: `i${i}`,
  title: `T${i}`,
  authors: [`Author ${i % 12}`],
}))
/** The more popular, the better the score: item 59 is the most popular. */
const sample = sampleScoring({
  items,
  cf: Array.from({ length: ITEMS }, () => Array.from({ length: ITEMS }, (_, j) => j)),
  popularity: Array.from({ length: ITEMS }, (_, i) => i / ITEMS),
})
const { manifest } = sample.pack
/** A pack that knows what is popular. */
const scoring = {
  ...sample,
  pack: {
    ...sample.pack,
    manifest: {
      ...manifest,
      provenance: { ...manifest.provenance, interactions: 1000, users: 50 },
    },
  },
}
const listsOf = (history: readonly number[]) => {
  const request = requestOf(scoring, Uint32Array.from(history))
  const seen = seenMask(ITEMS, Uint32Array.from(history))
  const scores = scoreAll(scoring, request)
  const byRow = new Map(createDial(scoring, items)(scores, request, seen))
  return (surprise: number) => [...topK(byRow.get(dialRow(surprise))!, 20)]
}
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

test('each setting has its row, and no other row has such a name', () => {
  const request = requestOf(scoring, Uint32Array.of(3))
  const rows = createDial(scoring, items)(
    scoreAll(scoring, request),
    request,
    seenMask(ITEMS, Uint32Array.of(3)),
  )
  const names = Array.from(rows, ([name]) => name)
  expect(names).toEqual(DIAL.map(dialRow))
  expect(names.every(isDialRow)).toBe(true)
  expect(isDialRow('fusion-diverse')).toBe(false)
})

test('a list has twenty items, none of them known, and no maker fills it', () => {
  const listAt = listsOf([3, 4])
  for (const surprise of DIAL) {
    const list = listAt(surprise)
    expect(list).toHaveLength(20)
    expect(list).not.toContain(3)
    const makers = list.map((index) => index % 12)
    const most = Math.max(...makers.map((m) => makers.filter((o) => o === m).length))
    expect(most).toBeLessThanOrEqual(4)
  }
})

test('at its far end the list is less popular than at its near one', () => {
  const listAt = listsOf([2, 3, 5, 7])
  const [near, middle, far] = [0, 0.2, 1].map((surprise) => mean(listAt(surprise)))
  expect(middle).toBeLessThanOrEqual(near!)
  expect(far).toBeLessThan(near!)
})
