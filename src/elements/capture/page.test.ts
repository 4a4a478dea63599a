// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EventInput, Hearth } from '../../index.ts'
import { capturePage } from './page.ts'

let recorded: EventInput[]
let stops: (() => void)[]

beforeEach(() => {
  recorded = []
  stops = []
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
  document.body.innerHTML = `
    <article data-hearth-item="card"><h2>A card of the owner's</h2></article>
    <a id="known" href="/books/dune">Dune</a>
    <a id="other" href="/about">About</a>`
})
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  vi.unstubAllGlobals()
})

function hearthWith(links: Promise<readonly (readonly [string, string])[]>): Hearth {
  const hearth = {
    links: () => links,
    record: async (events: readonly EventInput[]) => {
      recorded.push(...events)
      return []
    },
  }
  return hearth as unknown as Hearth
}

async function capture(hearth: Hearth) {
  const stop = capturePage(hearth)
  stops.push(stop)
  await new Promise((resolve) => setTimeout(resolve))
  return stop
}

const click = (selector: string) =>
  document
    .querySelector<HTMLElement>(selector)!
    .dispatchEvent(
      new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }),
    )
const opened = () =>
  recorded.filter(({ kind }) => kind === 'click').map(({ item }) => item)

test('a click on an own card and on a link to an item is recorded', async () => {
  await capture(hearthWith(Promise.resolve([['/books/dune', 'dune']])))
  click('[data-hearth-item]')
  click('#known')
  click('#other')
  expect(opened()).toEqual(['card', 'dune'])
})

test('several elements watch the page once, until the last has left', async () => {
  const hearth = hearthWith(Promise.resolve([]))
  const first = await capture(hearth)
  const second = await capture(hearth)
  click('[data-hearth-item]')
  expect(opened()).toEqual(['card'])
  first()
  click('[data-hearth-item]')
  second()
  click('[data-hearth-item]')
  expect(opened().length).toBeLessThanOrEqual(2)
})

test('without a catalogue the own cards still count', async () => {
  await capture(hearthWith(Promise.reject(new Error('no pack'))))
  click('[data-hearth-item]')
  click('#known')
  expect(opened()).toEqual(['card'])
})

test('time on the page of an item counts by its address alone', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  history.replaceState(null, '', '/books/dune/?utm_source=letter')
  const stop = await capture(hearthWith(Promise.resolve([['/books/dune', 'dune']])))
  vi.setSystemTime(Date.now() + 8000)
  stop()
  history.replaceState(null, '', '/')
  vi.useRealTimers()
  expect(recorded).toMatchObject([{ kind: 'dwell', item: 'dune', value: 8 }])
})
