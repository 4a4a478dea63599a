/**
 * The page of `serve`: the pack in Hearth's own elements, a made-up visitor to try it with,
 * and what the build found. The elements come from hearth.js; nothing is stored.
 */

import type { PreviewFacts } from '../build/preview/preview-facts.ts'
import type { HearthElement } from '../elements/hearth-element.ts'
import type { HearthRelatedElement } from '../elements/hearth-related-element.ts'
import type { Hearth, HearthState, ItemDetail, ItemRecord } from '../index.ts'

/** Likes of the made-up visitor at each stop of the slider. */
const STOPS = [0, 1, 3, 10, 30]

function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no #${id}`)
  return found as T
}

const amount = byId<HTMLInputElement>('amount')
const taste = byId<HTMLSelectElement>('taste')

/** What the address remembers, so that a page that loads itself again is as it was. */
interface Place {
  readonly amount: number
  readonly taste: number
  readonly item: string | undefined
}

function readPlace(): Place {
  const words = new URLSearchParams(location.hash.slice(1))
  const whole = (name: string, end: number) => {
    const value = Number(words.get(name))
    return Number.isInteger(value) && value >= 0 && value < end ? value : 0
  }
  return {
    amount: whole('amount', STOPS.length),
    taste: whole('taste', taste.options.length),
    item: words.get('item') ?? undefined,
  }
}

function hashOf(item: string | undefined): string {
  const words = new URLSearchParams({ amount: amount.value, taste: taste.value })
  if (item !== undefined) words.set('item', item)
  return `#${words}`
}

function linkToLists() {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-lists]')) {
    link.href = hashOf(undefined)
  }
}

const itemHref = ({ id }: ItemRecord) => hashOf(id)

// The lists.

async function openElements(): Promise<Hearth> {
  await customElements.whenDefined('hearth-feed')
  const elements = document.querySelectorAll<HearthElement>(
    'hearth-feed, hearth-related, hearth-search',
  )
  for (const element of elements) element.itemHref = itemHref
  const feed = document.querySelector<HearthElement>('hearth-feed')
  await feed?.updateComplete
  if (!feed?.hearth) throw new Error('the pack cannot be opened.')
  return feed.hearth
}

/** One visitor after another: the last one asked for is who stays. */
function createVisitors(hearth: Hearth, { visitors }: PreviewFacts) {
  let newest = Promise.resolve()
  let asked = 0
  return (): Promise<void> => {
    const number = ++asked
    const likes = STOPS[amount.valueAsNumber]
    const items = visitors[Number(taste.value)]?.items.slice(0, likes) ?? []
    showAmount(items.length, likes)
    newest = newest.then(async () => {
      if (number !== asked) return // the slider has moved on
      await hearth.profile.erase()
      await hearth.record(items.map((item) => ({ kind: 'like' as const, item })))
    })
    return newest
  }
}

function showAmount(count: number, wanted: number) {
  const likes = count === 1 ? '1 item' : `${count} items`
  const all = count < wanted ? `${likes}, all there are` : likes
  byId('amount-words').textContent = wanted === 0 ? 'nothing yet: a stranger' : all
  amount.setAttribute('aria-valuetext', wanted === 0 ? 'a stranger' : all)
}

// One item.

async function showItem(hearth: Hearth, id: string | undefined) {
  const detail = id === undefined ? undefined : await hearth.item(id)
  byId('item').hidden = detail === undefined
  byId('lists').hidden = detail !== undefined
  if (!detail) return
  const { item } = detail
  byId('item-title').textContent = item.title
  byId('item-by').textContent = item.authors?.join(', ') ?? ''
  byId('item-text').textContent = item.description ?? ''
  byId('item-facts').replaceChildren(...factsOf(detail))
  byId('item-reasons').replaceChildren(
    ...detail.attributes.map(({ relation, name }) =>
      textOf('li', `${relation}: ${name}`),
    ),
  )
  const related = document.querySelector<HearthRelatedElement>('hearth-related')
  if (related) related.item = item.id
  byId('like').onclick = () => void hearth.record({ kind: 'like', item: item.id })
}

