/**
 * Are views cheap? A taste is derived anew at every change of the log, and most of a log is
 * views. Processor time, as ratios in one run, so that the machine matters little:
 *
 *   npx tsx bench/views.ts
 *
 * - a log of 100,000 views against one of as many clicks
 * - 100,000 views against 10,000: linear is 10
 * - one pass of scoring over 20,000 passed-over items against one over none
 */
import type { LoggedEvent } from '../src/feedback/event.ts'
import { deriveTaste, EMPTY_TASTE } from '../src/feedback/taste.ts'
import { DAY_MS } from '../src/feedback/weights.ts'
import { createRandom } from '../src/math/random.ts'
import { feedbackInto } from '../src/scoring/feedback-terms.ts'
import { defaultFusion } from '../src/scoring/fusion.ts'
import { samplePack } from '../src/scoring/sample-pack.test-data.ts'

const ITEMS = 20_000
const NOW = 400 * DAY_MS
/** Timings of each, of which the median is taken. */
const ROUNDS = 9

/** A log of one kind over the whole catalogue, ten a list, in its order. */
function logOf(kind: 'impression' | 'click', events: number): LoggedEvent[] {
  const random = createRandom(3)
  return Array.from({ length: events }, (_, i) => ({
    ...{ seq: i + 1, uid: `u${i}`, kind, item: `${random.integer(ITEMS)}` },
    ...{ at: NOW - (events - i) * 60_000, slate: `s${Math.floor(i / 10)}` },
  }))
}

function medianMs(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage()
    work()
    return process.cpuUsage(start).user / 1000
  })
  return times.sort((a, b) => a - b)[ROUNDS >> 1]!
}

const derive = (events: readonly LoggedEvent[]) => () =>
  deriveTaste(events, Number, NOW)
const [views, fewViews, clicks] = [
  medianMs(derive(logOf('impression', 100_000))),
  medianMs(derive(logOf('impression', 10_000))),
  medianMs(derive(logOf('click', 100_000))),
]
const ratio = (a: number, b: number) => (a / b).toFixed(2)
console.log(`100,000 views / 100,000 clicks: ${ratio(views, clicks)}`)
console.log(`100,000 views / 10,000 views:   ${ratio(views, fewViews)}`)

const pack = samplePack({
  items: Array.from({ length: ITEMS }, (_, index) => ({ title: `T${index}` })),
})
const [weights] = defaultFusion.buckets
const out = new Float32Array(ITEMS)
const passed = new Map(Array.from({ length: ITEMS }, (_, index) => [index, -1]))
const all = medianMs(() =>
  feedbackInto(pack, { ...EMPTY_TASTE, passed }, weights!, out),
)
const none = medianMs(() => feedbackInto(pack, EMPTY_TASTE, weights!, out))
console.log(
  `feedback of ${ITEMS} items passed over: ${all.toFixed(2)} ms, of none ${none.toFixed(2)} ms`,
)
console.log(`(the taste of 100,000 views: ${views.toFixed(0)} ms here)`)
