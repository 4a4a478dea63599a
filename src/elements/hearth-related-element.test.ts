// @vitest-environment jsdom
import { expect, test } from 'vitest'
import './define.ts'
import type { Recommendations } from '../index.ts'
import { hearthOf, itemOf, listOf, settled } from './elements.fixture.ts'

function relatedTo(related: (id: string) => Promise<Recommendations>) {
  const element = document.createElement('hearth-related')
  element.hearth = hearthOf({ related }).hearth
  document.body.replaceChildren(element)
  const titles = () =>
    [...element.shadowRoot!.querySelectorAll('.link')].map((link) => link.textContent)
  return { element, titles }
}

test('shows what goes with its item, under its heading', async () => {
  const { element, titles } = relatedTo(async (id) => listOf(itemOf(`next to ${id}`)))
  element.setAttribute('item', 'a')
  element.setAttribute('heading', 'More like this')
  await settled()
  expect(titles()).toEqual(['Title next to a'])
  expect(element.shadowRoot!.querySelector('h2')!.textContent).toBe('More like this')
})

test('shows the newest item when answers arrive out of order', async () => {
  const answers = new Map<string, (list: Recommendations) => void>()
  const { element, titles } = relatedTo(
    (id) => new Promise((done) => answers.set(id, done)),
  )
  element.item = 'old'
  await settled()
  element.item = 'new'
  await settled()
  answers.get('new')!(listOf(itemOf('n')))
  answers.get('old')!(listOf(itemOf('o')))
  await settled()
  expect(titles()).toEqual(['Title n'])
})

test('shows nothing for no item, and nothing where nothing is related', async () => {
  const { element, titles } = relatedTo(async () => listOf())
  await settled()
  element.item = 'a'
  await settled()
  expect(titles()).toEqual([])
  expect(element.shadowRoot!.querySelector('h2')).toBeNull()
})

test('never shows the item itself beside it', async () => {
  const { element, titles } = relatedTo(async (id) => listOf(itemOf(id), itemOf('b')))
  element.item = 'a'
  await settled()
  expect(titles()).toEqual(['Title b'])
})
