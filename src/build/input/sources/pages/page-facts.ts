/** What one place of a page (its head, its structured data, …) states about the page. */

export interface PageImage {
  readonly src: string
  /** px, where the page states them. */
  readonly width?: number
  readonly height?: number
}

export interface PageFacts {
  readonly title?: string
  readonly description?: string
  /** As the page writes it, perhaps relative to the page. */
  readonly image?: PageImage
  readonly language?: string
  readonly authors?: readonly string[]
  /** Categories from the root to the leaf. */
  readonly path?: readonly string[]
  readonly tags?: readonly string[]
  readonly published?: string
  readonly modified?: string
  readonly price?: unknown
  readonly currency?: string
  readonly available?: unknown
  readonly series?: string
  readonly position?: unknown
  /** What no field of an item holds, by its column's name. */
  readonly others?: ReadonlyMap<string, unknown>
}

/** The first place that states a fact wins; tags and other columns of all are joined. */
export function mergeFacts(places: readonly PageFacts[]): PageFacts {
  const merged: Record<string, unknown> = {}
  const others = new Map<string, unknown>()
  for (const place of places) {
    for (const [name, value] of Object.entries(place)) {
      if (value === undefined || value === '' || Object.hasOwn(merged, name)) continue
      if (Array.isArray(value) && value.length === 0) continue
      merged[name] = value
    }
    for (const [name, value] of place.others ?? []) {
      if (!others.has(name)) others.set(name, value)
    }
  }
  const tags = [...new Set(places.flatMap(({ tags = [] }) => tags))]
  return { ...merged, tags, others }
}

/** A width or height in px: `640`, `640px`. */
export function pixels(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string') return undefined
  const number = Number(/^\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$/i.exec(text)?.[1])
  return number > 0 ? number : undefined
}

/** Both or neither: one alone keeps no room for a picture. */
export function imageOf(src: string, width: unknown, height: unknown): PageImage {
  const [w, h] = [pixels(width), pixels(height)]
  return w !== undefined && h !== undefined ? { src, width: w, height: h } : { src }
}
