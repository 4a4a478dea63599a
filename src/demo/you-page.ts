/** <app-you> — what Hearth knows of the visitor: the log, the taste, and this device. */
import { html, nothing, svg, type TemplateResult } from 'lit'
import type { HearthState, OpenCounts, TasteSummary } from '../index.ts'
import { isComparing, setComparing } from './compare-choice.ts'
import { deviceLines, deviceView } from './device-lines.ts'
import { opensView } from './opens-view.ts'
import { PageElement, PageReadyEvent } from './page-element.ts'
import { bookshopProfile } from './profile-messages.ts'
import { itemHref } from './router.ts'

export class YouPageElement extends PageElement {
  static override properties = {
    ...PageElement.properties,
    taste: { state: true },
    opens: { state: true },
    isComparing: { state: true },
    device: { state: true },
  }

  declare private taste: TasteSummary | undefined
  declare private opens: OpenCounts | undefined
  declare private isComparing: boolean
  declare private device: HearthState | undefined
  #leaveState: (() => void) | undefined

  constructor() {
    super()
    this.taste = undefined
    this.opens = undefined
    this.isComparing = isComparing()
    this.device = undefined
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#leaveState = this.hearth.on('state', (state) => {
      this.device = state
    })
    void this.updateComplete.then(() => this.dispatchEvent(new PageReadyEvent('You')))
  }

  override disconnectedCallback() {
    this.#leaveState?.()
    super.disconnectedCallback()
  }

  protected override async load() {
    const [taste, opens, device] = await Promise.all([
      this.hearth.profile.taste(),
      this.hearth.profile.opens(),
      this.hearth.state(),
    ])
    return () => {
      this.taste = taste
      this.opens = opens
      this.device = device
    }
  }

  #comparison() {
    const choose = (isOn: boolean) => {
      this.isComparing = setComparing(isOn)
    }
    return { isOn: this.isComparing, choose }
  }

  protected override render(): TemplateResult {
    const { taste, opens, device } = this
    return html`
      <h1 tabindex="-1">What Hearth knows</h1>
      <div class="two">
        <hearth-profile .hearth=${this.hearth} .messages=${bookshopProfile} .itemHref=${itemHref}>
          <a class="pill" href="#/">To the shelves</a>
        </hearth-profile>
        <div class="side">
          ${taste ? tasteView(taste) : nothing}
          ${opens ? opensView(opens, this.#comparison()) : nothing}
          ${device ? deviceView(deviceLines(device, surroundings())) : nothing}
        </div>
      </div>
    `
  }
}

const surroundings = () => ({
  isOnline: navigator.onLine,
  isKept: Boolean(navigator.serviceWorker?.controller),
})

/** Bars of taste. */
const MAX_BARS = 8

/** Genres by weight, as bars; nothing for no taste yet. */
function tasteView({ attributes }: TasteSummary) {
  if (attributes.length === 0) return nothing
  return html`<section class="taste">
    <h2>Your taste now</h2>
    <dl>
      ${attributes.slice(0, MAX_BARS).map(
        ({ name, share }) => html`<div>
          <dt>${name}</dt>
          <dd>
            <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
              ${svg`<rect width=${share * 100} height="8"></rect>`}
            </svg>
            <span>${Math.round(share * 100)}</span>
          </dd>
        </div>`,
      )}
    </dl>
  </section>`
}
