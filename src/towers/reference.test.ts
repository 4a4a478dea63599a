import { describe, expect, test } from 'vitest'
import type { DenseLayer } from '../math/dense-layer.ts'
import { createRandom } from '../math/random.ts'
import { forwardReference } from './forward.ts'
import { tuneReference } from './reference.ts'
import type { TuneBatch } from './tower-device.ts'

const identity = layer([1, 0, 0, 1], [0, 0])

describe('forwardReference', () => {
  test('equals the pass worked by hand', () => {
    // relu(2, −5) = (2, 0) → (2·3 + 0 + 1, 2·4 − 9) → relu(7, −1)
    const second = layer([3, 4, 5, 6], [1, -9])
    const output = forwardReference([identity, second], Float32Array.of(2, -5), 1)
    expect([...output]).toEqual([7, 0])
  })

  test('gives each row of a batch the answer it gets alone', () => {
    const { layers, batch } = randomProblem(1)
    const together = forwardReference(layers, batch.inputs, batch.batch)
    const width = batch.inputs.length / batch.batch
    const alone = Array.from({ length: batch.batch }, (_, b) => [
      ...forwardReference(layers, batch.inputs.slice(b * width, (b + 1) * width), 1),
    ])
    expect([...together]).toEqual(alone.flat())
  })

  test('gives the biases for a row of zeros', () => {
    const output = forwardReference([layer([5, 5], [2, -1])], Float32Array.of(0), 1)
    expect([...output]).toEqual([2, 0])
  })

  test.each<[string, DenseLayer[], number[], number, string]>([
    [
      'a layer too small',
      [identity],
      [1, 2, 3],
      1,
      'wrong length for layer 0 weights: got 4, expected 6.',
    ],
    ['a ragged batch', [identity], [1, 2, 3], 2, 'wrong length for inputs: got 3'],
    ['no layers', [], [1], 1, 'invalid layers: got none'],
    ['an empty batch', [identity], [], 0, 'invalid batch: got 0'],
  ])('refuses %s', (_, layers, inputs, batch, message) => {
    expect(() => forwardReference(layers, Float32Array.from(inputs), batch)).toThrow(
      expect.objectContaining({
        code: 'bad-argument',
        message: expect.stringContaining(message),
      }),
    )
  })
})

