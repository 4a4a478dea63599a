import { expect, test } from 'vitest'
import type { PositivesReport } from './dataset/positives.ts'
import { notesOf } from './train-pack.ts'

const outcome = {
  content: undefined,
  learned: undefined,
}
const cleaned: PositivesReport = {
  events: 9,
  kept: 0,
  duplicates: 0,
  belowThreshold: 9,
  unusable: 0,
  botUsers: 0,
  botEvents: 0,
}

test('the notes name what is off, and the rating from which an item counts as liked', () => {
  expect(notesOf(outcome)).toEqual([
    'Content is off: no text encoder was given.',
    'CF, sequence, towers, popularity and predicted ratings are off: there are no positive interactions.',
    'Fusion is the default, and no probabilities are shown: there is nothing to fit them on.',
  ])
  const rated = notesOf({ ...outcome, cleaned: { ...cleaned, threshold: 3.20000005 } })
  expect(rated).toContain('Ratings from 3.2 up are likes; 9 are below.')
  expect(notesOf({ ...outcome, cleaned }).join(' ')).not.toContain('Ratings')
})

test('texts that the encoder cannot read are counted, with their scripts', () => {
  const unread = { texts: 912, items: 1000, scripts: ['Thai'] }
  expect(notesOf({ ...outcome, unread })[0]).toBe(
    '912 of 1,000 texts are in a script the encoder cannot read (Thai): left out. Keyword search finds them; what goes with them is known by their makers and categories, and by interactions, alone.',
  )
  const all = { texts: 2, items: 2, scripts: ['Thai', 'Greek'] }
  expect(notesOf({ ...outcome, unread: all })[0]).toContain(
    '(Thai, Greek): content is off',
  )
})

test('users left out for liking more than a person can are noted', () => {
  const notes = notesOf({
    ...outcome,
    cleaned: { ...cleaned, botUsers: 1, botEvents: 60_000 },
  })
  expect(notes).toContain(
    '60000 likes of 1 user were left out: more than one person gives.',
  )
})

test('repeats of a like are noted', () => {
  const notes = notesOf({ ...outcome, cleaned: { ...cleaned, duplicates: 4 } })
  expect(notes).toContain("4 repeats of a user's like of an item count once.")
})
