import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { forwardReference } from '../../../towers/forward.ts'
import type { CheckpointFile } from '../../checkpoint.ts'
import { positivesOf } from '../../planted.test-data.ts'
import type { TowerSettings } from './settings.ts'
import { type TowerInput, twoTowerModel } from './two-tower.ts'

const ROWS = 60
/** Lists of 20 from a taste's 30 rows: 20/29 with one row known, 20/25 with 5, all with 16. */
const BEST_RECALL = (20 / 29 + 20 / 25 + 1) / 3
/** Small enough for a second, big enough steps for few of them. */
const steps = { hidden: 32, rate: 0.02, batch: 16, patience: 25, minUsers: 1 }
const options = { seed: 3, dim: 16, maxEpochs: 70, ...steps }

type Options = Partial<TowerSettings> &
  Pick<TowerInput, 'seed' | 'checkpoint' | 'onProgress'>

async function trainTowers(input: TowerInput, options: Options) {
  const { seed = 1, checkpoint, onProgress = () => {}, ...settings } = options
  const how = { seed, checkpoint, onProgress }
  const fitted = await twoTowerModel.fit({ ...input, ...how }, settings)
  if (!fitted) throw new Error('too few users')
  return { ...fitted.block, ...fitted.report }
}

type TrainedTowers = Awaited<ReturnType<typeof trainTowers>>

describe('twoTowerModel', () => {
  test('ranks the rest of a taste above the other taste, from one event', async () => {
    const towers = await trainTowers(checkerboard(), options)
    for (const known of [0, 1, 6, 17]) {
      const best = ranking(towers, [known]).slice(0, ROWS / 2 - 1)
      expect(best.filter((row) => row % 2 === known % 2).length).toBe(29)
    }
    expect(towers.validationRecall).toBeGreaterThan(BEST_RECALL - 0.1)
  })

  test.each(['content', 'attributes'] as const)(
    'places an item nobody has met by its %s',
    async (feature) => {
      const cold = ROWS - 1
      const input = {
        ...checkerboard({ without: cold }),
        [feature]: features()[feature],
      }
      const towers = await trainTowers(input, options)
      for (const known of [1, 7, 31]) {
        const match = logits(towers, [known], feature === 'content' ? [0, 1] : [])
        // its bias shows that nobody liked it; the rest should show whom it is for
        const fit = match.map((logit, row) => logit - towers.bias[row])
        const others = fit.filter((_, row) => row % 2 === 0)
        expect(fit[cold]).toBeGreaterThan(Math.max(...others))
      }
    },
  )

  test('gives the same towers for the same seed, others for another', async () => {
    const short = { ...options, maxEpochs: 2 }
    const first = await trainTowers(checkerboard(), short)
    expect(await trainTowers(checkerboard(), short)).toEqual(first)
    const other = await trainTowers(checkerboard(), { ...short, seed: 4 })
    expect(other.items).not.toEqual(first.items)
  })

  test('stopped and begun again, resumes as if it never had', async () => {
    const whole = await trainTowers(checkerboard(), { ...options, maxEpochs: 6 })
    const kept = memoryFile()
    const stop = (_: string, done: number) => {
      if (done > 0.5) throw new Error('stopped')
    }
    const resumable = { ...options, maxEpochs: 6, checkpoint: kept.file }
    await expect(
      trainTowers(checkerboard(), { ...resumable, onProgress: stop }),
    ).rejects.toThrow('stopped')
    expect(kept.bytes()).toBeDefined()
    const seen: number[] = []
    const onProgress = (_: string, done: number) => void seen.push(done)
    const rest = await trainTowers(checkerboard(), { ...resumable, onProgress })
    expect(rest).toEqual(whole)
    expect(seen[0]).toBeGreaterThan(0.5) // the first epochs were not run again
    expect(kept.bytes()).toBeUndefined()
  })

  test('resumes nothing that was saved by another training', async () => {
    const kept = memoryFile()
    await kept.file.write(() => Uint8Array.of(1, 2, 3))
    const resumable = { ...options, maxEpochs: 2, checkpoint: kept.file }
    await expect(trainTowers(checkerboard(), resumable)).rejects.toThrow('damaged')
    expect([...kept.bytes()!]).toEqual([1, 2, 3])
    await kept.file.remove()
    const stop = () => {
      if (kept.bytes()) throw new Error('stopped')
    }
    const stopped = trainTowers(checkerboard(), { ...resumable, onProgress: stop })
    await expect(stopped).rejects.toThrow('stopped')
    const other = trainTowers(checkerboard(), { ...resumable, seed: 4 })
    await expect(other).rejects.toThrow('of another training')
  })

  test('stops when the validation users gain nothing more', async () => {
    const patient = { ...options, maxEpochs: 300, patience: 10 }
    const towers = await trainTowers(checkerboard(), patient)
    expect(towers.epochs).toBeLessThan(100)
    expect(towers.validationRecall).toBeGreaterThan(BEST_RECALL - 0.1)
  })

  test('runs every epoch, and keeps the last, without validation users', async () => {
    const validation = positivesOf([], ROWS)
    const towers = await trainTowers(
      { ...checkerboard(), validation },
      { ...options, maxEpochs: 30, patience: 2 },
    )
    expect(towers.epochs).toBe(30)
    expect(ranking(towers, [4])[1] % 2).toBe(0)
  })

  test('gives item vectors that are not negative, and reports how far it is', async () => {
    const reported: number[] = []
    const towers = await trainTowers(checkerboard(), {
      ...options,
      maxEpochs: 3,
      onProgress: (_, done) => reported.push(done),
    })
    expect(towers.items).toHaveLength(ROWS * 16)
    expect(towers.items.every((value) => value >= 0)).toBe(true)
    expect(reported).toEqual([1 / 3, 2 / 3, 1, 1])
  })

  test('leaves no tensor behind', async () => {
    await trainTowers(
      { ...checkerboard(), ...features() },
      { ...options, maxEpochs: 1 },
    )
    expect(tf.memory().numTensors).toBe(0)
  })

  test.each<[string, Partial<TowerInput>, string]>([
    [
      'content of another catalogue',
      { content: { vectors: new Float32Array(8), dim: 4 } },
      'wrong length for content vectors: got 8, expected 240.',
    ],
    [
      'validation of another catalogue',
      { validation: { ...positivesOf([], ROWS), rowCount: 3 } },
      'invalid validation rowCount: got 3, expected 60.',
    ],
  ])('refuses %s', async (_, input, message) => {
    await expect(trainTowers({ ...checkerboard(), ...input }, options)).rejects.toThrow(
      expect.objectContaining({
        code: 'bad-argument',
        message: expect.stringContaining(message),
      }),
    )
  })

  test('gives none where too few users like two items', async () => {
    const few = { ...checkerboard(), positives: positivesOf([[1], [2], []], ROWS) }
    expect(await twoTowerModel.fit(few, steps)).toBeUndefined()
    expect(
      await twoTowerModel.fit(checkerboard(), { ...steps, minUsers: 61 }),
    ).toBeUndefined()
  })

  test('refuses a setting out of range', async () => {
    await expect(trainTowers(checkerboard(), { ...options, dim: 0 })).rejects.toThrow(
      'invalid dim: got 0, expected an integer of 1 or more.',
    )
    const wrong = { ...options, idDropout: 2 }
    await expect(trainTowers(checkerboard(), wrong)).rejects.toThrow(
      'invalid idDropout',
    )
  })
})

