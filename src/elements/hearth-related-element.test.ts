// @vitest-environment jsdom
import { expect, test } from 'vitest'
import './define.ts'
import type { Pick } from '../engine/engine.ts'
import { hearthOf, pickOf, settled } from './elements.fixture.ts'

function relatedTo(related: (id: string) => Promise<readonly Pick[]>) {
  const element = document.createElement('hearth-related')
  element.hearth = hearthOf({ related }).hearth
  document.body.replaceChildren(element)
  const titles = () =>
    [...element.shadowRoot!.querySelectorAll('.link')].map((link) => link.textContent)
  return { element, titles }
}

test('shows what goes with its item, under its heading', async () => {
  const { element, titles } = relatedTo(async (id) => [pickOf(`next to ${id}`)])
  element.setAttribute('item', 'a')
  element.setAttribute('heading', 'More like this')
  await settled()
  expect(titles()).toEqual(['Title next to a'])
  expect(element.shadowRoot!.querySelector('h2')!.textContent).toBe('More like this')
})

test('shows the newest item when answers arrive out of order', async () => {
  const answers = new Map<string, (picks: readonly Pick[]) => void>()
  const { element, titles } = relatedTo(
    (id) => new Promise((done) => answers.set(id, done)),
  )
  element.item = 'old'
  await settled()
  element.item = 'new'
  await settled()
  answers.get('new')!([pickOf('n')])
  answers.get('old')!([pickOf('o')])
  await settled()
  expect(titles()).toEqual(['Title n'])
})

test('shows nothing for no item, and nothing where nothing is related', async () => {
  const { element, titles } = relatedTo(async () => [])
  await settled()
  element.item = 'a'
  await settled()
  expect(titles()).toEqual([])
  expect(element.shadowRoot!.querySelector('h2')).toBeNull()
})
