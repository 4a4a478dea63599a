/**
 * Which views a long log need not keep. Nothing that a visitor said or did is ever among
 * them: only impressions, and of these only such as hardly count any more.
 */
import type { LoggedEvent } from '../feedback/event.ts'
import { DAY_MS } from '../feedback/weights.ts'

/** Views a log may hold before any is dropped: some 2 MB, a few ms to read. */
export const MAX_VIEWS = 12_000
/** Left when some are dropped, so that it is seldom done. */
const VIEWS_LEFT = 10_000
/**
 * Newest views that stay whatever their age, by arrival: what learning reads, and what a clock
 * that jumped by years must not cost.
 */
const ALWAYS_KEPT = 2_000
/** A view older than this has lost all but a five-hundredth of its weight, days. */
const KEPT_DAYS = 90
/** Views of one item that count: the odds of an item passed over as often fall no further. */
const KEPT_AN_ITEM = 60

/**
 * Pure: the same events and time name the same views, so that two tabs drop alike, and
 * one that comes late drops nothing that is missed.
 *
 * @param events oldest first, as the log holds them
 * @param now Unix ms
 * @returns the numbers of the views to remove; none for a log of at most `MAX_VIEWS`
 */
export function outdatedViews(events: readonly LoggedEvent[], now: number): number[] {
  const views = events.filter(({ kind }) => kind === 'impression')
  if (views.length <= MAX_VIEWS) return []
  const byItem = new Map<string, number>()
  const dropped: number[] = []
  let kept = 0
  for (const { seq, item = '', at } of views.reverse()) {
    const ofItem = (byItem.get(item) ?? 0) + 1
    byItem.set(item, ofItem)
    const isRecent = kept < ALWAYS_KEPT || now - at <= KEPT_DAYS * DAY_MS
    if (isRecent && ofItem <= KEPT_AN_ITEM && kept < VIEWS_LEFT) kept++
    else dropped.push(seq)
  }
  return dropped
}
