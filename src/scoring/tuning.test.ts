import { describe, expect, test } from 'vitest'
import { quantiseRows } from '../math/quantise.ts'
import { createRandom } from '../math/random.ts'
import type { Pack } from '../pack/pack.ts'
import { forwardReference } from '../towers/forward.ts'
import { createReferenceDevice } from '../towers/reference.ts'
import type { TowerDevice, TuneBatch } from '../towers/tower-device.ts'
import { type TuneRequest, tuneDefaults, tuneUserTower } from './tuning.ts'

const DIM = 4
const ITEM_COUNT = 500
const pack = createPack()
/** Tunes even where the older events' tower does not find the newest. */
const whateverItWins = { ...tuneDefaults, leastWin: Number.NEGATIVE_INFINITY }
const history = [3, 8, 13, 18, 23, 28].map((index, n) => ({
  index,
  weight: 1 - n / 10,
}))

describe('tuneUserTower', () => {
  test('holds out each item in turn and asks for it from the rest', async () => {
    const asked: number[][] = []
    const { device, batches } = recordingDevice()
    await tune({
      device,
      userInput: (rest) => {
        asked.push(rest.map(({ index }) => index))
        return inputOf(rest)
      },
    })
    // first the older half, to win on the newest, then all of it
    expect(batches.map(({ batch }) => batch)).toEqual([3, 6])
    expect(asked.slice(0, 3)).toEqual([[23, 28], [18, 28], [18, 23]]) // biome-ignore format: a table
    const all = asked.slice(-6)
    expect(all[0]).toEqual([8, 13, 18, 23, 28])
    expect(all[5]).toEqual([3, 8, 13, 18, 23])
    const { targets, batch, bias } = batches[1]!
    for (let b = 0; b < batch; b++) {
      const index = [...targets.subarray(b * bias.length, (b + 1) * bias.length)]
      expect(index.findIndex((value) => value > 0)).toBe(b)
      const weight = index.reduce((sum, value) => sum + value, 0)
      expect(weight).toBeCloseTo(history[b]!.weight, 6)
    }
  })

  test('estimates the loss of the softmax over the whole catalogue', async () => {
    // the drawn items stand for all: the mean over seeds is near the exact loss
    const losses = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map(async (seed) => {
        const tuned = await tune({ random: createRandom(seed) })
        return tuned?.lossBefore ?? NaN
      }),
    )
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length
    const exact = exactLoss()
    expect(Math.abs(mean - exact)).toBeLessThan(0.02 * exact)
  })

  test('raises what the visitor likes over what they do not', async () => {
    const wide = Array.from({ length: 30 }, (_, n) => ({ index: 5 * n + 3, weight: 1 }))
    const tuned = await tune({ history: wide, eventCount: 30 })
    expect(tuned?.lossAfter).toBeLessThan(tuned?.lossBefore ?? NaN)
    const before = meanMargin(pack.tower?.user ?? [], wide)
    expect(meanMargin(tuned?.layers ?? [], wide)).toBeGreaterThan(before)
  })

  test('is a function of the history and the seed alone', async () => {
    const first = await tune({})
    await tune({ history: history.slice(1) })
    expect(await tune({})).toEqual(first)
    const without = await tune({ history: history.slice(1), eventCount: 5 })
    expect(without?.layers).not.toEqual(first?.layers)
  })

  test('finds less of what was refused, the more surely the more', async () => {
    const wide = Array.from({ length: 30 }, (_, n) => ({ index: 5 * n + 3, weight: 1 }))
    const refusedBy = async (weight: number) => {
      const refused = [1, 6, 11, 16, 21, 26, 31, 36].map((index) => ({ index, weight }))
      const tuned = await tune({ history: wide, refused, eventCount: 30 })
      const logits = logitsOf(tuned!.layers, inputOf(wide))
      return mean(logits.filter((_, index) => index % 5 === 1)) - mean(logits)
    }
    const none = await tune({ history: wide, eventCount: 30 })
    const logits = logitsOf(none!.layers, inputOf(wide))
    const before = mean(logits.filter((_, index) => index % 5 === 1)) - mean(logits)
    expect(await refusedBy(1)).toBeLessThan(await refusedBy(0.2))
    expect(await refusedBy(0.2)).toBeLessThan(before)
  })

  test('moves where the newest events agree with the older ones', async () => {
    const wide = Array.from({ length: 30 }, (_, n) => ({ index: 5 * n + 3, weight: 1 }))
    const tuned = await tune({ history: wide, eventCount: 30, settings: tuneDefaults })
    expect(tuned?.win.events).toBe(10)
    expect(tuned!.win.mean).toBeGreaterThan(tuned!.win.standardError)
  })

  test('stays as shipped where the newest events are of another taste', async () => {
    const drifted = Array.from({ length: 30 }, (_, n) => ({
      index: 5 * n + (n < 10 ? 1 : 3),
      weight: 1,
    }))
    const tuned = await tune({
      ...{ history: drifted, eventCount: 30, settings: tuneDefaults },
    })
    expect(tuned).toBeUndefined()
  })

  test('starts from, and never changes, the layers of the pack', async () => {
    const kept = structuredClone(pack.tower?.user)
    await tune({})
    expect(pack.tower?.user).toEqual(kept)
  })

  test('learns from a history that is the whole catalogue', async () => {
    const all = Array.from({ length: ITEM_COUNT }, (_, index) => ({ index, weight: 1 }))
    const tuned = await tune({ history: all, eventCount: ITEM_COUNT })
    expect(tuned?.lossAfter).toBeLessThanOrEqual(tuned?.lossBefore ?? NaN)
  })

  test.each([
    ['too few items to win on', { history: history.slice(0, 5) }],
    ['no history', { history: [], eventCount: 0 }],
    [
      'a pack without towers',
      { pack: { ...pack, tower: undefined } as unknown as Pack },
    ],
  ])('has nothing to learn from %s', async (_, request) => {
    expect(await tune(request)).toBeUndefined()
  })
})

