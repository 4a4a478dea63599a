/** A page without workers, or with a clock and a seed of its own. */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createHearth } from '../../index.ts'
import { writeSamplePack } from '../sample-folder.test-data.ts'

let folder: string
beforeAll(async () => {
  folder = await writeSamplePack()
})
afterAll(() => rm(folder, { recursive: true }))

beforeEach(() => {
  vi.stubGlobal('document', { baseURI: 'https://shop.test/' })
  vi.stubGlobal('location', new URL('https://shop.test/'))
  vi.stubGlobal('fetch', async (url: string) => {
    const name = new URL(url, 'https://shop.test/').pathname.split('/').at(-1)!
    const bytes = await readFile(join(folder, name)).catch(() => undefined)
    return bytes ? new Response(bytes) : new Response('', { status: 404 })
  })
})
afterEach(() => vi.unstubAllGlobals())

test('without workers the engine runs on the page, shared all the same', async () => {
  vi.stubGlobal('Worker', undefined)
  const hearth = await createHearth({ pack: 'pack', storage: 'memory' })
  expect(await createHearth({ pack: 'pack', storage: 'memory' })).toBe(hearth)
  await hearth.record({ kind: 'like', item: 'item-2' })
  const [forYou] = (await hearth.shelves({ count: 4 })).shelves
  expect(forYou!.items.every(({ title }) => title.startsWith('The sea'))).toBe(true)
  await hearth.close()
  expect((await hearth.state()).events).toBe(1)
  await hearth.close()
})

test('a visitor’s choice of memory holds on the next page, the page’s own does not', async () => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  })
  vi.stubGlobal('Worker', undefined)
  const modeOfPage = async (
    storage: 'memory' | 'persistent',
    options?: { readonly remember: boolean },
  ) => {
    const hearth = await createHearth({ pack: 'pack', storage: 'persistent' })
    const { reason } = (await hearth.state()).profile
    await hearth.profile.setStorage(storage, options)
    await hearth.close()
    return reason
  }
  const reasons = [
    await modeOfPage('memory'),
    await modeOfPage('memory', { remember: true }),
    await modeOfPage('persistent', { remember: true }),
    await modeOfPage('persistent'),
  ]
  // Node has no IndexedDB: a page that wants to store has another reason why it does not
  const isChosen = reasons.map((reason) =>
    /^Nothing is stored on this dev/.test(reason!),
  )
  expect(isChosen).toEqual([false, false, true, false])
  expect([...kept]).toEqual([])
})

test('with a seed and a clock it is its caller’s own, and repeats itself', async () => {
  vi.stubGlobal(
    'Worker',
    class {
      constructor() {
        throw new Error('not wanted')
      }
    },
  )
  const lists = async () => {
    const hearth = await createHearth({
      ...{ pack: 'pack', storage: 'memory', backend: 'js' },
      ...{ now: () => 1_000_000, seed: 3 },
    })
    await hearth.record(
      ['item-1', 'item-2', 'item-4'].map((item) => ({ kind: 'like', item })),
    )
    const list = await hearth.shelves({ count: 5 })
    await hearth.close()
    return list
  }
  const first = await lists()
  expect(first.tookMs).toBe(0)
  expect(await lists()).toEqual(first)
})

test('a pack that is not there is refused in one sentence', async () => {
  vi.stubGlobal('fetch', async () => new Response('', { status: 404 }))
  await expect(createHearth({ pack: 'pack', seed: 1 })).rejects.toMatchObject({
    code: 'bad-pack',
    message: expect.stringContaining('404'),
  })
})
