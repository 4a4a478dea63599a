import { expect, test } from 'vitest'
import { warmUp } from './warm-up.ts'

/** An encoder whose n-th call takes `costs[n]` ms, the last one for ever after. */
function setUp(costs: readonly number[]) {
  let now = 0
  const lengths: number[] = []
  let pauses = 0
  const encode = async ([text]: readonly string[]) => {
    now += costs[Math.min(lengths.length, costs.length - 1)]!
    lengths.push(text!.length)
  }
  const pause = async () => void pauses++
  return {
    run: () => warmUp(encode, { clock: () => now, pause }),
    lengths,
    pauses: () => pauses,
  }
}

test('gives the shortest time of a short text, not that of the first', async () => {
  const { run } = setUp([90, 200, 30, 80, 10, 5])
  expect(await run()).toBe(5)
})

test('lets others go first before every text, and reads two lengths', async () => {
  const { run, lengths, pauses } = setUp([1])
  await run()
  expect(pauses()).toBe(lengths.length)
  expect(new Set(lengths).size).toBe(2)
})

test('leaves a slow device alone after one text', async () => {
  const { run, lengths } = setUp([2_000])
  expect(await run()).toBe(2_000)
  expect(lengths).toHaveLength(1)
})
