/**
 * <hearth-related item="id"> — what goes with one item.
 *
 * @attr pack, device, memory, state - see HearthElement
 * @attr item - the item's id in the catalogue
 * @attr count - how many, 1–50; 12 if absent or not a number
 * @attr heading - over the row; "Close to it" if absent
 * @slot, @csspart, @fires - as <hearth-feed>
 */
import type { PropertyValues } from 'lit'
import type { Engine, Shelf } from '../engine/engine.ts'
import { countOf } from './attributes.ts'
import { PickListElement } from './pick-list-element.ts'

export class HearthRelatedElement extends PickListElement {
  static override properties = {
    ...PickListElement.properties,
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

  protected override async ask(engine: Engine): Promise<readonly Shelf[]> {
    if (!this.item) return []
    const picks = await engine.related(this.item, countOf(this.count))
    if (picks.length === 0) return []
    const title = this.heading ?? 'Close to it'
    return [{ kind: 'because', key: `related:${this.item}`, title, picks }]
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
