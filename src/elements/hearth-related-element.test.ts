// @vitest-environment jsdom
import { expect, test } from 'vitest'
import './index.ts'
import type { Recommendations } from '../index.ts'
import { hearthOf, itemOf, listOf, settled } from './elements.fixture.ts'

function relatedTo(
  related: (id: string) => Promise<Recommendations>,
  links: readonly (readonly [url: string, id: string])[] = [],
) {
  const element = document.createElement('hearth-related')
  element.hearth = hearthOf({ related, links: async () => links }).hearth
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

const LINKS = [
  ['/notes/owl/', 'n1'],
  ['/notes/heron/', 'n2'],
] as const
const nextTo = async (id: string) => listOf(itemOf(`next to ${id}`))

test('without an item, it is the one that the page is about', async () => {
  history.replaceState(null, '', '/notes/owl')
  const { titles } = relatedTo(nextTo, LINKS)
  await settled()
  expect(titles()).toEqual(['Title next to n1'])
  history.replaceState(null, '', '/notes/heron/#top')
  dispatchEvent(new Event('popstate'))
  await settled()
  expect(titles()).toEqual(['Title next to n2'])
  history.replaceState(null, '', '/about')
  dispatchEvent(new Event('popstate'))
  await settled()
  expect(titles()).toEqual([])
  history.replaceState(null, '', '/')
})

test('a named item may be given by its address', async () => {
  const { element, titles } = relatedTo(nextTo, LINKS)
  element.item = '/notes/heron'
  await settled()
  expect(titles()).toEqual(['Title next to n2'])
  element.item = '/an/id/with/slashes'
  await settled()
  expect(titles()).toEqual(['Title next to /an/id/with/slashes'])
})
