// @vitest-environment jsdom
import { render } from 'lit'
import { expect, test } from 'vitest'
import { itemOf } from '../elements/elements.fixture.ts'
import type { RecommendedItem } from '../index.ts'
import { whyView } from './item-page.ts'

/** The line over the bar of an item's page; null where there is none. */
function lineOf(more: Partial<RecommendedItem>) {
  const page = document.createElement('div')
  render(whyView(itemOf('a', more)), page)
  return page.querySelector('.chance')?.textContent ?? null
}

test('a page states in small numbers what was measured', () => {
  expect(lineOf({ match: 0.26 })).toBe('About 1 in 4 readers in your place chose it.')
  expect(lineOf({ match: 0.02 })).toBe(
    'A long shot: fewer than 1 in 20 readers in your place chose it.',
  )
})

test('without a measured number there is no line', () => {
  const { match: _, ...item } = itemOf('a')
  const page = document.createElement('div')
  render(whyView(item), page)
  expect(page.querySelector('.chance')).toBeNull()
  expect(page.textContent).not.toMatch(/NaN|undefined|match/)
})

test('a guess is called one, and of a book that was rated nothing is foretold', () => {
  expect(lineOf({ isGuess: true })).toBe('A guess, made to learn.')
  expect(lineOf({ reaction: { rated: { seq: 0, stars: 2 } } })).toBe('')
  expect(lineOf({ reaction: { liked: 0 } })).toBe('')
})
