/**
 * What every Hearth element shares: finding its engine, and saying how far it is.
 *
 * @attr pack - URL of the pack's folder, relative to the page; without it, the pack of the
 *   first Hearth element on the page that names one
 * @attr device - webgpu | wasm | js forces one backend; anything else: probed
 * @attr memory - present, on any Hearth element of the page: nothing is stored on the
 *   device
 * @attr state - set by the element: loading | ready | failed. Style on it
 */
import { LitElement, type PropertyDeclarations, type PropertyValues } from 'lit'
import { loadCoverArt } from '../demo/covers/cover-art.ts'
import { type Hearth, openHearth } from '../engine/worker/open-hearth.ts'
import type { ItemRecord } from '../pack/item.ts'
import { safeUrl } from '../pack/safe-url.ts'
import { deviceOf } from './attributes.ts'
import { capturePage } from './capture/page.ts'
import { type Session, sessionOf } from './session.ts'

export type ElementState = 'loading' | 'ready' | 'failed'

const TAGS_WITH_PACK = 'hearth-feed[pack],hearth-related[pack],hearth-search[pack]'
const TAGS_IN_MEMORY =
  'hearth-feed[memory],hearth-related[memory],hearth-search[memory]'

export abstract class HearthElement extends LitElement {
  static override properties: PropertyDeclarations = {
    pack: { type: String },
    device: { type: String },
    memory: { type: Boolean },
    hearth: { attribute: false },
    itemHref: { attribute: false },
    state: { type: String, reflect: true },
  }

  declare pack: string | null
  declare device: string | null
  declare memory: boolean
  /** Set it to share an engine the page has opened itself. */
  declare hearth: Hearth | undefined
  /** Where an item's link leads; default: the item's own address, if it is a safe one. */
  declare itemHref: ((item: ItemRecord) => string) | undefined
  declare state: ElementState

  protected session: Session | undefined
  #leave: (() => void) | undefined

  constructor() {
    super()
    this.pack = null
    this.device = null
    this.memory = false
    this.hearth = undefined
    this.itemHref = undefined
    this.state = 'loading'
  }

  /** Called with an engine at hand: on connecting, and when another pack is named. */
  protected abstract onSession(session: Session): (() => void)[]

  /** @returns undefined for an item that leads nowhere */
  hrefOf(item: ItemRecord): string | undefined {
    if (this.itemHref) return this.itemHref(item)
    return item.url ? safeUrl(item.url) : undefined
  }

  override connectedCallback() {
    super.connectedCallback()
    void loadCoverArt().then(() => this.requestUpdate())
    if (this.hasUpdated) this.#join()
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#part()
  }

  protected override willUpdate(changed: PropertyValues) {
    if (changed.has('pack') || changed.has('hearth')) this.#join()
  }

  #join() {
    this.#part()
    const hearth = this.hearth ?? this.#open()
    this.state = hearth ? 'loading' : 'failed'
    if (!hearth) return
    this.session = sessionOf(hearth)
    const leave = this.onSession(this.session)
    // a page that opens its own engine watches its own pages too
    if (!this.hearth) leave.push(capturePage(this.session))
    this.#leave = () => {
      for (const each of leave) each()
    }
  }

  #part() {
    this.#leave?.()
    this.#leave = undefined
    this.session = undefined
  }

  #open(): Hearth | undefined {
    const named =
      this.pack ?? document.querySelector(TAGS_WITH_PACK)?.getAttribute('pack')
    if (!named) return undefined
    const device = deviceOf(this.device)
    try {
      // one engine serves all: what one element must not store, none stores
      const memoryOnly = this.memory || document.querySelector(TAGS_IN_MEMORY) !== null
      const options = { pack: named, memoryOnly }
      return openHearth(device ? { ...options, device } : options)
    } catch {
      return undefined // e.g. an address that is none, or no workers: shown as failed
    }
  }
}
