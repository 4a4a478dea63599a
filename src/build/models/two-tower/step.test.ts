import { beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { startBackend } from '../../../towers/tf-backend.ts'
import type { Positives } from '../../dataset/dataset.ts'
import { countsOf } from '../../dataset/positives.ts'
import { createAdam } from './adam.ts'
import { createContentMap } from './dense-step.ts'
import { createTowerModel, parametersOf } from './parameters.ts'
import { type TowerSettings, towerDefaults } from './settings.ts'
import { type TowerTraining, trainStep } from './step.ts'

const ROWS = 7
const USERS = Uint32Array.of(0, 1, 2)
const positives: Positives = {
  userCount: 3,
  rowCount: ROWS,
  indptr: Uint32Array.of(0, 3, 5, 9),
  rows: Uint32Array.of(0, 1, 2, 3, 4, 1, 2, 4, 5),
}
const features = createFeatures()
const NAMES = [
  'content weights',
  'attribute weights',
  'id weights',
  'hidden bias',
  'item bias',
  'user weights 0',
  'user bias 0',
  'user weights 1',
  'user bias 1',
]

describe('trainStep', () => {
  beforeAll(async () => {
    await startBackend({ backend: 'wasm' })
  })

  const wholes = NAMES.map((name, p) => [name, 'all rows', p] as const)
  const sampled = NAMES.map((name, p) => [name, 'a sample of the rows', p] as const)
  test.each([...wholes, ...sampled])(
    'finds the gradient of the loss in the %s, over %s',
    async (_, over, p) => {
      const softmaxItems = over === 'all rows' ? ROWS : ROWS - 1
      const state = createState({ softmaxItems })
      const gradient = (await stepOf(state)).gradients[p]
      const values = parametersOf(state.model)[p]
      const step = 0.01
      for (const n of [0, 3, 5, values.length - 1].filter((i) => i < values.length)) {
        const value = values[n]
        values[n] = value + step
        const up = (await stepOf(state)).loss
        values[n] = value - step
        const down = (await stepOf(state)).loss
        values[n] = value
        // float32 losses near 2, so differences are good to some 1e-5 / step
        expect(gradient[n]).toBeCloseTo((up - down) / (2 * step), 2.5)
      }
    },
  )

  test('gives an item nobody met no id', async () => {
    const { gradients } = await stepOf(createState())
    expect([...gradients[2].slice(6 * 4, 7 * 4)]).toEqual([0, 0, 0, 0])
  })
})

type State = Omit<TowerTraining, 'adam' | 'random'>

/** The loss and gradients of a step that always draws the same masks, and moves nothing. */
async function stepOf(state: State) {
  let gradients: readonly Float32Array[] = []
  const adam = {
    ...createAdam([], []),
    step: (found: readonly Float32Array[]) => {
      gradients = found
    },
  }
  const loss = await trainStep({ ...state, adam, random: createRandom(2) }, USERS)
  return { loss, gradients }
}

function createState(settings: Partial<TowerSettings> = {}): State {
  const random = createRandom(8)
  const size = { dim: 4, hidden: 5, echo: 1, random }
  const model = createTowerModel(features, positives, size)
  // spread out: few pre-activations lie within a difference's step of ReLU's kink
  for (const values of parametersOf(model)) {
    values.forEach((_, n) => {
      values[n] = 0.5 * random.normal()
    })
  }
  return {
    features,
    positives,
    isMet: Uint8Array.of(1, 1, 1, 1, 1, 1, 0),
    model,
    contentMap: createContentMap(features.content.vectors, 3),
    likedBy: countsOf(positives),
    settings: { ...towerDefaults, idDropout: 0.3, ...settings },
  }
}

function createFeatures() {
  const random = createRandom(1)
  return {
    rows: ROWS,
    content: {
      vectors: Float32Array.from({ length: ROWS * 3 }, () => random.normal()),
      dim: 3,
    },
    attributes: {
      values: ['a', 'b'].map((name) => ({ name, relation: 'genre' as const })),
      indptr: Uint32Array.of(0, 1, 3, 3, 4, 5, 6, 8),
      indices: Uint16Array.of(0, 0, 1, 1, 0, 1, 1, 0),
    },
  }
}
