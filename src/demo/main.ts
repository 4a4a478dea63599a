/** The demo bookshop: one Hearth, five pages made of its own elements. */
import { html, nothing, render } from 'lit'
import '../elements/define.ts'
import { openHearth } from '../index.ts'
import { coverTile, loadCoverArt } from './covers/cover-art.ts'
import { ItemPageElement } from './item-page.ts'
import { bookshop } from './messages.ts'
import { type Arrival, startNavigation } from './navigation.ts'
import { ResultsElement } from './results-element.ts'
import { hrefOf, itemHref, parseRoute, type Route } from './router.ts'

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

const hearth = openHearth({ pack: PACK })
const main = document.querySelector('main')!
const find = document.querySelector('hearth-search')!
let arrival: Arrival | undefined
let lateLine = 'Opening…'

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
void loadCoverArt().then(draw)
if (import.meta.env.PROD) keepForOffline()

function show(next: Arrival) {
  arrival = next
  draw()
  const { page } = next.route
  if (page === 'you' || page === 'lab') void open(page)
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
      <hearth-feed
        surprise .hearth=${hearth} .messages=${bookshop} .itemHref=${itemHref}
        .tileOf=${coverTile()}></hearth-feed>
    </div>
    ${page(route)}
  `
}

function page(route: Route) {
  if (route.page === 'item')
    return html`<app-item .hearth=${hearth} .itemId=${route.id} .tileOf=${coverTile()}></app-item>`
  if (route.page === 'search') {
    return html`<h1 class="visually-hidden" tabindex="-1">Search: ${route.text}</h1>
      <app-results
        .hearth=${hearth} .messages=${bookshop} .itemHref=${itemHref} .tileOf=${coverTile()}
        .text=${route.text}></app-results>`
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
    ? html`<app-you .hearth=${hearth}></app-you>`
    : html`<app-lab .hearth=${hearth} .run=${route.run}></app-lab>`
}

async function open(page: keyof typeof LATE) {
  const { tag, load } = LATE[page]
  if (customElements.get(tag)) return
  try {
    await load()
  } catch {
    lateLine = 'This page could not be loaded. Try again when you are online.'
  }
  draw()
}

/** Titles known without asking; the other pages announce theirs. */
function titleOf(route: Route): string | undefined {
  if (route.page === 'home') return ''
  if (route.page === 'search') return route.text
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
    navigator.serviceWorker?.register('sw.js').catch(() => {}) // "Offline" on You says so
  })
}

const lost = html`<section class="lost">
  <h1 tabindex="-1">No such page</h1>
  <p>The address leads nowhere here. <a href="#/">Back to the shelves</a></p>
</section>`
