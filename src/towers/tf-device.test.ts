import { fileURLToPath } from 'node:url'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { forwardReference } from './forward.ts'
import { createGolden, differenceFrom, GOLDEN_TOLERANCE } from './open-tower-device.ts'
import { tuneReference } from './reference.ts'
import { createTfDevice } from './tf-device.ts'
import type { TowerDevice } from './tower-device.ts'

const wasmBase = fileURLToPath(
  new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url),
)
const golden = createGolden()
const { layers, batch } = golden

describe('the wasm backend', () => {
  let device: TowerDevice
  beforeAll(async () => {
    device = await createTfDevice({ backend: 'wasm', wasmBase })
  })

  test('runs on tfjs WASM, on one thread', async () => {
    await device.forward(layers, batch.inputs, batch.batch)
    expect(tf.getBackend()).toBe('wasm')
    expect(tf.env().get('WASM_HAS_SIMD_SUPPORT')).toBe(true)
    expect(tf.env().get('WASM_HAS_MULTITHREAD_SUPPORT')).toBe(false)
  })

  test('agrees with the reference on the golden problem', async () => {
    expect(await differenceFrom(golden, device)).toBeLessThanOrEqual(GOLDEN_TOLERANCE)
  })

  test('agrees with the reference on one input and one layer', async () => {
    const single = [{ weights: Float32Array.of(3, 4), bias: Float32Array.of(-7, 1) }]
    const inputs = Float32Array.of(2)
    const output = await device.forward(single, inputs, 1)
    expect([...output]).toEqual([...forwardReference(single, inputs, 1)])
    expect([...output]).toEqual([0, 9])
  })

  test('is guarded as the reference is', async () => {
    const still = { rate: 1, steps: 5, eventCount: 0 }
    expect((await device.tune(layers, batch, still)).layers).toEqual(layers)
    const wild = { rate: 1e5, steps: 1, eventCount: 100 }
    const tuned = await device.tune(layers, batch, wild)
    expect(tuned.layers).toEqual(layers)
    expect(tuned.lossAfter).toBe(tuned.lossBefore)
    expect(tuneReference(layers, batch, wild).layers).toEqual(layers)
  })

  test('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors
    await device.forward(layers, batch.inputs, batch.batch)
    await device.tune(layers, batch, { rate: 0.1, steps: 3, eventCount: 30 })
    await device.tune(layers, batch, { rate: 0.1, steps: 0, eventCount: 30 })
    expect(tf.memory().numTensors).toBe(before)
  })

  test('hands out memory of its own, which the next call does not touch', async () => {
    const first = await device.forward(layers, batch.inputs, batch.batch)
    const kept = [...first]
    await device.forward(layers, batch.inputs.map(Math.abs), batch.batch)
    expect([...first]).toEqual(kept)
  })

  test('gives calls made at once the answers they get alone', async () => {
    const other = batch.inputs.map((value) => -value)
    const [one, two] = await Promise.all([
      device.forward(layers, batch.inputs, batch.batch),
      device.forward(layers, other, batch.batch),
    ])
    expect(one).toEqual(await device.forward(layers, batch.inputs, batch.batch))
    expect(two).toEqual(await device.forward(layers, other, batch.batch))
  })

  test('refuses a wrong shape', async () => {
    await expect(device.forward(layers, new Float32Array(7), 1)).rejects.toThrow(
      expect.objectContaining({ code: 'bad-argument' }),
    )
    const short = { ...batch, targets: new Float32Array(1) }
    const options = { rate: 1, steps: 1, eventCount: 1 }
    await expect(device.tune(layers, short, options)).rejects.toThrow(
      'wrong length for targets',
    )
  })

  test('fails with no-device once disposed of, and can be opened again', async () => {
    const short = await createTfDevice({ backend: 'wasm', wasmBase })
    await short.dispose()
    await expect(short.forward(layers, batch.inputs, batch.batch)).rejects.toThrow(
      expect.objectContaining({ code: 'no-device' }),
    )
    const again = await createTfDevice({ backend: 'wasm', wasmBase })
    expect(await differenceFrom(golden, again)).toBeLessThanOrEqual(GOLDEN_TOLERANCE)
  })
})

describe('the webgpu backend', () => {
  test('does not start without a GPU, and gives the reason', async () => {
    await expect(createTfDevice({ backend: 'webgpu' })).rejects.toThrow(
      expect.objectContaining({
        code: 'no-device',
        message: 'no GPU adapter. Use the wasm or js backend.',
      }),
    )
  })
})
