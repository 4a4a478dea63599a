import { expect, test } from 'vitest'
import { createWriteLock } from './disk.ts'

type Locks = Pick<LockManager, 'request'>

/** Grants every request at once. */
const granting = {
  request: (_name: string, _options: unknown, task: () => unknown) => task(),
} as unknown as Locks

/** Grants none: another tab froze while it held the lock. */
const frozen = {
  request: (_name: string, { signal }: { signal: AbortSignal }) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
    }),
} as unknown as Locks

test.each([
  ['granted', granting],
  ['frozen in another tab', frozen],
  ['missing', undefined],
])('a write happens once where the lock is %s', async (_name, locks) => {
  let writes = 0
  const lock = createWriteLock(locks, 'x', 1)
  expect(await lock(async () => ++writes)).toBe(1)
  expect(writes).toBe(1)
})

test('a write that fails under the lock is not tried again, and has its reason', async () => {
  let writes = 0
  const lock = createWriteLock(granting, 'x', 1)
  const failing = lock(async () => {
    writes++
    throw new Error('full')
  })
  await expect(failing).rejects.toThrow('full')
  expect(writes).toBe(1)
})
