/** A column of times → Unix ms, its dates read in the one order that fits them all. */
import { compactDateOf, type EventTime, eventTimeOf } from './event-time.ts'
import { type Growing, growing } from './growing.ts'

const DAY_MS = 86_400_000

/**
 * Times as they come, those of the future (a day's grace) as NaN. Whether `5/6/2020` is in May or in June is known at the end: a day
 * above 12 anywhere decides it, and where none or both do, such dates are unreadable.
 */
export function createTimeReader(
  { hasCompactDates }: { readonly hasCompactDates: boolean },
  now: number,
) {
  const times = growing((length) => new Float64Array(length))
  /** The other order, kept from the first date on that has two. */
  let other: Growing<Float64Array> | undefined
  let [isDayFirst, isMonthFirst] = [false, false]
  const order = () => {
    if (isDayFirst === isMonthFirst) return other ? 'unclear' : undefined
    return isDayFirst ? 'day first' : 'month first'
  }
  const usable = (time: number) => (time > now + DAY_MS ? Number.NaN : time)
  return {
    order,
    push(cell: unknown) {
      const compact = hasCompactDates ? compactDateOf(cell) : Number.NaN
      const time: EventTime = Number.isNaN(compact)
        ? eventTimeOf(cell)
        : { dayFirst: compact, monthFirst: compact }
      const { dayFirst, monthFirst } = time
      const isTwofold = !Object.is(dayFirst, monthFirst)
      if (isTwofold && Number.isNaN(monthFirst)) isDayFirst = true
      if (isTwofold && Number.isNaN(dayFirst)) isMonthFirst = true
      if (isTwofold && !other) {
        other = growing((length) => new Float64Array(length))
        for (const past of times.take()) other.push(past)
      }
      times.push(usable(dayFirst))
      other?.push(usable(monthFirst))
    },
    take(): Float64Array {
      const dayFirst = times.take()
      if (!other || order() === 'day first') return dayFirst
      const monthFirst = other.take()
      if (order() === 'month first') return monthFirst
      return dayFirst.map((time, i) => (time === monthFirst[i] ? time : Number.NaN))
    },
  }
}