function tune(request: Partial<TuneRequest>) {
  return tuneUserTower({
    device: createReferenceDevice(),
    pack,
    history,
    eventCount: history.length,
    random: createRandom(7),
    userInput: inputOf,
    settings: whateverItWins,
    ...request,
  })
}

/** Row r has the taste r % 5 (4 is none of the four), with some noise and a bias. */
function createPack(): Pack {
  const random = createRandom(1)
  const items = Float32Array.from({ length: ITEM_COUNT * DIM }, (_, n) => {
    const index = Math.floor(n / DIM)
    return (index % 5 === n % DIM ? 1 : 0) + 0.3 * random.next()
  })
  const layer = (size: number) => ({
    weights: Float32Array.from({ length: size * size }, (_, n) =>
      n % (size + 1) === 0 ? 1 : 0.1 * random.normal(),
    ),
    bias: new Float32Array(size).fill(0.1),
  })
  const tower = {
    items: quantiseRows(items, ITEM_COUNT, DIM),
    bias: Float32Array.from({ length: ITEM_COUNT }, () => random.normal() - 6),
    user: [layer(DIM), layer(DIM)],
  }
  // only the tower of a pack is read
  return { rows: ITEM_COUNT, tower } as unknown as Pack
}

function inputOf(rest: readonly { index: number; weight: number }[]): Float32Array {
  const input = new Float32Array(DIM)
  const total = rest.reduce((sum, { weight }) => sum + weight, 0)
  for (const { index, weight } of rest) {
    vectorOf(index).forEach((value, d) => {
      input[d] += (weight * value) / total
    })
  }
  return input
}

function vectorOf(index: number): Float32Array {
  const { codes, scales } = pack.tower!.items
  return Float32Array.from(
    codes.subarray(index * DIM, (index + 1) * DIM),
    (c) => c * scales[index],
  )
}

function logitsOf(layers: Parameters<typeof forwardReference>[0], input: Float32Array) {
  const user = forwardReference(layers, input, 1)
  return Array.from({ length: ITEM_COUNT }, (_, index) =>
    vectorOf(index).reduce((sum, v, d) => sum + v * user[d], pack.tower!.bias[index]),
  )
}

/** The slow oracle: −ln softmax over every item, mean over the held-out items. */
function exactLoss(): number {
  const losses = history.map((held) => {
    const rest = history.filter((h) => h !== held)
    const logits = logitsOf(pack.tower!.user, inputOf(rest))
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0)
    return held.weight * (Math.log(total) - logits[held.index])
  })
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}

/** Mean logit of the liked taste less the mean of all. */
function meanMargin(
  layers: Parameters<typeof forwardReference>[0],
  wide: readonly { index: number; weight: number }[],
): number {
  const logits = logitsOf(layers, inputOf(wide))
  const liked = logits.filter((_, index) => index % 5 === 3)
  return mean(liked) - mean(logits)
}

function mean(values: readonly number[]) {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function recordingDevice() {
  const batches: TuneBatch[] = []
  const reference = createReferenceDevice()
  const tune: TowerDevice['tune'] = (layers, batch, options) => {
    batches.push(batch)
    return reference.tune(layers, batch, options)
  }
  return { device: { ...reference, tune }, batches }
}
