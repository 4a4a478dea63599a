/**
 * What every Hearth element shares: the Hearth it uses, its words, and how far it is.
 *
 * @attr pack - URL of the pack's folder, relative to the page; without it, the pack of the
 *   first Hearth element on the page that names one
 * @attr storage - persistent (the default) | memory: nothing is stored on the device, if
 *   any Hearth element of the page has this value. May be changed later, e.g. on consent
 * @attr backend - webgpu | wasm | js forces one; anything else: the page's `?device=`, or
 *   probed
 * @attr assets - with a bundler: URL of the folder that `hearth copy` made, whose encoder reads
 *   what a visitor types; without it, of the first Hearth element that names one, or, for the
 *   copied script, its own folder
 * @attr framed - presses count in a frame of another origin too, which might have laid
 *   something over a button; without it they do nothing there
 * @attr state - set by the element: loading | ready | failed. Style on it
 */
import { LitElement, type PropertyDeclarations, type PropertyValues } from 'lit'
import type { Hearth, ItemRecord } from '../index.ts'
import { safeUrl } from '../pack/safe-url.ts'
import { warnOfMarkup, warnOnce } from './attributes.ts'
import { type ElementMessages, en } from './messages/en.ts'
import { hearthOfPage, moveStorage } from './page-hearth.ts'
import type { TileOf } from './tile.ts'
import { watchLater } from './watch-later.ts'

type ElementState = 'loading' | 'ready' | 'failed'

/** The message of any thrown value, for a visitor to see. */
export const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error)

export abstract class HearthElement extends LitElement {
  static override properties: PropertyDeclarations = {
    pack: { type: String },
    storage: { type: String },
    backend: { type: String },
    assets: { type: String },
    framed: { type: Boolean },
    hearth: { attribute: false, noAccessor: true },
    messages: { attribute: false },
    itemHref: { attribute: false },
    tileOf: { attribute: false },
    state: { type: String, reflect: true },
  }

  declare pack: string | null
  declare storage: string | null
  declare backend: string | null
  declare assets: string | null
  declare framed: boolean
  /** The words the element shows. Default: English. */
  declare messages: ElementMessages
  /** Where an item's link leads; default: the item's own address, if it is a safe one. */
  declare itemHref: ((item: ItemRecord) => string) | undefined
  /** Draws an item that has no picture; default, or where undefined: a tile with its title. */
  declare tileOf: TileOf | undefined
  declare state: ElementState

  #given: Hearth | undefined
  #used: Hearth | undefined
  #leave: (() => void) | undefined
  /** Ids of items whose picture could not be loaded. */
  readonly #imageless = new Set<string>()

  constructor() {
    super()
    this.pack = null
    this.storage = null
    this.backend = null
    this.assets = null
    this.framed = false
    this.messages = en
    this.itemHref = undefined
    this.tileOf = undefined
    this.state = 'loading'
  }

  /**
   * The Hearth the element uses: call it as the library's own. Set it to share one that the
   * page has opened; its attributes pack and backend then have no effect.
   */
  get hearth(): Hearth | undefined {
    return this.#used ?? this.#given
  }

  set hearth(given: Hearth | undefined) {
    const before = this.#given
    this.#given = given
    this.requestUpdate('hearth', before)
  }

  /** Called with a Hearth at hand: on connecting, and when another pack is named. */
  protected abstract onHearth(hearth: Hearth): (() => void)[]

  /** @returns undefined for an item that leads nowhere */
  hrefOf(item: ItemRecord): string | undefined {
    if (this.itemHref) return this.itemHref(item)
    return item.url ? safeUrl(item.url) : undefined
  }

  imageOf({ id, image }: ItemRecord): string | undefined {
    return image && !this.#imageless.has(id) ? safeUrl(image) : undefined
  }

  imageFailed(item: ItemRecord) {
    this.#imageless.add(item.id)
    this.requestUpdate()
  }

  override connectedCallback() {
    super.connectedCallback()
    const { observedAttributes } = this.constructor as typeof HearthElement
    warnOfMarkup(this, observedAttributes)
    if (this.hasUpdated) this.#join()
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#part()
  }

  protected override willUpdate(changed: PropertyValues) {
    if (changed.has('pack') || changed.has('hearth')) this.#join()
    else if (this.hasUpdated && changed.has('storage')) this.#moveStorage()
  }

  #join() {
    this.#part()
    const hearth = this.#given ?? this.#open()
    this.state = hearth ? 'loading' : 'failed'
    if (!hearth) return
    this.#used = hearth
    const leave = this.onHearth(hearth)
    // a page that opens its own Hearth watches its own pages too
    if (!this.#given) {
      leave.push(
        watchLater(hearth, async () => {
          const { capturePage } = await import('./after-first-list.ts')
          return capturePage(hearth)
        }),
      )
    }
    this.#leave = () => {
      for (const each of leave) each()
    }
  }

  #open(): Hearth | undefined {
    try {
      return hearthOfPage(this)
    } catch (error) {
      // a sandboxed frame, which may start no worker: the slot is all there is
      warnOnce(messageOf(error))
      return undefined
    }
  }

  #part() {
    this.#leave?.()
    this.#leave = undefined
    this.#used = undefined
  }

  #moveStorage() {
    warnOfMarkup(this, (this.constructor as typeof HearthElement).observedAttributes)
    if (this.#used) moveStorage(this.#used, this.storage)
  }
}