describe('tuneReference', () => {
  test('equals the step worked by hand', () => {
    // as in tune-gradient.test.ts: g = (2(p−1), p−1), ‖g‖ < 1, step 0.1·10/20
    const batch = oneInput()
    const start = [layer([1], [0])]
    const { layers } = tuneReference(start, batch, {
      rate: 0.1,
      steps: 1,
      eventCount: 10,
    })
    const slope = 1 / (1 + Math.exp(-2)) - 1
    expect(layers[0]?.weights[0]).toBeCloseTo(1 - 0.05 * 2 * slope, 6)
    expect(layers[0]?.bias[0]).toBeCloseTo(-0.05 * slope, 6)
  })

  test('lowers the loss, and returns by how much', () => {
    const { layers, batch } = randomProblem(2)
    const tuned = tuneReference(layers, batch, { rate: 0.1, steps: 10, eventCount: 40 })
    expect(tuned.lossAfter).toBeLessThan(tuned.lossBefore)
    const again = tuneReference(tuned.layers, batch, {
      rate: 1,
      steps: 0,
      eventCount: 40,
    })
    // what is left between the two is the proximal term
    expect(again.lossBefore).toBeLessThanOrEqual(tuned.lossAfter)
    expect(again.lossBefore).toBeCloseTo(tuned.lossAfter, 1)
  })

  test('moves less with fewer events', () => {
    const { layers, batch } = randomProblem(3)
    const moves = [1, 5, 20].map((eventCount) => {
      const tuned = tuneReference(layers, batch, { rate: 0.05, steps: 3, eventCount })
      return distance(tuned.layers, layers)
    })
    expect(moves[0]).toBeGreaterThan(0)
    expect(moves[0]).toBeLessThan(moves[1])
    expect(moves[1]).toBeLessThan(moves[2])
  })

  test('takes no step longer than the clipped gradient allows', () => {
    const { layers, batch } = randomProblem(4)
    const scaled = { ...batch, items: batch.items.map((value) => value * 100) }
    const tuned = tuneReference(layers, scaled, {
      rate: 0.01,
      steps: 1,
      eventCount: 20,
    })
    expect(distance(tuned.layers, layers)).toBeLessThanOrEqual(0.01 + 1e-6)
  })

  test('does not move without events', () => {
    const { layers, batch } = randomProblem(5)
    const tuned = tuneReference(layers, batch, { rate: 1, steps: 5, eventCount: 0 })
    expect(tuned.layers).toEqual(layers)
    expect(tuned.lossAfter).toBe(tuned.lossBefore)
  })

  test('gives the start back when the loss did not fall', () => {
    const { layers, batch } = randomProblem(6)
    const wild = tuneReference(layers, batch, { rate: 1e4, steps: 1, eventCount: 100 })
    expect(wild.layers).toEqual(layers)
    expect(wild.lossAfter).toBe(wild.lossBefore)
  })

  test('gives the start back for inputs that are not numbers', () => {
    const { layers, batch } = randomProblem(7)
    const inputs = batch.inputs.map(() => NaN)
    const tuned = tuneReference(
      layers,
      { ...batch, inputs },
      { rate: 0.1, steps: 1, eventCount: 9 },
    )
    expect(tuned.layers).toEqual(layers)
  })

  test.each<[string, Partial<TuneBatch>, object, string]>([
    ['items of another width', { items: new Float32Array(3) }, {}, 'for items: got 3'],
    ['targets of another shape', { targets: new Float32Array(1) }, {}, 'for targets'],
    [
      'a row of targets above 1',
      { targets: Float32Array.of(1, 1) },
      {},
      'sum of targets row 0: got 2, expected above 0, at most 1',
    ],
    ['a row without a target', { targets: new Float32Array(2) }, {}, 'row 0: got 0'],
    ['a rate of 0', {}, { rate: 0 }, 'invalid rate: got 0'],
    ['half a step', {}, { steps: 0.5 }, 'invalid steps: got 0.5'],
    ['fewer than no events', {}, { eventCount: -1 }, 'invalid eventCount: got -1'],
  ])('refuses %s', (_, batch, options, message) => {
    const whole = { ...oneInput(), ...batch }
    const all = { rate: 0.1, steps: 1, eventCount: 1, ...options }
    expect(() => tuneReference([layer([1], [0])], whole, all)).toThrow(
      expect.objectContaining({
        code: 'bad-argument',
        message: expect.stringContaining(message),
      }),
    )
  })
})

function layer(weights: number[], bias: number[]): DenseLayer {
  return { weights: Float32Array.from(weights), bias: Float32Array.from(bias) }
}

/** One input of 2, items 1 and 0, the first wanted. */
function oneInput(): TuneBatch {
  return {
    inputs: Float32Array.of(2),
    batch: 1,
    items: Float32Array.of(1, 0),
    bias: Float32Array.of(0, 0),
    targets: Float32Array.of(1, 0),
  }
}

/** 6 → 5 → 4 wide, 3 inputs, 8 candidates. */
function randomProblem(seed: number): { layers: DenseLayer[]; batch: TuneBatch } {
  const random = createRandom(seed)
  const normals = (length: number) =>
    Float32Array.from({ length }, () => random.normal())
  const targets = new Float32Array(24)
  for (let b = 0; b < 3; b++) targets.set([0.25, 0.75 - b / 4], b * 9)
  return {
    layers: [
      { weights: normals(30), bias: normals(5) },
      { weights: normals(20), bias: normals(4) },
    ],
    batch: {
      inputs: normals(18),
      batch: 3,
      items: normals(32),
      bias: normals(8),
      targets,
    },
  }
}

function distance(a: readonly DenseLayer[], b: readonly DenseLayer[]): number {
  const squares = a.flatMap((one, l) => [
    ...one.weights.map((value, n) => (value - b[l].weights[n]) ** 2),
    ...one.bias.map((value, n) => (value - b[l].bias[n]) ** 2),
  ])
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0))
}
