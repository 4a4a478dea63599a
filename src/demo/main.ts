/** The demo bookshop: one Hearth, five pages made of its own elements. */
import { html, nothing, render } from 'lit'
import { canRun } from '../elements/can-run.ts'
import '../elements/define.ts'
import { openHearth } from '../index.ts'
import { isComparing } from './compare-choice.ts'
import { coverTile, loadCovers } from './covers/cover-art.ts'
import { bookshop } from './messages.ts'
import {
  type Arrival,
  hrefOf,
  itemHref,
  parseRoute,
  type Route,
  startNavigation,
} from './router.ts'

// `too-old.js` tells the visitor
if (!canRun()) throw new Error('Hearth: nothing was started')

const PACK = 'catalogues/books'
const SHOP = 'Hearth'

/** Pages whose code comes when somebody goes there. */
const LATE = {
  item: {
    tag: 'app-item',
    load: async () => (await import('./item-page.ts')).ItemPageElement,
  },
  search: {
    tag: 'app-results',
    load: async () => (await import('./results-element.ts')).ResultsElement,
  },
  you: {
    tag: 'app-you',
    load: async () => (await import('./you-page.ts')).YouPageElement,
  },
  lab: {
    tag: 'app-lab',
    load: async () => {
      const { definePlots, LabPageElement } = await import('./lab/lab-page.ts')
      definePlots()
      return LabPageElement
    },
  },
}
type LatePage = keyof typeof LATE
const isLate = (page: string): page is LatePage => Object.hasOwn(LATE, page)

const hearth = openHearth({ pack: PACK })
const main = document.querySelector('main')!
const find = document.querySelector('hearth-search')!
let arrival: Arrival | undefined
let lateLine = 'Opening…'
/** Of this page: what was answered on it stays to be seen. */
const isUnknown = !isWelcomed()

find.hearth = hearth
find.itemHref = itemHref
find.messages = bookshop
find.addEventListener('hearth-search', ({ text }) => {
  location.hash = hrefOf({ page: 'search', text })
})
document.querySelector('.skip')!.addEventListener('click', (event) => {
  event.preventDefault() // the address is the route's
  heading()?.focus()
})
main.addEventListener('page-ready', ({ title }) => arriveAt(title))
hearth.on('change', () => void countEvents())
startNavigation(window, show)
void countEvents()
void loadCovers().then(() => {
  draw()
  void open('item') // the likeliest next page: no wait at the first click
})
if (import.meta.env.PROD) keepForOffline()

function show(next: Arrival) {
  arrival = next
  draw()
  const { page } = next.route
  if (isLate(page)) void open(page)
  find.value = next.route.page === 'search' ? next.route.text : ''
  const title = titleOf(next.route)
  if (title !== undefined) arriveAt(title)
}

/** Draws the page of the address, with the covers that are here. */
function draw() {
  find.tileOf = coverTile()
  render(shop(parseRoute(location.hash)), main)
}

/** Home stays in place, hidden: coming back finds its shelves as they were left. */
function shop(route: Route) {
  return html`
    <div ?hidden=${route.page !== 'home'}>
      <h1 class="visually-hidden" tabindex="-1">Books for you</h1>
      ${isUnknown ? welcome() : nothing}
      <hearth-feed
        surprise ?compare=${isComparing()} .hearth=${hearth} .messages=${bookshop} .itemHref=${itemHref}
        .tileOf=${coverTile()}></hearth-feed>
    </div>
    ${page(route)}
  `
}

/** As `elements/welcome-memory.ts` knows it, whose script is not here yet. */
function isWelcomed() {
  try {
    return 'hearth-welcome' in localStorage
  } catch {
    return false
  }
}

/** Room for one line at once; what stands in it is loaded after the first shelves. */
function welcome() {
  const tileOf = coverTile()
  return tileOf
    ? html`<hearth-welcome .hearth=${hearth} .messages=${bookshop} .tileOf=${tileOf}></hearth-welcome>`
    : html`<div class="welcome"></div>`
}

function page(route: Route) {
  if (isLate(route.page) && !customElements.get(LATE[route.page].tag)) {
    return html`<p role="status">${lateLine}</p>`
  }
  if (route.page === 'item')
    return html`<app-item .hearth=${hearth} .itemId=${route.id} .tileOf=${coverTile()}></app-item>`
  if (route.page === 'search') {
    return html`<h1 class="visually-hidden" tabindex="-1">Search: ${route.text}</h1>
      <app-results
        .hearth=${hearth} .messages=${bookshop} .itemHref=${itemHref} .tileOf=${coverTile()}
        .text=${route.text}></app-results>`
  }
  if (route.page === 'you') return html`<app-you .hearth=${hearth}></app-you>`
  if (route.page === 'lab')
    return html`<app-lab .hearth=${hearth} .run=${route.run}></app-lab>`
  return route.page === 'lost' ? lostView() : nothing
}

/** Loads a page's code and draws it, if it is still the one that is asked for. */
async function open(page: LatePage) {
  const { tag, load } = LATE[page]
  if (customElements.get(tag)) return
  try {
    const element = await load()
    if (!customElements.get(tag)) customElements.define(tag, element)
  } catch {
    lateLine = 'This page could not be loaded. Try again when you are online.'
  }
  draw()
  const route = parseRoute(location.hash)
  const title = route.page === page ? titleOf(route) : undefined
  if (title !== undefined) arriveAt(title)
}

/** Titles known without asking; the other pages announce theirs. */
function titleOf(route: Route): string | undefined {
  if (route.page === 'home') return ''
  if (route.page === 'search' && customElements.get(LATE.search.tag)) return route.text
  return route.page === 'lost' ? 'No such page' : undefined
}

/** The page can be read: name the tab, move the focus to its heading, scroll. */
function arriveAt(title: string) {
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

/** "You · 7 events, only here": all that is in the log. */
async function countEvents() {
  const state = await hearth.state().catch(() => undefined)
  if (!state) return
  const { events } = state
  const line = `${events} ${events === 1 ? 'event' : 'events'}, only here`
  document.querySelector('#events')!.textContent = line
}

/** The built site's service worker; where there can be none, the shop needs its network. */
function keepForOffline() {
  addEventListener('load', () => {
    navigator.serviceWorker?.register('sw.js').catch(() => {}) // "Offline" on You shows it
  })
}

function lostView() {
  return html`<section class="lost">
  <h1 tabindex="-1">No such page</h1>
  <p>The address leads nowhere here. <a href="#/">Back to the shelves</a></p>
</section>`
}
