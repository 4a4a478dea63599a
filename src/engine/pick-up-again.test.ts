import { expect, test } from 'vitest'
import type { ItemTable } from '../pack/items.ts'
import { samplePack } from '../scoring/sample-pack.test-data.ts'
import { like, setUp } from './sample-engine.test-data.ts'

const ROWS = 24
const records = Array.from({ length: ROWS }, (_, row) => ({
  id: `id${row}`,
  title: `Title ${row}`,
}))
const items: ItemTable = {
  count: ROWS,
  record: (row) => records[row],
  indexOf: (id) => {
    const row = records.findIndex((record) => record.id === id)
    return row < 0 ? undefined : row
  },
}
const sequence = records.map((_, a) => records.map((_, b) => (b === a + 1 ? 15 : 0)))
const returns = { newest: 0.1, second: 1, older: 0.5, fading: 0.5 }

/** What "Pick up again" shows a visitor who liked 3, then 7, 11 and 15. */
async function pickedUp(reading?: Parameters<typeof samplePack>[0]['reading']) {
  const pack = samplePack({
    items: records,
    sequence,
    popularity: records.map(() => 0.5), // so that only the table tells them apart
    ...(reading ? { reading } : {}),
  })
  const { engine, at } = await setUp({ pack, items })
  await engine.record([3, 7, 11, 15].map((row, n) => like(row, at(n))))
  const { shelves } = await engine.feed({ count: 4 })
  const shelf = shelves.find(({ kind }) => kind === 'continue')
  return shelf?.picks.map(({ item }) => item.id)
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
