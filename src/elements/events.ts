import type { ItemRecord } from '../index.ts'

/**
 * A visitor chose an item. Cancel it to do something else than follow the item's address;
 * an item without one does nothing by itself.
 */
export class HearthOpenEvent extends Event {
  readonly item: ItemRecord

  constructor(item: ItemRecord) {
    super('hearth-open', { bubbles: true, composed: true, cancelable: true })
    this.item = item
  }
}

/** A visitor pressed Enter in <hearth-search>. */
export class HearthSearchEvent extends Event {
  readonly text: string

  constructor(text: string) {
    super('hearth-search', { bubbles: true, composed: true })
    this.text = text
  }
}

interface HearthEventMap {
  'hearth-open': HearthOpenEvent
  'hearth-search': HearthSearchEvent
}

declare global {
  interface HTMLElementEventMap extends HearthEventMap {}
  interface DocumentEventMap extends HearthEventMap {}
}
