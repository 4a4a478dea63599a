/** The face of an item: its picture in the picture's own shape, or a tile with its title. */
import { html, nothing, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import type { ItemRecord } from '../index.ts'

/** Draws an item's tile; undefined: the plain one. Hidden from screen readers. */
export type TileOf = (item: ItemRecord) => Node | TemplateResult | undefined

/** What a face needs of the element it stands in. */
export interface FaceHost {
  readonly tileOf: TileOf | undefined
  /** A checked address, or undefined: no picture, or one that could not be loaded. */
  imageOf(item: ItemRecord): string | undefined
  imageFailed(item: ItemRecord): void
}

export function faceView(item: ItemRecord, host: FaceHost) {
  const image = host.imageOf(item)
  return image
    ? pictureView(image, item.imageSize, () => host.imageFailed(item))
    : tileView(item, host.tileOf)
}

/** Drawn once an item and a `tileOf`, however often it is rendered. */
export const tileView = (item: ItemRecord, tileOf: TileOf | undefined) =>
  guard([item.id, item.title, tileOf], () => tileOf?.(item) ?? plainTile(item.title))

/** The picture fills the box one way and keeps its shape; the box has its size before. */
const pictureView = (
  image: string,
  size: ItemRecord['imageSize'],
  onError: () => void,
) => html`<img
    src=${image} width=${size?.width ?? nothing} height=${size?.height ?? nothing}
    alt="" loading="lazy" decoding="async" @error=${onError} />`

function plainTile(title: string) {
  const initials = initialsOf(title)
  return html`<div class="tile" aria-hidden="true">
    ${initials ? html`<b>${initials}</b>` : nothing}<span dir="auto">${title}</span>
  </div>`
}

/** "The Left Hand" → "TL": the first letters of its first two words, in upper case. */
function initialsOf(title: string): string {
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? []
  return words
    .slice(0, 2)
    .map((word) => [...word][0]!.toUpperCase())
    .join('')
}
