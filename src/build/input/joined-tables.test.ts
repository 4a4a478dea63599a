import { expect, test } from 'vitest'
import { readInteractions } from './read-interactions.ts'
import { tempFolder } from './temp-folder.test-data.ts'

const INDICES = new Map([
  ['a', 0],
  ['b', 1],
])

test('a user of several files is one, whatever the columns are called', async () => {
  const { write } = tempFolder()
  const paths = [
    write('2023.csv', 'user,item,rating\nann,a,4\nbo,b,2\n'),
    write('2024.tsv', 'stars\tcustomer_id\tproduct_id\n5\tbo\ta\n1\tcy\tb\n'),
  ]
  const { interactions, report } = await readInteractions(paths, INDICES, { now: 0 })
  expect(interactions.userCount).toBe(3)
  expect([...interactions.users]).toEqual([0, 1, 1, 2])
  expect([...interactions.rows]).toEqual([0, 1, 0, 1])
  expect([...interactions.weights]).toEqual([4, 2, 5, 1])
  expect(report.understood?.filter((line) => line.endsWith(' rows'))).toEqual([
    `${paths[0]}: 2 rows`,
    `${paths[1]}: 2 rows`,
  ])
})

test('lines of faults count through all files', async () => {
  const { write } = tempFolder()
  const paths = [
    write('1.csv', 'user,item\nann,a\nann,b\n'),
    write('2.csv', 'user,item\nann,a\nann,nothing\n'),
  ]
  const { report } = await readInteractions(paths, INDICES, { now: 0 })
  expect(report.rowsKept).toBe(3)
  expect(report.warnings).toMatchObject([{ count: 1, lines: [6] }])
})
