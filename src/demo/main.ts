/** The demo bookshop: one engine, five pages made of Hearth's own elements. */
import { html, nothing, render } from 'lit'
import { deviceOf } from '../elements/attributes.ts'
import '../elements/define.ts'
import { sessionOf } from '../elements/session.ts'
import { openHearth } from '../engine/worker/open-hearth.ts'
import type { ItemRecord } from '../pack/item.ts'
import { ItemPageElement } from './item-page.ts'
import { type Arrival, startNavigation } from './navigation.ts'
import { ResultsElement } from './results-element.ts'
import { hrefOf, parseRoute, type Route } from './router.ts'

const PACK = 'catalogues/books'
const SHOP = 'Hearth'

customElements.define('app-item', ItemPageElement)
customElements.define('app-results', ResultsElement)

/** Pages whose code comes when somebody goes there. */
const LATE = {
  you: {
    tag: 'app-you',
    load: () => import('./you-page.ts').then((m) => m.defineYou()),
  },
  lab: {
    tag: 'app-lab',
    load: () => import('./lab/page.ts').then((m) => m.defineLab()),
  },
}

const device = deviceOf(new URLSearchParams(location.search).get('device'))
const hearth = openHearth(device ? { pack: PACK, device } : { pack: PACK })
const session = sessionOf(hearth)
const main = document.querySelector('main')!
const find = document.querySelector('hearth-search')!
const itemHref = ({ id }: ItemRecord) => hrefOf({ page: 'item', id })
let arrival: Arrival | undefined
let lateLine = 'Opening…'

find.hearth = hearth
find.itemHref = itemHref
find.addEventListener('hearth-search', ({ text }) => {
  location.hash = hrefOf({ page: 'search', text })
})
document.querySelector('.skip')!.addEventListener('click', (event) => {
  event.preventDefault() // the address is the route's
  heading()?.focus()
})
main.addEventListener('page-ready', ({ title }) => settleOn(title))
session.onChange(() => void countSignals())
startNavigation(window, show)
void countSignals()
if (import.meta.env.PROD) keepForOffline()

function show(next: Arrival) {
  arrival = next
  render(shop(next.route), main)
  const { page } = next.route
  if (page === 'you' || page === 'lab') void open(page)
  find.value = next.route.page === 'search' ? next.route.text : ''
  const title = titleOf(next.route)
  if (title !== undefined) settleOn(title)
}

/** Home stays in place, hidden: coming back finds its shelves as they were left. */
function shop(route: Route) {
  return html`
    <div ?hidden=${route.page !== 'home'}>
      <h1 class="said" tabindex="-1">Books for you</h1>
      <hearth-feed surprise .hearth=${hearth} .itemHref=${itemHref}></hearth-feed>
    </div>
    ${page(route)}
  `
}

function page(route: Route) {
  if (route.page === 'item')
    return html`<app-item .session=${session} .itemId=${route.id}></app-item>`
  if (route.page === 'search') {
    return html`<h1 class="said" tabindex="-1">Search: ${route.text}</h1>
      <app-results .hearth=${hearth} .itemHref=${itemHref} .text=${route.text}></app-results>`
  }
  if (route.page === 'you' || route.page === 'lab') return latePage(route)
  if (route.page === 'lost') return lost
  return nothing
}

function latePage(route: Route & { readonly page: keyof typeof LATE }) {
  if (!customElements.get(LATE[route.page].tag)) {
    return html`<p role="status">${lateLine}</p>`
  }
  return route.page === 'you'
    ? html`<app-you .session=${session}></app-you>`
    : html`<app-lab .session=${session} .run=${route.run}></app-lab>`
}

async function open(page: keyof typeof LATE) {
  const { tag, load } = LATE[page]
  if (customElements.get(tag)) return
  try {
    await load()
  } catch {
    lateLine = 'This page could not be loaded. Try again when you are online.'
  }
  render(shop(parseRoute(location.hash)), main)
}

/** Titles known without asking; the other pages tell when they are ready. */
function titleOf(route: Route): string | undefined {
  if (route.page === 'home') return ''
  if (route.page === 'search') return route.text
  return route.page === 'lost' ? 'No such page' : undefined
}

/** The page can be read: name the tab, move the focus to its heading, scroll. */
function settleOn(title: string) {
  document.title = title
    ? `${title} · ${SHOP}`
    : `${SHOP}: books, picked on your device`
  if (!arrival) return
  const { isFirst, scrollTop } = arrival
  arrival = undefined
  if (isFirst) return
  heading()?.focus({ preventScroll: true })
  window.scrollTo({ top: scrollTop, behavior: 'instant' })
}

const heading = () =>
  [...main.querySelectorAll('h1')].find((h1) => !h1.closest('[hidden]'))

/** "You · 7 signals, only here" */
async function countSignals() {
  const events = await hearth.engine.events().catch(() => undefined)
  const count = events?.filter(({ signal }) => signal.kind !== 'impression').length
  const line = document.querySelector('#signals')!
  if (count === undefined) return
  line.textContent = `${count} ${count === 1 ? 'signal' : 'signals'}, only here`
}

/** The built site's service worker; where there can be none, the shop needs its network. */
function keepForOffline() {
  addEventListener('load', () => {
    navigator.serviceWorker?.register('sw.js').catch(() => {}) // "Offline" on You says so
  })
}

const lost = html`<section class="lost">
  <h1 tabindex="-1">No such page</h1>
  <p>The address leads nowhere here. <a href="#/">Back to the shelves</a></p>
</section>`
