// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest'
import { hearthOf } from './elements.fixture.ts'
import { moveStorage, onOutdated, storageOfPage } from './page-hearth.ts'

afterEach(() => document.body.replaceChildren())

function start() {
  const made = hearthOf()
  const heard = { times: 0 }
  onOutdated(made.hearth, () => heard.times++)
  return { ...made, heard }
}

test('a like re-ranks the lists once', async () => {
  const { hearth, heard } = start()
  await hearth.record({ kind: 'like', item: 'a' })
  expect(heard.times).toBe(1)
})

test('being seen moves no list, a like among what was seen does', async () => {
  const { hearth, heard } = start()
  await hearth.record([
    { kind: 'impression', item: 'a' },
    { kind: 'dwell', item: 'a', value: 9 },
  ])
  expect(heard.times).toBe(0)
  await hearth.record([
    { kind: 'impression', item: 'b' },
    { kind: 'like', item: 'b' },
  ])
  expect(heard.times).toBe(1)
})

test('a change in another tab is heard at once after a write of this page', async () => {
  const { hearth, emit, heard } = start()
  await hearth.record({ kind: 'impression', item: 'a' })
  emit('change', { origin: 'other', kinds: ['impression'] })
  expect(heard.times).toBe(1)
  emit('change', { origin: 'other' })
  expect(heard.times).toBe(2)
})

test('a removal, an import or an erase moves the lists', () => {
  const { emit, heard } = start()
  emit('change', { origin: 'own' })
  expect(heard.times).toBe(1)
})

test('what one element must not store, none stores', () => {
  expect(storageOfPage(null)).toBe('persistent')
  expect(storageOfPage('memory')).toBe('memory')
  document.body.innerHTML = '<hearth-feed storage="persistent"></hearth-feed>'
  expect(storageOfPage(null)).toBe('persistent')
  document.body.innerHTML += '<hearth-search storage="cookies"></hearth-search>'
  expect(storageOfPage('persistent')).toBe('memory')
})

test('what a framework set as a property counts as the attribute does', () => {
  const element = document.createElement('hearth-search')
  document.body.append(element)
  expect(storageOfPage(null)).toBe('persistent')
  Object.assign(element, { storage: 'memory' })
  expect(element.hasAttribute('storage')).toBe(false)
  expect(storageOfPage(null)).toBe('memory')
})

test('a visitor’s own choice of storage stands until an attribute changes', () => {
  const moved: string[] = []
  const { hearth } = hearthOf({}, { setStorage: async (to) => void moved.push(to) })
  moveStorage(hearth, 'memory')
  void hearth.profile.setStorage('persistent') // the visitor's switch
  moveStorage(hearth, 'memory') // an element comes back into the page
  expect(moved).toEqual(['memory', 'persistent'])
  moveStorage(hearth, 'persistent')
  expect(moved).toEqual(['memory', 'persistent', 'persistent'])
})
