/**
 * Series in order: of a series begun the next two volumes and those that were passed by, else
 * the first. A middle volume of a series not begun is no pick, and what collects volumes is
 * none beside them.
 */
import type { ItemRecord } from '../pack/item.ts'
import type { AttributeBlock } from '../pack/pack.ts'
import { indexAttributes } from './attributes.ts'

/** What stands in a visitor's history: how far they are in a series comes of it. */
interface Read {
  readonly index: number
  readonly kind?: string
}

/** Whether a list may hold this item, by what was read of its series. */
export type IsDue = (index: number) => boolean

/** How far a visitor is in every series. */
export interface SeriesProgress {
  readonly isDue: IsDue
  /** Whether the visitor has begun the item's series: then a list may hold two of it. */
  readonly isBegun: (index: number) => boolean
  /** Whether it is the volume that follows what was read. */
  readonly isNext: (index: number) => boolean
  /** Whether a volume not read stands before it, which a list has to hold first. */
  readonly isAfterNext: (index: number) => boolean
}

/** The numbered volumes of a series in this catalogue. */
interface Volumes {
  /** Rising whole numbers above 0, each once. */
  readonly whole: readonly number[]
  /** Where it begins; undefined where its beginning is not in the catalogue. */
  readonly first: number | undefined
}

/**
 * A numbered series longer than this is no story: episodes of a podcast, issues of a magazine.
 * The longest series of novels that readers follow in order have some fifty volumes.
 */
const MAX_VOLUMES = 60

/** Looked at or put by, without a sign that it was read. */
export function isGlance(kind: string | undefined): boolean {
  return kind === undefined || ['click', 'dwell', 'save'].includes(kind)
}

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
}): (history: readonly Read[]) => SeriesProgress {
  const read = new Map<number, Volumes | undefined>()

  /** [items] the attribute of the item's series; none where no other item is of it. */
  const seriesOf = seriesByItem(attributes)
  /** [items] whether it is due where its series was not begun; 0 is not known yet. */
  const dueAtFirst = new Int8Array(attributes.indptr.length - 1)

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
    for (const { index, kind } of history) {
      const series = seriesOf[index]!
      const place = series < 0 ? undefined : record(index).series?.position
      if (place === undefined) continue
      const before = progress.get(series) ?? 0
      progress.set(series, isGlance(kind) ? before : Math.max(before, place))
      if (isGlance(kind)) {
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

  /** @param at the last volume read, 0 for none */
  function isDueAt(index: number, at: number): boolean {
    const own = record(index).series
    if (!own) return true
    const { position } = own
    const series = seriesOf[index]!
    if (series < 0) return position === undefined || position <= 1
    const volumes = volumesOf(series)
    if (!volumes) return true // not numbered, or too long to be a story
    const { whole, first } = volumes
    if (position === undefined) return first === undefined // what collects volumes
    if (at === 0) return position === first
    const next = nextOf(whole, at) ?? at
    return position <= (nextOf(whole, next) ?? next) || position < at + 1
  }

  function placeAfter(index: number, at: number): 'next' | 'after next' | undefined {
    const position = record(index).series?.position
    const whole = at > 0 ? volumesOf(seriesOf[index]!)?.whole : undefined
    const next = whole && nextOf(whole, at)
    if (position === undefined || next === undefined || position < next)
      return undefined
    return position === next ? 'next' : 'after next'
  }

  return (history) => {
    const progress = progressOf(history)
    const atOf = (index: number) => progress.get(seriesOf[index]!) ?? 0
    return {
      isDue: (index) => {
        const at = atOf(index)
        if (at > 0) return isDueAt(index, at)
        if (dueAtFirst[index] === 0) dueAtFirst[index] = isDueAt(index, 0) ? 1 : -1
        return dueAtFirst[index] === 1
      },
      isBegun: (index) => atOf(index) > 0,
      isNext: (index) => placeAfter(index, atOf(index)) === 'next',
      isAfterNext: (index) => placeAfter(index, atOf(index)) === 'after next',
    }
  }
}

/** [items] an attribute, −1 for none. */
function seriesByItem({ values, indptr, indices }: AttributeBlock): Int32Array {
  return Int32Array.from({ length: indptr.length - 1 }, (_, index) => {
    for (let at = indptr[index]!; at < indptr[index + 1]!; at++) {
      if (values[indices[at]!]!.relation === 'series') return indices[at]!
    }
    return -1
  })
}

const nextOf = (whole: readonly number[], at: number) =>
  whole.find((place) => place > at)
