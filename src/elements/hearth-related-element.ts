/**
 * <hearth-related item="id"> — what goes with one item.
 *
 * @attr pack, storage, backend, state - see HearthElement
 * @attr item - the item's id in the catalogue
 * @attr count - how many, 1–50; 12 if absent or not a number
 * @attr heading - over the row; "Close to it" if absent
 * @attr filter, exclude, boost, threshold, fallback - see <hearth-feed>
 * @prop hearth, messages, itemHref, tileOf - see HearthElement
 * @slot, @csspart, @fires - as <hearth-feed>
 */
import type { PropertyValues } from 'lit'
import type { Hearth } from '../index.ts'
import { countOf } from './attributes.ts'
import { ItemListElement } from './item-list-element.ts'
import type { ShownShelf } from './shelf.ts'
import { hasWishes } from './wishes.ts'

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

  protected override async ask(hearth: Hearth): Promise<readonly ShownShelf[]> {
    const { item } = this
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
