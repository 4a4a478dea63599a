/** The demo bookshop: one engine, five pages made of Hearth's own elements. */
import { html, nothing, render } from 'lit'
import { deviceOf } from '../widget/attributes.ts'
import '../widget/define.ts'
import type { ItemRecord } from '../catalogue/item-record.ts'
import { visitOf } from '../widget/visit.ts'
import { openHearth } from '../worker/open-hearth.ts'
import { ItemPageElement } from './item-page.ts'
import { type Arrival, startNavigation } from './navigation.ts'
import { ProfileToolsElement } from './profile-tools.ts'
import { ResultsElement } from './results-element.ts'
import { hrefOf, parseRoute, type Route } from './router.ts'
import { YouPageElement } from './you-page.ts'

const PACK = 'catalogues/books'
const SHOP = 'Hearth'

customElements.define('app-item', ItemPageElement)
customElements.define('app-you', YouPageElement)
customElements.define('app-results', ResultsElement)
customElements.define('app-profile-tools', ProfileToolsElement)

const device = deviceOf(new URLSearchParams(location.search).get('device'))
const hearth = openHearth(device ? { pack: PACK, device } : { pack: PACK })
const visit = visitOf(hearth)
const main = document.querySelector('main')!
const find = document.querySelector('hearth-search')!
const itemHref = ({ id }: ItemRecord) => hrefOf({ page: 'item', id })
let arrival: Arrival | undefined
let labLine = 'Opening…'

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
visit.onChange(() => void countSignals())
startNavigation(window, show)
void countSignals()
if (import.meta.env.PROD) keepForOffline()

function show(next: Arrival) {
  arrival = next
  render(shop(next.route), main)
  if (next.route.page === 'lab') void openLab()
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
    return html`<app-item .visit=${visit} .itemId=${route.id}></app-item>`
  if (route.page === 'you') return html`<app-you .visit=${visit}></app-you>`
  if (route.page === 'search') {
    return html`<h1 class="said" tabindex="-1">Search: ${route.text}</h1>
      <app-results .hearth=${hearth} .itemHref=${itemHref} .text=${route.text}></app-results>`
  }
  if (route.page === 'lab') {
    return customElements.get('app-lab')
      ? html`<app-lab .visit=${visit} .run=${route.run}></app-lab>`
      : html`<p role="status">${labLine}</p>`
  }
  if (route.page === 'lost') return lost
  return nothing
}

/** The Lab's own code, and the library that draws, come when somebody goes there. */
async function openLab() {
  try {
    ;(await import('./lab-page.ts')).defineLab()
  } catch {
    labLine = 'The Lab could not be loaded.'
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
