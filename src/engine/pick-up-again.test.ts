import { expect, test } from 'vitest'
import type { ItemTable } from '../pack/items.ts'
import { samplePack } from '../scoring/sample-pack.test-data.ts'
import { like, setUp } from './sample-engine.test-data.ts'

const ROWS = 24
const records = Array.from({ length: ROWS }, (_, index) => ({
  id: `id${index}`,
  title: `Title ${index}`,
}))
const items: ItemTable = {
  count: ROWS,
  record: (index) => records[index],
  indexOf: (id) => {
    const index = records.findIndex((record) => record.id === id)
    return index < 0 ? undefined : index
  },
}
const sequence = records.map((_, a) => records.map((_, b) => (b === a + 1 ? 15 : 0)))
const returns = { newest: 0.1, second: 1, older: 0.5, fading: 0.5 }

/** What "Pick up again" shows a visitor who liked 3, then 7, 11 and 15. */
async function pickedUp(
  decaySettings?: Parameters<typeof samplePack>[0]['decaySettings'],
) {
  const pack = samplePack({
    items: records,
    sequence,
    popularity: records.map(() => 0.5), // so that only the table tells them apart
    ...(decaySettings ? { decaySettings } : {}),
  })
  const { engine, at } = await setUp({ pack, items })
  await engine.record([3, 7, 11, 15].map((index, n) => like(index, at(n))))
  const { shelves } = await engine.shelves({ count: 4 })
  const shelf = shelves.find(({ kind }) => kind === 'continue')
  return shelf?.items.map(({ id }) => id)
}

test('what to pick up again goes by the pack’s return table', async () => {
  // the one before the last is what people go back to, the last one least of all
  expect(await pickedUp({ decay: 0.5, floor: 0, returns })).toEqual([
    'id11',
    'id7',
    'id3',
    'id15',
  ])
})

test('without one it is the newest first', async () => {
  expect(await pickedUp()).toEqual(['id15', 'id11', 'id7', 'id3'])
})