/** Two tastes: even users like even rows, odd users odd rows, two thirds of them each. */
function checkerboard({ without = -1 } = {}): TowerInput {
  const random = createRandom(5)
  const likes = (user: number) =>
    Array.from({ length: ROWS }, (_, row) => row).filter(
      (row) => row % 2 === user % 2 && row !== without && random.next() < 0.67,
    )
  const users = (count: number) =>
    Array.from({ length: count }, (_, user) => likes(user))
  return {
    positives: positivesOf(users(60), ROWS),
    validation: positivesOf(users(20), ROWS),
  }
}

/** Content and attributes that both say even or odd. */
function features() {
  const vectors = new Float32Array(ROWS * 2)
  for (let row = 0; row < ROWS; row++) vectors[row * 2 + (row % 2)] = 1
  const attributes = {
    values: ['even', 'odd'].map((name) => ({ name, relation: 'genre' as const })),
    indptr: Uint32Array.from({ length: ROWS + 1 }, (_, row) => row),
    indices: Uint16Array.from({ length: ROWS }, (_, row) => row % 2),
  }
  return { content: { vectors, dim: 2 }, attributes }
}

/** As the browser scores: pooled vectors (and content) through the user tower. */
function logits(towers: TrainedTowers, known: number[], content: number[] = []) {
  const { dim, items, bias, user } = towers
  const input = new Float32Array(dim + content.length)
  for (const row of known) {
    for (let d = 0; d < dim; d++) input[d] += items[row * dim + d] / known.length
  }
  input.set(content, dim)
  const u = forwardReference(user, input, 1)
  return Array.from({ length: ROWS }, (_, row) =>
    u.reduce((sum, value, d) => sum + value * items[row * dim + d], bias[row]),
  )
}

/** Rows not known, best first. */
function ranking(towers: TrainedTowers, known: number[]): number[] {
  const scores = logits(towers, known)
  return scores
    .map((_, row) => row)
    .filter((row) => !known.includes(row))
    .sort((a, b) => scores[b] - scores[a])
}

function memoryFile() {
  let kept: Uint8Array | undefined
  const file: CheckpointFile = {
    read: async () => kept,
    write: async (bytes) => {
      kept = bytes().slice()
    },
    remove: async () => {
      kept = undefined
    },
  }
  return { file, bytes: () => kept }
}
