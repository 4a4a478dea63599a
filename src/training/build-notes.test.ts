import { expect, test } from 'vitest'
import { notesOf } from './build-notes.ts'
import type { PositivesReport } from './positives.ts'

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

test('an owner reads what is off, and from which rating on a person liked', () => {
  expect(notesOf(outcome)).toEqual([
    'Content is off: no text encoder was given.',
    'CF, towers and popularity are off: there are no positive interactions.',
  ])
  const rated = notesOf({ ...outcome, cleaned: { ...cleaned, threshold: 3.20000005 } })
  expect(rated).toContain('Ratings from 3.2 up are likes; 9 are below.')
  expect(notesOf({ ...outcome, cleaned }).join(' ')).not.toContain('Ratings')
})

test('users left out for liking more than a person can are told of', () => {
  const notes = notesOf({
    ...outcome,
    cleaned: { ...cleaned, botUsers: 1, botEvents: 60_000 },
  })
  expect(notes).toContain(
    '60000 likes of 1 users were left out: more than one person gives.',
  )
})
