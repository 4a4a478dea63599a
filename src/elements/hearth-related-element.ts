/**
 * <hearth-related> — what goes with one item: the one the page is about, or the one named.
 *
 * @attr pack, storage, backend, state - see HearthElement
 * @attr item - the item's id in the catalogue, or its address from the page; without it, the
 *   item that has the address of the page, or the page's canonical one
 * @attr count - how many, 1–50; 12 if absent or not a number
 * @attr heading - over the row; "Close to it" if absent
 * @attr filter, exclude, boost, threshold, fallback - see <hearth-feed>
 * @prop hearth, messages, itemHref, tileOf - see HearthElement
 * @slot, @csspart, @fires - as <hearth-feed>
 */
import type { PropertyValues } from 'lit'
import type { Hearth } from '../index.ts'
import { countOf } from './attributes.ts'
import { addressesOf, pageItem } from './capture/addresses.ts'
import { listen } from './capture/capture.ts'
import { ItemListElement } from './item-list-element.ts'
import { parseAddress } from './parse-address.ts'
import type { ShownShelf } from './shelf.ts'
import { hasWishes } from './wishes.ts'

/** What a generator gives as a page's address; an id that begins so is found by its address. */
const ADDRESS = /^(\/|https?:\/\/)/

export class HearthRelatedElement extends ItemListElement {
  static override properties = {
    ...ItemListElement.properties,
    item: { type: String },
    count: { type: String },
    heading: { type: String },
  }

  declare item: string | null
  declare count: string | null
  declare heading: string | null

  constructor() {
    super()
    this.item = null
    this.count = null
    this.heading = null
  }

  protected override onHearth(hearth: Hearth) {
    const onAddress = () => {
      if (this.item === null) void this.refresh()
    }
    // a site that changes its pages by script: another address, another item
    const stops = [listen(window, { popstate: onAddress, hashchange: onAddress })]
    const { navigation } = window as { navigation?: EventTarget }
    if (navigation) stops.push(listen(navigation, { currententrychange: onAddress }))
    return [...super.onHearth(hearth), ...stops]
  }

  /** The id of the item asked about; undefined where the page is about none. */
  async #itemId(hearth: Hearth): Promise<string | undefined> {
    const { item } = this
    if (item !== null && !ADDRESS.test(item)) return item
    const addresses = await addressesOf(hearth)
    if (item === null) return pageItem(addresses)
    const address = parseAddress(item, document.baseURI)
    return (address && addresses.idOf(address.href)) ?? item
  }

  protected override async ask(hearth: Hearth): Promise<readonly ShownShelf[]> {
    const item = await this.#itemId(hearth)
    if (!item) return []
    const options = {
      count: countOf(this.count),
      ...(hasWishes(this) ? await this.listOptions() : {}),
    }
    const { items, slate } = await hearth.related(item, options)
    const others = items.filter(({ id }) => id !== item)
    if (others.length === 0) return []
    const title = this.heading ?? this.messages.list.related
    return [{ key: `related:${item}`, title, items: others, slate }]
  }

  protected override willUpdate(changed: PropertyValues) {
    super.willUpdate(changed)
    const isAsked = ['item', 'count', 'heading'].some((name) => changed.has(name))
    if (this.hasUpdated && isAsked) void this.refresh()
  }

  protected override skeletonCount() {
    return Math.min(countOf(this.count), 8)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'hearth-related': HearthRelatedElement
  }
}
