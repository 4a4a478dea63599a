import { expect, test } from 'vitest'
import { hearthOf } from './elements.fixture.ts'
import { sessionOf } from './session.ts'

function start() {
  const made = hearthOf()
  const clock = { now: 0 }
  const session = sessionOf(made.hearth, () => clock.now)
  let told = 0
  session.onChange(() => told++)
  return { ...made, clock, session, told: () => told }
}

test('one session an engine', () => {
  const { hearth, session } = start()
  expect(sessionOf(hearth)).toBe(session)
})

test('a like tells the lists once, though the store tells of it too', async () => {
  const { session, notify, told } = start()
  await session.record([{ kind: 'like', at: 1, itemId: 'a' }])
  notify({ type: 'profile-changed' })
  expect(told()).toBe(1)
})

test('being seen moves no list', async () => {
  const { session, notify, told } = start()
  await session.record([{ kind: 'impression', at: 1, itemId: 'a' }])
  notify({ type: 'profile-changed' })
  expect(told()).toBe(0)
})

test('another tab moves the lists', async () => {
  const { session, notify, told, clock } = start()
  await session.record([{ kind: 'impression', at: 1, itemId: 'a' }])
  clock.now = 10_000
  notify({ type: 'profile-changed' })
  expect(told()).toBe(1)
})

test('a change that fails is told of as well, and rejects', async () => {
  const { session, told } = start()
  const failing = session.change(() => Promise.reject(new Error('full')))
  await expect(failing).rejects.toThrow('full')
  expect(told()).toBe(1)
})
