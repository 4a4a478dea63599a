/** The library in Node, as its documentation shows it. */
import { readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Hearth } from './engine/hearth.ts'
import { openNodeHearth } from './engine/open-node.ts'
import {
  ENCODER_DIM,
  FINGERPRINT,
  writeSamplePack,
} from './engine/sample-folder.test-data.ts'
import {
  createHearth,
  en,
  HearthError,
  openHearth,
  reasonText,
  shelfTitle,
} from './index.node.ts'
import { createRandom } from './math/random.ts'

let folder: string
beforeAll(async () => {
  folder = await writeSamplePack()
})
afterAll(() => rm(folder, { recursive: true }))

/** An encoder that reads every text as one about the sea. */
const openEncoder = async () => ({
  encoder: {
    ...{ dim: ENCODER_DIM, fingerprint: FINGERPRINT },
    encode: async () => Float32Array.of(1, 0, 0, 0, 0, 0),
    dispose: async () => {},
  },
  ...{ backend: 'wasm' as const, tried: ['wasm: in use'], selfCheck: 1 },
  checkAll: async () => ({ lowest: 0.9999, texts: 3 }),
})
const openSample = () =>
  openNodeHearth({ pack: folder, seed: 7 }, { openEncoder }).hearth

describe('each example of the documentation', () => {
  test('of a list', async () => {
    const hearth = openSample()
    {
      const { items } = await hearth.first()
      expect(items[0]!.id).toBe('dune')
    }
    const { items, slate } = await hearth.recommend({ count: 4, exclude: ['dune'] })
    expect(items.map(({ id }) => id)).toEqual(['item-1', 'item-2', 'item-3', 'item-4'])
    await hearth.record({ kind: 'click', item: items[0].id, slate })
    const { shelves } = await hearth.shelves({ count: 4 })
    expect(shelves.map(({ kind }) => kind)).toContain('because')
    {
      const { items } = await hearth.related('dune', { count: 4 })
      expect(items).toHaveLength(4)
      expect(items.every(({ title }) => title.startsWith('The sea'))).toBe(true)
    }
    {
      const { items, mode } = await hearth.search('slow, about the sea')
      expect(mode).toBe('semantic')
      expect(items[0]!.title).toMatch(/The sea/)
    }
    {
      const { slate } = await hearth.recommend({ count: 4 })
      const more = await hearth.recommendNext(slate)
      expect(more.items).toHaveLength(4)
    }
    const detail = await hearth.item('dune')
    expect(detail?.attributes).toEqual([{ name: 'sea stories', relation: 'genre' }])
    const [dune, emma] = await hearth.items(['dune', 'emma'])
    expect([dune?.id, emma]).toEqual(['dune', undefined])
    const guess = await hearth.predictRating('dune')
    expect(guess).toMatchObject({ from: 0 })
    const idOf = new Map(await hearth.links())
    expect(idOf.get('https://shop.example/0')).toBe('dune')
    {
      const { items, slate } = await hearth.elicit({ count: 12 })
      await hearth.record({ kind: 'like', item: items[3].id, slate })
      expect(items).toHaveLength(12)
      expect(await hearth.profile.undoHistory(slate)).toBe(1)
    }
    await hearth.close()
  })

  test('of the profile', async () => {
    const hearth = openSample()
    const update = vi.fn()
    const leave = hearth.on('change', ({ origin }) => update(origin))
    await hearth.record([
      { kind: 'like', item: 'item-2' },
      { kind: 'search', text: 'the sea' },
    ])
    expect(update.mock.calls).toEqual([['own']])
    const [newest] = await hearth.profile.events()
    expect(newest).toMatchObject({ kind: 'search', text: 'the sea' })
    await hearth.profile.remove([newest.seq])
    leave()
    const { attributes } = await hearth.profile.taste()
    expect(attributes[0]).toMatchObject({ name: 'sea stories', share: 1 })
    {
      const attribute = { relation: 'genre', name: 'sea stories' } as const
      await hearth.record({ kind: 'prefer', attribute, preference: 'follow' })
      const [{ seqs }] = await hearth.profile.preferences()
      await hearth.profile.remove(seqs)
      expect(await hearth.profile.preferences()).toEqual([])
    }
    {
      await hearth.profile.resetLearning()
      const [reset] = await hearth.profile.events()
      expect(reset.kind).toBe('reset')
      await hearth.profile.remove([reset.seq])
    }
    const { opens, lists, teams } = await hearth.profile.opens()
    expect([opens, lists, teams]).toEqual([0, [], { own: 0, other: 0 }])
    const file = await hearth.profile.export()
    const text = JSON.stringify(file)
    await hearth.profile.erase()
    expect(await hearth.profile.events()).toEqual([])
    const added = await hearth.profile.import(JSON.parse(text))
    expect(added).toBe(1)
    await hearth.profile.setStorage('memory')
    const { pack, events } = await hearth.state()
    expect([pack.items, events]).toEqual([30, 1])
    expect(update).toHaveBeenCalledTimes(2)
    await hearth.close()
  })

  test('of a history', async () => {
    const hearth = openSample()
    const { title } = (await hearth.item('item-3'))!.item
    const table = `title,status\n${title},read\nNothing like it,read\n`
    const input = { files: [new File([table], 'library.csv')] as const }
    const preview = await hearth.profile.readHistory(input.files[0])
    expect(preview.matched.map(({ item }) => item.id)).toEqual(['item-3'])
    expect(preview.unmatched).toHaveLength(1)
    {
      const sure = preview.matched.filter(({ isSure }) => isSure)
      const { added } = await hearth.profile.addHistory({ ...preview, matched: sure })
      expect(added).toBe(sure.length)
    }
    const { added, batch } = await hearth.profile.addHistory(preview)
    expect(added).toBe(1)
    expect(await hearth.profile.events()).toMatchObject([
      { kind: 'finish', slate: batch },
    ])
    await hearth.profile.undoHistory(batch)
    expect(await hearth.profile.events()).toEqual([])
    await hearth.close()
  })

  test('of the rest', async () => {
    const hearth = openSample()
    await hearth.prepareSearch()
    const { lowest } = await hearth.checkEncoder()
    expect(lowest).toBe(0.9999)
    hearth.retry()
    expect((await hearth.recommend()).items).toHaveLength(12)
    await hearth.close()
    await expect(hearth.recommend()).rejects.toMatchObject({ code: 'stopped' })
  })

  test('is one of these', () => {
    const here = readFileSync(fileURLToPath(import.meta.url), 'utf8')
    const examples = ['hearth', 'profile'].flatMap((name) => {
      const interfaces = new URL(`./engine/${name}.ts`, import.meta.url)
      const found = readFileSync(interfaces, 'utf8').matchAll(/@example\n\s+\* (.+)/g)
      return Array.from(found, ([, line]) => line!)
    })
    expect(examples.length).toBeGreaterThan(18)
    expect(examples.filter((line) => !here.includes(line))).toEqual([])
  })
})

