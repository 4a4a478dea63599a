/** Packs in a folder with rules, columns and an overlay, as Node opens them. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { AttributeColumn } from '../pack/attribute-column.ts'
import type { PackSource } from '../pack/pack-source.ts'
import { openNodeHearth } from './open-node.ts'
import { writeSamplePack } from './sample-folder.test-data.ts'

const ITEMS = 30
const colour: AttributeColumn = {
  name: 'colour',
  type: 'category',
  values: Array.from({ length: ITEMS }, (_, i) => (i < 4 ? 'red' : 'blue')),
}

async function open(more: Partial<PackSource>, overlay?: string) {
  const pack = await writeSamplePack(more)
  if (overlay !== undefined) await writeFile(join(pack, 'overlay.json'), overlay)
  return openNodeHearth({ pack, seed: 1, now: () => Date.UTC(2026, 0, 1) }).hearth
}
const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id)

test('an overlay is read with the pack, and the first screen follows it', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const hearth = await open(
    { overlay: true },
    '{ "hidden": ["dune"], "pinned": ["item-9"], "prices": { "item-1": 5 }, "stock": { "gone": 1 } }',
  )
  const first = await hearth.first()
  expect(ids(first.items)).toEqual(['item-1', 'item-2', 'item-3'])
  expect(first.indices).toEqual([1, 2, 3])
  expect(first.items[0]!.price).toBe(5)
  const { items } = await hearth.recommend({ count: 3 })
  expect(ids(items)).toEqual(['item-9', 'item-1', 'item-2'])
  const { pack, curation } = await hearth.state()
  expect(pack.notes).toContain('1 id of overlay.json is not in the catalogue: gone')
  expect(curation.overlay?.unknown).toEqual(['gone'])
  expect(warn.mock.calls).toEqual([
    ['Hearth: 1 id of overlay.json is not in the catalogue: gone'],
  ])
  warn.mockRestore()
  await hearth.close()
})

test('an empty overlay is none', async () => {
  const hearth = await open({ overlay: true }, '{}\n')
  expect((await hearth.state()).curation).toEqual({
    rules: {},
    columns: { known: [], loaded: [] },
  })
  await hearth.close()
})

test('an overlay that is no JSON, or not there, is noted, and the lists are made', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  for (const [text, note] of [
    ['{ "hidden": ', /it is not JSON.*left out/],
    [undefined, /it cannot be read; the lists are made without it/],
  ] as const) {
    const hearth = await open({ overlay: true }, text)
    expect((await hearth.recommend({ count: 4 })).items).toHaveLength(4)
    expect((await hearth.state()).pack.notes.at(-1)).toMatch(note)
    await hearth.close()
  }
  expect(warn).toHaveBeenCalledTimes(2)
  warn.mockRestore()
})

test('a pack that has no room for an overlay is not asked for one', async () => {
  const hearth = await open({}, '{ "hidden": ["dune"] }')
  expect(ids((await hearth.recommend({ count: 1 })).items)).toEqual(['dune'])
  await hearth.close()
})

test('the columns of a pack are read for filters and rules', async () => {
  const columns = [colour]
  const hearth = await open({ columns, rules: { filter: "colour = 'red'" } })
  expect((await hearth.first()).items).toEqual([]) // the column is not here yet
  expect(ids((await hearth.recommend()).items)).toEqual([
    ...['dune', 'item-1', 'item-2', 'item-3'],
  ])
  await hearth.close()
  const filtered = await open({ columns })
  const { items } = await filtered.recommend({ filter: { colour: 'Blue' }, count: 2 })
  expect(ids(items)).toEqual(['item-4', 'item-5'])
  expect((await filtered.state()).curation.columns.loaded).toEqual(['colour'])
  await filtered.close()
})

test('the first screen is within the rules that need no column', async () => {
  const hearth = await open({
    rules: { hide: ['item-2'], filter: "title contains 'sea'" },
  })
  expect(ids((await hearth.first()).items)).toEqual(['dune'])
  await hearth.close()
})
