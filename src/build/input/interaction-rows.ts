/** The rows of a table of interactions → arrays, with every row that is left out counted. */
import type { Interactions } from '../dataset/dataset.ts'
import { idOf } from './cell.ts'
import type { Warn } from './cleaning-log.ts'
import { createTimeReader } from './event-times.ts'
import { createUserReader, type Guests, NO_USER } from './event-users.ts'
import { createWeightReader, withUnrated } from './event-weight.ts'
import { growing } from './growing.ts'
import type { InteractionLayout } from './interaction-layout.ts'
import { type EventFields, idInside } from './nested-lines.ts'
import type { ItemFinder } from './pages/item-finder.ts'
import { isAddress } from './pages/page-address.ts'
import { createPageCounter } from './pages/page-counter.ts'

/** One interaction at a time → arrays, checked and counted. */
export function createRowReader(
  layout: InteractionLayout,
  finder: ItemFinder,
  now: number,
) {
  const weightReader = createWeightReader(layout)
  const userReader = createUserReader(layout.columns)
  const dates = createTimeReader(layout, now)
  const users = growing((length) => new Uint32Array(length))
  const rows = growing((length) => new Uint32Array(length))
  const weights = growing((length) => new Float32Array(length))
  const lines = growing((length) => new Uint32Array(length))
  const hasTimes = layout.names.time !== undefined
  const otherPages = createPageCounter()
  let guests: readonly Guests[] = []
  let unknown: string | undefined

  const read = (event: EventFields, line: number, warn: Warn) => {
    const user = userReader.find(event)
    if (user === undefined) return warn('rows without a user: skipped', line)
    const id = idOf(idInside(event.item))
    if (id === undefined) return warn('rows without an item: skipped', line)
    const index = finder.get(id)
    if (index === undefined) {
      unknown ??= id
      if (!isAddress(id)) {
        return warn('rows of items that are not in the catalogue: skipped', line)
      }
      otherPages.add(id)
      return warn('rows of pages that are of no item: skipped', line)
    }
    const weight = weightReader.read(event)
    if (weight === 'no like') return
    if (typeof weight === 'string') return warn(weight, line)
    users.push(userReader.add(user, event))
    rows.push(index)
    weights.push(weight)
    lines.push(line)
    if (!hasTimes) return
    dates.push(event.time)
  }

  const finish = (warn: Warn): Interactions => {
    const settled = userReader.settle(users.take())
    guests = settled.guests
    const all: Lined = {
      users: settled.users,
      rows: rows.take(),
      ...withUnrated(weights.take(), layout.names.rating !== undefined),
      ...(weightReader.hasStrengths() && { hasStrengths: true }),
      ...(hasTimes && { times: dates.take() }),
      lines: lines.take(),
    }
    return withDenseUsers(withGoodTimes(withoutGuests(all), warn))
  }
  return {
    read,
    finish,
    unknownId: () => unknown,
    counts: () => ({
      ...weightReader.counts(),
      users: userReader.counts(),
      guests,
      otherPages: otherPages.top(),
      dateOrder: dates.order(),
    }),
  }
}

type Columns = Omit<Interactions, 'userCount' | 'times'> & {
  readonly times?: Float64Array
}
type Lined = Columns & { readonly lines: Uint32Array }

/** The events that pass, in order. */
function filtered(columns: Lined, passes: (event: number) => boolean): Lined {
  const keep = (_: number, event: number) => passes(event)
  const { users, rows, weights, times, lines } = columns
  return {
    ...columns,
    users: users.filter(keep),
    rows: rows.filter(keep),
    weights: weights.filter(keep),
    ...(times && { times: times.filter(keep) }),
    lines: lines.filter(keep),
  }
}

function withoutGuests(columns: Lined): Lined {
  if (!columns.users.includes(NO_USER)) return columns
  return filtered(columns, (event) => columns.users[event] !== NO_USER)
}

/** Share of unreadable times above which the column is not taken for times at all. */
const MAX_BAD_TIMES = 0.5

/** Leaves out rows of unusable times (NaN), or the times if most of them are unusable. */
function withGoodTimes(all: Lined, warn: Warn): Columns {
  const { lines, ...columns } = all
  const { times } = columns
  if (!times) return columns
  const bad = times.reduce((count, time) => count + (Number.isNaN(time) ? 1 : 0), 0)
  if (bad === 0) return columns
  const ignored = bad > times.length * MAX_BAD_TIMES
  const what = ignored
    ? 'times in the future or that cannot be read: the time column is ignored'
    : 'rows whose time is in the future or cannot be read: skipped'
  times.forEach((time, event) => {
    if (Number.isNaN(time)) warn(what, lines[event]!)
  })
  if (ignored) {
    const { times: _, ...untimed } = columns
    return untimed
  }
  const { lines: _, ...good } = filtered(all, (event) => !Number.isNaN(times[event]!))
  return good
}

/** Numbers users 0, 1, … in order of appearance, without gaps. */
function withDenseUsers(columns: Columns): Interactions {
  const numbers = new Map<number, number>()
  const users = columns.users.map((user) => numberFor(numbers, user))
  return { ...columns, users, userCount: numbers.size }
}

function numberFor<K>(numbers: Map<K, number>, key: K): number {
  const known = numbers.get(key)
  if (known !== undefined) return known
  const number = numbers.size
  numbers.set(key, number)
  return number
}
