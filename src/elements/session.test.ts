import { expect, test } from 'vitest'
import { hearthOf } from './elements.fixture.ts'
import { visitOf } from './session.ts'

function start() {
  const made = hearthOf()
  const clock = { now: 0 }
  const visit = visitOf(made.hearth, () => clock.now)
  let told = 0
  visit.onChange(() => told++)
  return { ...made, clock, visit, told: () => told }
}

test('one visit an engine', () => {
  const { hearth, visit } = start()
  expect(visitOf(hearth)).toBe(visit)
})

test('a like tells the lists once, though the store tells of it too', async () => {
  const { visit, notify, told } = start()
  await visit.record([{ kind: 'like', at: 1, itemId: 'a' }])
  notify({ type: 'profile-changed' })
  expect(told()).toBe(1)
})

test('being seen moves no list', async () => {
  const { visit, notify, told } = start()
  await visit.record([{ kind: 'impression', at: 1, itemId: 'a' }])
  notify({ type: 'profile-changed' })
  expect(told()).toBe(0)
})

test('another tab moves the lists', async () => {
  const { visit, notify, told, clock } = start()
  await visit.record([{ kind: 'impression', at: 1, itemId: 'a' }])
  clock.now = 10_000
  notify({ type: 'profile-changed' })
  expect(told()).toBe(1)
})

test('a change that fails is told of as well, and rejects', async () => {
  const { visit, told } = start()
  const failing = visit.change(() => Promise.reject(new Error('full')))
  await expect(failing).rejects.toThrow('full')
  expect(told()).toBe(1)
})
