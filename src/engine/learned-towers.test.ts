import { expect, test } from 'vitest'
import { HearthError } from '../errors.ts'
import { createReferenceDevice } from '../towers/reference.ts'
import type { TowerDevice } from '../towers/tower-device.ts'
import { like, setUp } from './sample-engine.test-data.ts'

test('learn in the background and are kept for the next session', async () => {
  const first = await setUp()
  await first.engine.record(
    [6, 8, 10, 4, 12, 14, 0].map((index, i) => like(index, first.at(i))),
  )
  await first.settle()
  expect(first.notices).toContainEqual({ type: 'learned', event: {} })
  const learned = await first.engine.item('id16')
  const opened: string[] = []
  const second = await setUp({
    store: first.store,
    openTowers: async () => {
      opened.push('towers')
      throw new Error('not wanted')
    },
  })
  expect((await second.engine.item('id16'))?.item.score).toBe(learned?.item.score)
  await second.settle()
  expect(opened).toEqual([])
})

test('go one backend down when the device is lost, and lose nothing', async () => {
  const lost: TowerDevice = {
    ...createReferenceDevice(),
    backend: 'webgpu',
    tune: () => Promise.reject(new HearthError('no-device', 'the GPU was lost.')),
  }
  const from: string[] = []
  const { engine, at, settle } = await setUp({
    openTowers: async (backend) => {
      from.push(backend)
      const device = backend === 'webgpu' ? lost : createReferenceDevice()
      return { device, tried: [`${device.backend}: in use`], selfCheck: 0, probeMs: 1 }
    },
  })
  await engine.record([6, 8, 10, 4, 12, 14].map((index, i) => like(index, at(i))))
  await settle()
  expect(from).toEqual(['webgpu', 'wasm'])
  const { towers } = await engine.state()
  expect(towers).toMatchObject({ state: 'ready', backend: 'js' })
  expect(towers.tried.join('\n')).toContain('the GPU was lost.')
  expect(await engine.events()).toHaveLength(6)
})