/** What 30 lists show a visitor who clicks by a seed. */
async function simulate(hearth: Hearth) {
  const random = createRandom(11)
  const seen: unknown[] = []
  for (let i = 0; i < 30; i++) {
    const list = await hearth.recommend({ count: 6 })
    seen.push(list, await hearth.shelves({ count: 4 }))
    const { id } = list.items[random.integer(list.items.length)]!
    const kind = random.integer(3) === 0 ? 'like' : 'click'
    await hearth.record({ kind, item: id, slate: list.slate })
  }
  await hearth.close()
  return seen
}

test('the same calls at the same times from the same seed give the same lists', async () => {
  const open = () => {
    let at = Date.UTC(2026, 0, 1)
    const now = () => {
      at += 1000
      return at
    }
    return createHearth({ pack: folder, now, seed: 5 })
  }
  const first = await simulate(await open())
  expect(first).toHaveLength(60)
  expect(await simulate(await open())).toEqual(first)
})

test('shelves and reasons are data that messages make sentences of', async () => {
  const hearth = openSample()
  await hearth.record({ kind: 'like', item: 'dune' })
  const { shelves } = await hearth.shelves({ count: 4 })
  expect(shelves.map((shelf) => shelfTitle(shelf, en))).toEqual([
    'For you',
    'Because you liked The sea 0',
    'Widely chosen',
    'Something different',
  ])
  const [first] = shelves[0]!.items
  expect(first!.reasons.map((reason) => reasonText(reason, en)).join()).toContain(
    'because you liked The sea 0',
  )
  await hearth.close()
})

test('a pack may be named by a file URL, and Hearth is there before it', async () => {
  const hearth = openHearth({ pack: pathToFileURL(folder).href })
  expect((await hearth.state()).pack.name).toBe('Sample')
  await hearth.close()
})

describe('refuses', () => {
  test('a pack that is not there', async () => {
    const missing = createHearth({ pack: join(folder, 'nowhere') })
    await expect(missing).rejects.toBeInstanceOf(HearthError)
    await expect(missing).rejects.toMatchObject({
      code: 'bad-pack',
      message: expect.stringContaining('manifest.json'),
    })
    const late = openHearth({ pack: join(folder, 'nowhere') })
    await expect(late.recommend()).rejects.toMatchObject({ code: 'bad-pack' })
  })

  test('a pack of another version', async () => {
    const other = await writeSamplePack()
    const path = join(other, 'manifest.json')
    const manifest = JSON.parse(await readFile(path, 'utf8'))
    await writeFile(path, JSON.stringify({ ...manifest, version: 999 }))
    await expect(createHearth({ pack: other })).rejects.toMatchObject({
      code: 'bad-pack',
      message: expect.stringContaining('999'),
    })
    await rm(other, { recursive: true })
  })

  test.each([
    ['a storage that is none', { storage: 'disk' }, 'storage'],
    ['a storage that Node does not have', { storage: 'persistent' }, 'storage'],
    ['no pack', { pack: '' }, 'pack'],
    ['a backend that is none', { backend: 'cuda' }, 'backend'],
    ['a seed with a fraction', { seed: 0.5 }, 'seed'],
    ['a clock that stands still', { now: 5 }, 'now'],
  ])('%s', async (_name, options, named) => {
    await expect(
      createHearth({ pack: folder, ...options } as never),
    ).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringContaining(`invalid ${named}: `),
    })
  })

  test('to move the profile to a disk that Node does not have', async () => {
    const hearth = openSample()
    const moved = hearth.profile.setStorage('persistent')
    await expect(moved).rejects.toMatchObject({ code: 'bad-argument' })
    await hearth.close()
  })

  test('an event that is none, and records the others of its list', async () => {
    const hearth = openSample()
    const broken = { kind: 'rate', item: 'dune', value: 9 } as const
    const recorded = hearth.record([{ kind: 'click', item: 'dune' }, broken])
    await expect(recorded).rejects.toMatchObject({ code: 'bad-argument' })
    expect(await hearth.profile.events()).toMatchObject([{ kind: 'click' }])
    await hearth.close()
  })
})

test('an option that nobody knows is warned of once, by its name', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const options = { pack: folder, stroage: 'memory' }
  for (const _ of [1, 2]) await (await createHearth(options)).close()
  expect(warn.mock.calls).toEqual([[expect.stringContaining('got stroage')]])
  warn.mockRestore()
})