function factsOf({ item }: ItemDetail): HTMLElement[] {
  const { price, currency = '', available, year, published, language, url } = item
  const facts: [string, unknown][] = [
    ['id', item.id],
    ['categories', item.genres?.join(', ')],
    ['series', item.series?.name],
    ['year', year],
    ['published', published],
    ['price', price === undefined ? undefined : `${price} ${currency}`],
    ['available', available],
    ['language', language],
    ['address', url],
    ['probability', item.match?.toFixed(2) ?? 'not measured'],
  ]
  return facts.flatMap(([name, value]) =>
    value === undefined ? [] : [textOf('dt', name), textOf('dd', String(value))],
  )
}

// What the build found.

function textOf(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag)
  element.textContent = text
  return element
}

function showFacts(facts: PreviewFacts, state: HearthState) {
  const { components, sizes, items } = facts
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  const groups: [string, readonly string[]][] = [
    ['Since the last build', facts.changes],
    ['What was read', facts.read],
    ['Kept attributes', facts.columns],
    ['Components', [`on: ${listed(components.on)}`, `off: ${listed(components.off)}`]],
    ['Notes', facts.notes],
    [
      'Bytes a page loads',
      [
        ...sizes.map(({ name, bytes }) => `${name}: ${amountOf(bytes)}`),
        `in all: ${amountOf(total)}, ${(total / items).toFixed(0)} B an item`,
      ],
    ],
    ['In this page', stateLines(state)],
  ]
  const shown = groups
    .filter(([, lines]) => lines.length > 0)
    .flatMap(([title, lines]) => {
      const list = document.createElement('ul')
      list.append(...lines.map((line) => textOf('li', line)))
      return [textOf('h3', title), list]
    })
  byId('facts-list').replaceChildren(...shown)
}

function stateLines({ scan, events, encoder, towers, profile }: HearthState): string[] {
  return [
    `profile: in ${profile.mode === 'memory' ? 'memory alone, gone with the page' : 'IndexedDB'}`,
    `events: ${events}`,
    `scan: ${scan}`,
    `text encoder: ${encoder.state}${encoder.backend ? ` on ${encoder.backend}` : ''}`,
    `towers: ${towers.state}${towers.backend ? ` on ${towers.backend}` : ''}`,
  ]
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}

function amountOf(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`
}

// A build that is made again: the page loads itself, where it was.

function followChanges() {
  new EventSource('changes').addEventListener('changed', () => {
    history.replaceState({ scroll: scrollY }, '')
    location.reload()
  })
}

/** Lists arrive one by one: it is tried until the page is tall enough. */
function restoreScroll() {
  const { scroll } = (history.state ?? {}) as { scroll?: number }
  if (typeof scroll !== 'number') return
  const until = performance.now() + 3000
  const step = () => {
    scrollTo(0, scroll)
    const isThere = Math.abs(scrollY - scroll) < 2
    if (!isThere && performance.now() < until) requestAnimationFrame(step)
    else history.replaceState(null, '')
  }
  step()
}

async function start() {
  const response = await fetch('facts.json')
  const facts = (await response.json()) as PreviewFacts
  document.title = `${facts.name}: preview`
  byId('name').textContent = facts.name
  byId('count').textContent = `${facts.items} items`
  taste.replaceChildren(
    ...facts.visitors.map(({ likes }, n) => new Option(likes, String(n))),
  )
  const place = readPlace()
  amount.value = String(place.amount)
  taste.value = String(place.taste)
  linkToLists()
  followChanges()
  const hearth = await openElements()
  const change = createVisitors(hearth, facts)
  const refreshState = async () => showFacts(facts, await hearth.state())
  const onVisitor = () => {
    history.replaceState(history.state, '', hashOf(readPlace().item))
    linkToLists()
    change().then(refreshState).catch(showBroken)
  }
  amount.addEventListener('input', onVisitor)
  taste.addEventListener('input', onVisitor)
  byId('visitor').addEventListener('submit', (event) => event.preventDefault())
  addEventListener('hashchange', async () => {
    const { item } = readPlace()
    await showItem(hearth, item)
    scrollTo(0, 0)
    if (item !== undefined) byId('item-title').focus()
  })
  await change()
  await showItem(hearth, readPlace().item) // it may be another by now
  await refreshState()
  hearth.on('state', (state) => showFacts(facts, state))
  restoreScroll()
}

function showBroken(error: unknown) {
  const broken = byId('broken')
  broken.hidden = false
  broken.textContent = `The preview cannot be shown: ${
    error instanceof Error ? error.message : String(error)
  }`
}

start().catch(showBroken)
