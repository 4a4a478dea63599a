// @vitest-environment jsdom
import { render } from 'lit'
import { expect, test } from 'vitest'
import type { OpenCounts } from '../index.ts'
import {
  opensSentence,
  opensView,
  ownListSentence,
  teamsSentence,
} from './opens-view.ts'

const counts: OpenCounts = {
  opens: 20,
  lists: [
    { list: 'for-you', opens: 14, views: 60 },
    { list: 'because', opens: 6, views: 80 },
  ],
  ownList: { own: 14, other: 6, chance: 0.03 },
  teams: { own: 0, other: 0 },
}

test('opens in a sentence', () => {
  expect(opensSentence(counts)).toBe('Of your last 20 opens, 14 came from For you.')
  const one = { ...counts, opens: 1, lists: [{ list: 'popular', opens: 1, views: 3 }] }
  expect(opensSentence(one)).toBe('Your one open came from Widely read.')
})

test('nothing is claimed of few opens, of one list, or of what may be chance', () => {
  expect(ownListSentence({ own: 3, other: 2 })).toContain('Too few')
  expect(ownListSentence({ own: 14, other: 0 })).toContain('one list alone')
  expect(ownListSentence({ own: 11, other: 9, chance: 0.4 })).toContain('may be chance')
  expect(ownListSentence(counts.ownList)).toContain('(3 %)')
  expect(teamsSentence({ own: 4, other: 1 })).toContain('too few to tell')
  expect(teamsSentence({ own: 6, other: 4, chance: 0.7 })).toContain('may be chance')
})

test('the winner of a comparison is named, whichever it is', () => {
  expect(teamsSentence({ own: 30, other: 9, chance: 0.001 })).toBe(
    'So far 30 of what was chosen for you, 9 of what is widely read. What is chosen for you suits you better: chance alone would seldom make it so uneven (below 1 %).',
  )
  expect(teamsSentence({ own: 2, other: 14, chance: 0.004 })).toContain(
    'What is widely read suits you better',
  )
})

test('the section has a bar a list, and the choice reports what it is set to', () => {
  const chosen: boolean[] = []
  const place = document.createElement('div')
  render(opensView(counts, { isOn: false, choose: (isOn) => chosen.push(isOn) }), place)
  expect(place.querySelectorAll('dl > div')).toHaveLength(2)
  expect(place.textContent).toContain('14 of 60 seen')
  expect(place.textContent).not.toContain('So far')
  const box = place.querySelector('input')!
  box.checked = true
  box.dispatchEvent(new Event('change'))
  expect(chosen).toEqual([true])
})

test('without an open there is no count', () => {
  const none = {
    opens: 0,
    lists: [],
    ownList: { own: 0, other: 0 },
    teams: { own: 0, other: 0 },
  }
  const place = document.createElement('div')
  render(opensView(none, { isOn: true, choose: () => {} }), place)
  expect(place.textContent).toContain('Nothing opened from a list yet')
  expect(place.textContent).toContain('Nothing opened from the mixed shelf yet')
})
