import { expect, test } from 'vitest'
import { readInteractions } from './read-interactions.ts'
import { tempFolder } from './temp-folder.test-data.ts'

const NOW = Date.UTC(2026, 0, 1)
const IDS = ['1', '2', '3']
const ROWS = new Map(IDS.map((id, index) => [id, index]))

async function read(lines: readonly string[]) {
  const path = tempFolder().write('e.csv', lines.join('\n'))
  const { interactions, report } = await readInteractions(path, ROWS, { now: NOW })
  return { ...interactions, text: report.understood!.join('\n') }
}

/** Ten rows of six users each, and 40 of one who may be every guest. */
const users = [1, 2, 3, 4, 5, 6].flatMap((user) => [`${user}7,1`, `${user}7,2`])
const guests = (id: string) =>
  Array.from({ length: 40 }, (_, n) => `${id},${(n % 3) + 1}`)

test('a placeholder with most of the rows is no user', async () => {
  for (const id of ['0', '-1', '0.0', '9999', 'test', '00000']) {
    const found = await read(['user_id,item', ...users, ...guests(id)])
    expect([id, found.userCount, found.users.length]).toEqual([id, 6, 12])
    expect(found.text).toContain(
      `40 rows have "${id}" for a user (guests): left out, as nothing tells one from another`,
    )
  }
})

test('guests who have a session or an order are distinguished by it', async () => {
  const own = users.map((row, n) => `${row},s${n}`)
  const rows = guests('0').map((row, n) => `${row},g${Math.floor(n / 4)}`)
  const found = await read(['user_id,item,session_id', ...own, ...rows])
  expect(found.userCount).toBe(16)
  expect(found.users).toHaveLength(52)
  expect(found.text).toContain(
    '40 rows have "0" for a user (guests): distinguished by session_id',
  )
  expect(found.text).toContain(
    'user ← user_id, or session_id where it is empty (40 rows)',
  )
})

test('a user numbered 0 with rows like the others is a user', async () => {
  const found = await read(['user_id,item', ...users, '0,1', '0,2', '0,3'])
  expect(found.userCount).toBe(7)
  expect(found.text).not.toContain('guests')
})

test('a busy user with a name of their own is a user', async () => {
  const found = await read(['user_id,item', ...users, ...guests('4711')])
  expect(found.userCount).toBe(7)
})

test('of few users none is a guest', async () => {
  const found = await read(['user_id,item', '1,1', '2,2', ...guests('0')])
  expect(found.userCount).toBe(3)
})

test('guest, NA, null and the like are never users, in any share', async () => {
  const nobody = ['guest', 'NA', 'null', 'Gast', '(not set)', 'anonymous', 'Guest User']
  const found = await read(['user,item', 'ann,1', ...nobody.map((name) => `${name},2`)])
  expect(found.userCount).toBe(1)
})
