/** Which records are of one work, and which volume comes next. */
import type { ItemRecord } from '../pack/item.ts'
import { plain } from '../text/search/plain-words.ts'
import { bareTitle } from './bare-title.ts'
import { isMaker } from './makers.ts'

/**
 * What all editions and variants of one work share: the owner's group, or title and first
 * maker.
 *
 * @returns undefined where the records cannot tell: a title alone is shared by chance
 */
export function workOf({ group, title, authors = [] }: ItemRecord): string | undefined {
  if (group !== undefined) return `g ${group}`
  const maker = authors.find(isMaker)
  return maker === undefined
    ? undefined
    : `t ${plain(maker)} ${plain(bareTitle(title))}`
}

/** Whether `next` is the volume that follows `before` in one series. */
export function isNextVolume(before: ItemRecord, next: ItemRecord): boolean {
  const [a, b] = [before.series, next.series]
  if (!a || !b || a.name !== b.name) return false
  return a.position !== undefined && b.position === a.position + 1
}
