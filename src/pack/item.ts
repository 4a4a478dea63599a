/** One item as shown to a visitor. Plain text throughout, never markup. */
export interface ItemRecord {
  /** The catalogue's own id. */
  readonly id: string
  readonly title: string
  /** Who made it: authors, director, brand. */
  readonly authors?: readonly string[]
  readonly year?: number
  /** Most specific first. */
  readonly genres?: readonly string[]
  readonly series?: { readonly name: string; readonly position?: number }
  /** What variants and editions of one thing share: a list shows one of them. */
  readonly group?: string
  /** http(s) or relative; anything else was refused by the builder. */
  readonly url?: string
  readonly image?: string
  /** Of `image`, px: room is kept for it before it is here. */
  readonly imageSize?: { readonly width: number; readonly height: number }
  readonly description?: string
  readonly language?: string
  /** In `currency`, which is absent where the catalogue names none. */
  readonly price?: number
  /** The price before this one; only an overlay has it. */
  readonly was?: number
  /** ISO 4217, as `EUR`. */
  readonly currency?: string
  /** False: sold out. Absent where the catalogue does not state it. */
  readonly available?: boolean
  /** The day it came out, ISO 8601: `2016-05-09`. */
  readonly published?: string
}
