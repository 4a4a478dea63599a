/** What a page asked for and left at once is done by the next page; see also `e2e/left-at-once`. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HearthError } from '../../errors.ts'
import { setUp } from '../sample-engine.test-data.ts'
import { settleActs } from '../settle-acts.ts'
import { actsOf, leftActs, notedUntil, strike } from './unsettled-acts.ts'

/** As far as acts are concerned, `localStorage`. */
const storageWith = (entries: Record<string, string>) =>
  Object.defineProperty(entries, 'removeItem', {
    value: (key: string) => delete entries[key],
  })

let acts: string
let kept: Record<string, string>
beforeEach(() => {
  vi.stubGlobal('location', new URL('https://shop.test/page'))
  acts = actsOf('https://shop.test/pack/')
  kept = { 'hearth-act:/other/:1:0.1': '[]', theme: 'dark' }
  vi.stubGlobal('localStorage', storageWith(kept))
})
afterEach(() => void vi.unstubAllGlobals())

const never = new Promise<never>(() => {})
const event = (item: string) => ({ kind: 'like', item, uid: `uid-${item}`, at: 1 })

test('an act is noted before anything can end the page, and until it is answered', async () => {
  let answer: (value: string) => void = () => {}
  const done = new Promise<string>((resolve) => {
    answer = resolve
  })
  const noted = notedUntil(acts, ['record', [event('a')]], done)
  expect(leftActs(acts).map((key) => kept[key])).toEqual([
    JSON.stringify(['record', [event('a')]]),
  ])
  answer('stored')
  expect(await noted).toBe('stored')
  expect(leftActs(acts)).toEqual([])
  expect(Object.keys(kept)).toEqual(['hearth-act:/other/:1:0.1', 'theme'])
})

test('the acts of a pack of another host are its own, though the path is the same', () => {
  void notedUntil(actsOf('https://other.test/pack/'), ['remove', [1]], never)
  expect(leftActs(acts)).toEqual([])
  void notedUntil(acts, ['remove', [1]], never)
  expect(leftActs(acts)).toHaveLength(1)
})

test('what was refused is struck out; what a stopped worker left stays', async () => {
  const refused = Promise.reject(new HearthError('bad-argument', 'no'))
  await expect(notedUntil(acts, ['remove', [1]], refused)).rejects.toThrow('no')
  expect(leftActs(acts)).toEqual([])
  const stopped = Promise.reject(new HearthError('stopped', 'closed'))
  await expect(notedUntil(acts, ['remove', [1]], stopped)).rejects.toThrow('closed')
  expect(leftActs(acts)).toHaveLength(1)
  strike(leftActs(acts))
  expect(leftActs(acts)).toEqual([])
})

test('notes are few and short, whatever a page does', () => {
  const long = 'x'.repeat(60_000)
  void notedUntil(acts, ['record', [long]], never)
  expect(leftActs(acts)).toEqual([])
  for (let i = 0; i < 300; i++) void notedUntil(acts, ['remove', [i]], never)
  expect(leftActs(acts).length).toBeLessThanOrEqual(100)
  expect(leftActs(acts).length).toBeGreaterThan(90)
})

test('where storage is blocked an act is done all the same', async () => {
  vi.stubGlobal('localStorage', undefined)
  const done = Promise.resolve('stored')
  expect(await notedUntil(acts, ['remove', [1]], done)).toBe('stored')
  expect(leftActs(acts)).toEqual([])
})

test('what was left is done in order, once, whatever else lies there', async () => {
  const { engine, at } = await setUp()
  const [first] = await engine.record({
    kind: 'save',
    item: 'id1',
    at: at(0),
    uid: 'u',
  })
  const left = [
    'no JSON',
    'null',
    '["erase"]',
    '["record", 4]',
    JSON.stringify(['record', [{ kind: 'like', item: 'id2', at: 'noon', uid: 'v' }]]),
    JSON.stringify(['record', [{ kind: 'like', item: 'id3', at: at(1), uid: 'w' }]]),
    JSON.stringify(['remove', [first!.seq, 'x', 2 ** 52 + 1]]),
    JSON.stringify([
      'record',
      [{ kind: 'rate', item: 'id4', value: 4, at: at(2), uid: 'z' }],
      { instead: 'all' },
    ]),
  ]
  await settleActs(engine, left)
  await settleActs(engine, left)
  const events = await engine.events()
  expect(events.map(({ uid }) => uid)).toEqual(['z', 'w'])
})
