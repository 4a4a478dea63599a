/** <app-you> — what Hearth knows of the visitor: the log, the taste, and this device. */
import { html, nothing, type TemplateResult } from 'lit'
import { define } from '../elements/define.ts'
import { HearthTasteElement } from '../elements/hearth-taste-element.ts'
import type { HearthState } from '../index.ts'
import { deviceLines, deviceView } from './device-lines.ts'
import { learningView } from './learning-view.ts'
import { PageElement, PageReadyEvent } from './page-element.ts'
import { bookshopProfile } from './profile-messages.ts'
import { itemHref } from './router.ts'

define('hearth-taste', HearthTasteElement)

/** What stands beside the log, from the top down; each draws nothing where it has nothing. */
const SECTIONS: readonly ((page: YouPageElement) => TemplateResult | typeof nothing)[] =
  [
    ({ hearth }) =>
      html`<hearth-taste .hearth=${hearth} .messages=${bookshopProfile}></hearth-taste>`,
    ({ device, hearth }) =>
      device
        ? learningView(device.learning, () => void hearth.profile.resetLearning())
        : nothing,
    ({ device }) =>
      device ? deviceView(deviceLines(device, surroundings())) : nothing,
  ]

export class YouPageElement extends PageElement {
  static override properties = {
    ...PageElement.properties,
    device: { state: true },
  }

  declare device: HearthState | undefined
  #leaveState: (() => void) | undefined

  constructor() {
    super()
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
    const device = await this.hearth.state()
    return () => {
      this.device = device
    }
  }

  protected override render(): TemplateResult {
    return html`
      <h1 tabindex="-1">What Hearth knows</h1>
      <div class="two">
        <hearth-profile .hearth=${this.hearth} .messages=${bookshopProfile} .itemHref=${itemHref}>
          <a class="pill" href="#/">To the shelves</a>
        </hearth-profile>
        <div class="side">
          ${SECTIONS.map((section) => section(this))}
        </div>
      </div>
    `
  }
}

const surroundings = () => ({
  isOnline: navigator.onLine,
  isKept: Boolean(navigator.serviceWorker?.controller),
})
