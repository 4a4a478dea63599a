/**
 * Series in order: of a series begun the next volume, else the first. A middle volume of a
 * series not begun is no pick, and what collects volumes is none beside them.
 */
import type { ItemRecord } from '../pack/item.ts'
import type { AttributeBlock } from '../pack/pack.ts'
import { attributesOf, indexAttributes } from './attributes.ts'

/** What stands in a visitor's history: how far they are in a series comes of it. */
interface Read {
  readonly index: number
  readonly kind?: string
}

/** Whether a list may hold this item, by what was read of its series. */
export type IsDue = (index: number) => boolean

/** The numbered volumes of a series in this catalogue. */
interface Volumes {
  /** Rising whole numbers above 0, each once. */
  readonly whole: readonly number[]
  /** Where it begins; undefined where its beginning is not in the catalogue. */
  readonly first: number | undefined
}

/**
 * A numbered row longer than this is no story: episodes of a podcast, issues of a magazine.
 * The longest series of novels that readers follow in order have some fifty volumes.
 */
const MAX_VOLUMES = 60

/** Looked at without a sign that it was read to its end. */
const GLANCES = new Set(['click', 'dwell', 'save'])

/**
 * @param catalogue `attributes` names the series, `record` the place in it; volumes are read
 *   as they are asked for, and kept
 */
export function createSeriesOrder({
  attributes,
  record,
}: {
  readonly attributes: AttributeBlock
  readonly record: (index: number) => ItemRecord
}): (history: readonly Read[]) => IsDue {
  const read = new Map<number, Volumes | undefined>()

  /** The attribute of the item's series; undefined where no other item is of it. */
  function seriesOf(index: number): number | undefined {
    for (const attribute of attributesOf(attributes, index)) {
      if (attributes.values[attribute]!.relation === 'series') return attribute
    }
    return undefined
  }

  function volumesOf(series: number): Volumes | undefined {
    if (!read.has(series)) read.set(series, readVolumes(series))
    return read.get(series)
  }

  function readVolumes(series: number): Volumes | undefined {
    const { indptr, items } = indexAttributes(attributes)
    const own = items.subarray(indptr[series], indptr[series + 1])
    const places = new Set<number>()
    for (const index of own) places.add(record(index).series?.position ?? Number.NaN)
    const rising = [...places].filter((place) => place >= 0).sort((a, b) => a - b)
    if (rising.length === 0 || rising.length > MAX_VOLUMES) return undefined
    const whole = rising.filter((place) => place >= 1 && Number.isInteger(place))
    const first = whole[0] === 1 ? 1 : rising.find((place) => place <= 1)
    return { whole, first }
  }

  /** Series → the last volume read, going by the history; 0 for one only looked at. */
  function progressOf(history: readonly Read[]): Map<number, number> {
    const progress = new Map<number, number>()
    const glanced = new Map<number, Set<number>>()
    for (const { index, kind = '' } of history) {
      const series = seriesOf(index)
      const place = series === undefined ? undefined : record(index).series?.position
      if (series === undefined || place === undefined) continue
      const before = progress.get(series) ?? 0
      progress.set(series, GLANCES.has(kind) ? before : Math.max(before, place))
      if (GLANCES.has(kind)) {
        glanced.set(series, (glanced.get(series) ?? new Set()).add(place))
      }
    }
    // opened from the first on: where opening is all that can be done, it is reading
    for (const [series, places] of glanced) {
      const { whole, first } = volumesOf(series) ?? { whole: [], first: undefined }
      let at = progress.get(series) ?? 0
      if (at === 0 && first !== undefined && places.has(first)) at = first
      for (const place of whole)
        if (place === nextOf(whole, at) && at > 0 && places.has(place)) at = place
      progress.set(series, at)
    }
    return progress
  }

  return (history) => {
    const progress = progressOf(history)
    return (index) => {
      const own = record(index).series
      if (!own) return true
      const { position } = own
      const series = seriesOf(index)
      if (series === undefined) return position === undefined || position <= 1
      const volumes = volumesOf(series)
      if (!volumes) return true // not numbered, or too long to be a story
      const { whole, first } = volumes
      if (position === undefined) return first === undefined // what collects volumes
      const at = progress.get(series) ?? 0
      if (at === 0) return position === first
      return Number.isInteger(position) && position > 0
        ? position === nextOf(whole, at)
        : position < at + 1
    }
  }
}

const nextOf = (whole: readonly number[], at: number) =>
  whole.find((place) => place > at)
