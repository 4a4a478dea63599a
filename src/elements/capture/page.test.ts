// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Signal } from '../../feedback/event.ts'
import type { Session } from '../session.ts'
import { capturePage } from './page.ts'

let recorded: Signal[]
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

function visitWith(links: Promise<readonly (readonly [string, string])[]>): Session {
  const session = {
    hearth: { engine: { links: () => links } },
    record: async (signals: readonly Signal[]) => {
      recorded.push(...signals)
      return []
    },
  }
  return session as unknown as Session
}

async function capture(session: Session) {
  const stop = capturePage(session)
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
  recorded.filter(({ kind }) => kind === 'click').map(({ itemId }) => itemId)

test('a click on an own card and on a link to an item is recorded', async () => {
  await capture(visitWith(Promise.resolve([['/books/dune', 'dune']])))
  click('[data-hearth-item]')
  click('#known')
  click('#other')
  expect(opened()).toEqual(['card', 'dune'])
})

test('several elements watch the page once, until the last has left', async () => {
  const session = visitWith(Promise.resolve([]))
  const first = await capture(session)
  const second = await capture(session)
  click('[data-hearth-item]')
  expect(opened()).toEqual(['card'])
  first()
  click('[data-hearth-item]')
  second()
  click('[data-hearth-item]')
  expect(opened().length).toBeLessThanOrEqual(2)
})

test('without a catalogue the own cards still count', async () => {
  await capture(visitWith(Promise.reject(new Error('no pack'))))
  click('[data-hearth-item]')
  click('#known')
  expect(opened()).toEqual(['card'])
})
