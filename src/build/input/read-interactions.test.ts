import { expect, test } from 'vitest'
import { readInteractions } from './read-interactions.ts'
import { tempFolder } from './temp-folder.test-data.ts'

const NOW = Date.UTC(2026, 0, 1)
const ROWS = new Map([
  ['a', 0],
  ['b', 1],
])

function read(lines: readonly string[], named = {}) {
  const path = tempFolder().write('events.csv', lines.join('\n'))
  return readInteractions(path, ROWS, { now: NOW, named })
}

test('users become 0, 1, … in order of appearance and items their rows', async () => {
  const { interactions } = await read([
    'userid,movieid,rating',
    'x,b,4.5',
    'y,a,2',
    'x,a,1',
  ])
  expect(interactions).toEqual({
    userCount: 2,
    users: Uint32Array.of(0, 1, 0),
    rows: Uint32Array.of(1, 0, 0),
    weights: Float32Array.of(4.5, 2, 1),
    hasRatings: true,
  })
})

test('without a rating or weight every interaction weighs 1', async () => {
  const { interactions } = await read(['user,item', 'x,a'])
  expect(interactions.weights).toEqual(Float32Array.of(1))
  expect(interactions.hasRatings).toBe(false)
})

test('every skipped row is counted with its line, and users stay dense', async () => {
  const { interactions, report } = await read([
    'user,item,plays,time',
    ',a,1,1000',
    'u0,,1,1000',
    'u1,zzz,1,1000',
    'u2,a,NaN,1000',
    'u3,a,-1,1000',
    'u4,a,1,tomorrow',
    `u5,a,1,${(NOW + 2 * 86_400_000) / 1000}`,
    'u6,b,2,1000',
    'u7,a,3,1001',
    'u6,a,4,2001-01-01',
    'u8,a,5,1002',
  ])
  expect(interactions).toEqual({
    userCount: 3,
    users: Uint32Array.of(0, 1, 0, 2),
    rows: Uint32Array.of(1, 0, 0, 0),
    weights: Float32Array.of(2, 3, 4, 5),
    hasRatings: false,
    times: Float64Array.of(1_000_000, 1_001_000, Date.UTC(2001, 0, 1), 1_002_000),
  })
  expect(report).toMatchObject({ rowsRead: 11, rowsKept: 4 })
  expect(Object.fromEntries(report.warnings.map((w) => [w.what, w.lines]))).toEqual({
    'rows without a user: skipped': [2],
    'rows without an item: skipped': [3],
    'rows of items that are not in the catalogue: skipped': [4],
    'rows whose rating or weight is no number: skipped': [5],
    'rows whose weight is not above 0: skipped': [6],
    'rows whose time is in the future or cannot be read: skipped': [7, 8],
  })
})

test('a column of unreadable times is ignored, and the rows are kept', async () => {
  const { interactions, report } = await read([
    'user,item,date',
    'x,a,1/2/99',
    'y,b,3/4/99',
  ])
  expect(interactions.rows).toEqual(Uint32Array.of(0, 1))
  expect(interactions).not.toHaveProperty('times')
  expect(report.warnings).toEqual([
    {
      what: 'times in the future or that cannot be read: the time column is ignored',
      count: 2,
      lines: [2, 3],
    },
  ])
})

test('only the first few lines of a fault are kept, its count is whole', async () => {
  const { report } = await read(['user,item', 'x,a', ...Array(9).fill('x,?')])
  expect(report.warnings[0]).toMatchObject({ count: 9, lines: [3, 4, 5, 6, 7] })
})

test('columns can be named', async () => {
  const { interactions } = await read(['who,thing,id', 'x,a,9'], {
    user: 'who',
    item: 'thing',
  })
  expect(interactions.rows).toEqual(Uint32Array.of(0))
})

test('no user column, and items that are all unknown, are one clear error each', async () => {
  await expect(read(['item,rating', 'a,1'])).rejects.toThrow('no user column')
  await expect(read(['user,item', 'x,9', 'y,8'])).rejects.toThrow(
    'An unknown item is "9".',
  )
})

test('more rows than the first buffers hold are all there', async () => {
  const { interactions } = await read(['user,item', ...Array(5000).fill('x,b')])
  expect(interactions.rows.length).toBe(5000)
  expect(interactions.rows.every((row) => row === 1)).toBe(true)
})
