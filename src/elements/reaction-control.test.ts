import { expect, test } from 'vitest'
import { hearthOf } from './elements.fixture.ts'
import { press, pressed } from './reaction-control.ts'
import { hasReaction } from './reactions.ts'

const at = 1_700_000_000_000

test('liking shows at once and takes back "not for me"', () => {
  const after = pressed({ disliked: 3, saved: 2 }, 'like')
  expect(hasReaction(after, 'like')).toBe(true)
  expect(hasReaction(after, 'dislike')).toBe(false)
  expect(after.saved).toBe(2)
})

test('pressing what is on turns it off', () => {
  expect(pressed({ liked: 3 }, 'like')).toEqual({})
})

test('saving leaves a like alone', async () => {
  const { hearth, recorded } = hearthOf()
  const item = { id: 'a', reaction: { liked: 9 } }
  expect(await press(hearth, item, { kind: 'save', at })).toEqual({
    liked: 9,
    saved: 1,
  })
  expect(recorded).toEqual([{ kind: 'save', at, item: 'a' }])
})

test('a second press removes the very event', async () => {
  const { hearth, removed } = hearthOf()
  const item = { id: 'a', reaction: { liked: 9 } }
  expect(await press(hearth, item, { kind: 'like', at })).toEqual({})
  expect(removed).toEqual([9])
})

test('refusing what was liked takes the place of the like, in one call', async () => {
  const { hearth, removed } = hearthOf()
  const item = { id: 'a', reaction: { liked: 9 } }
  expect(await press(hearth, item, { kind: 'dislike', at })).toEqual({
    disliked: 1,
  })
  expect(removed).toEqual([9])
})
