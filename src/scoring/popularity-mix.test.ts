import { describe, expect, test } from 'vitest'
import { createRandom } from '../math/random.ts'
import { calibratedOrder } from './popularity-mix.ts'
import { samplePack } from './sample-pack.test-data.ts'

const ITEMS = 400
/** Popularity falls with the index; the score follows it, with as much taste in it. */
function packOf(interactions: number) {
  const popularity = Array.from({ length: ITEMS }, (_, index) => 1 - index / ITEMS)
  const pack = samplePack({ items: popularity.map(() => ({})), popularity })
  const { manifest } = pack
  const provenance = { ...manifest.provenance, interactions }
  return { ...pack, manifest: { ...manifest, provenance } }
}
const pack = packOf(20_000)
const random = createRandom(5)
const score = Float32Array.from(
  { length: ITEMS },
  (_, index) => 3 * (1 - index / ITEMS) + random.normal(),
)
const exclude = new Uint8Array(ITEMS)

/** Mean index of the first twenty: the higher, the less popular. */
function meanOfFirst(order: Float32Array): number {
  const first = [...order.keys()].sort((a, b) => order[b]! - order[a]!).slice(0, 20)
  return first.reduce((a, b) => a + b, 0) / 20
}
const readerOf = (from: number) =>
  Array.from({ length: 20 }, (_, place) => ({ index: from + place, weight: 1 }))
const orderFor = (history: ReturnType<typeof readerOf>, surprise = 0.2) =>
  calibratedOrder(pack, score, { history, exclude, surprise })

describe('the order for a visitor', () => {
  test('of best sellers keeps them', () => {
    expect(orderFor(readerOf(0))).toBe(score)
  })

  test('of other things holds less popular ones, as popular as what they like', () => {
    const middle = meanOfFirst(orderFor(readerOf(130)))
    const rare = meanOfFirst(orderFor(readerOf(250)))
    expect(meanOfFirst(score)).toBeLessThan(90)
    expect(middle).toBeGreaterThan(meanOfFirst(score))
    expect(rare).toBeGreaterThan(middle)
  })

  test('leaves the score as it was', () => {
    const before = score.slice()
    orderFor(readerOf(250))
    expect(score).toEqual(before)
  })

  test('goes by the dial: the score’s own at 0, further into the long tail towards 1', () => {
    const history = readerOf(130)
    expect(orderFor(history, 0)).toBe(score)
    const means = [0.1, 0.2, 0.6, 1].map((dial) => meanOfFirst(orderFor(history, dial)))
    expect(means).toEqual(means.toSorted((a, b) => a - b))
    expect(means.at(-1)).toBeGreaterThan(means[0]!)
  })
})

test('where nobody’s choices are known, or all are alike, the order is the score’s', () => {
  const history = readerOf(250)
  const options = { history, exclude, surprise: 0.2 }
  expect(calibratedOrder(packOf(0), score, options)).toBe(score)
  const flat = { ...pack, popularity: new Float32Array(ITEMS).fill(0.5) }
  expect(calibratedOrder(flat, score, options)).toBe(score)
})
