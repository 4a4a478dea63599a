/** What was understood of a table of interactions, in lines for the owner. */
import type { Guests, UserCounts } from './event-users.ts'
import type { WeightCounts, WordCount } from './event-weight.ts'
import type { InteractionColumn } from './interaction-columns.ts'
import type { InteractionLayout } from './interaction-layout.ts'
import type { FoundBy } from './pages/item-finder.ts'

interface EventCounts extends WeightCounts {
  readonly users: UserCounts
  /** Who shares one placeholder for a user. */
  readonly guests: readonly Guests[]
  /** What the rows' items were found by. */
  readonly found: FoundBy
  /** Pages that are of no item, the most frequent ones. */
  readonly otherPages: readonly (readonly [path: string, rows: number])[]
  /** How dates like 5/6/2020 were read; absent where there are none. */
  readonly dateOrder: string | undefined
}

const PLAIN: readonly InteractionColumn[] = ['item', 'rating', 'weight', 'quantity']

/**
 * `user ← session_id (user_id is empty), item ← item_id, time ← eventdate`, what is not
 * used, and what could not be read as more.
 */
export function describeLayout(
  { names, unused, notes }: Pick<InteractionLayout, 'names' | 'unused' | 'notes'>,
  counts: EventCounts,
): string[] {
  const fields = PLAIN.flatMap((field) => {
    const name = names[field]
    return name === undefined ? [] : [`${field} ← ${name}${noteOf(field, counts)}`]
  })
  const { time, event, status } = names
  if (time !== undefined) {
    fields.push(`time ← ${time}${counts.dateOrder ? ` (${counts.dateOrder})` : ''}`)
  }
  if (status !== undefined && counts.statuses.length > 0) {
    fields.push(`status ← ${status}: ${counts.statuses.map(wordLine).join(', ')}`)
  }
  if (event !== undefined) {
    fields.push(`event ← ${event}: ${counts.events.map(wordLine).join(', ')}`)
  }
  const idle = idleSources(names, counts)
  const left = [...unused, ...idle]
  return [
    [usersLine(names, counts.users), ...fields].join(', '),
    ...(left.length > 0 ? [`not used: ${left.join(', ')}`] : []),
    ...notes,
    ...counts.guests.map((guests) => guestsLine(names, guests)),
    ...pagesLine(counts.otherPages),
  ]
}

/** `item ← Page path (by address), popularity ← Views`, and for how many items. */
export function describeTotals(
  { names, unused }: Pick<InteractionLayout, 'names' | 'unused'>,
  {
    from,
    chosen,
    itemCount,
    found,
    otherPages,
  }: {
    readonly from: string
    readonly chosen: number
    readonly itemCount: number
    readonly found: FoundBy
    readonly otherPages: EventCounts['otherPages']
  },
): string[] {
  return [
    `totals an item, no users: item ← ${names.item}${foundNote(found)}, popularity ← ${from}`,
    ...pagesLine(otherPages),
    `${items(chosen)} of ${itemCount.toLocaleString('en-US')} have a count above 0`,
    ...(unused.length > 0 ? [`not used: ${unused.join(', ')}`] : []),
  ]
}

/** ` (by address)`, ` (by title: 12 rows, the others by id)` */
function foundNote({ id, address, title }: FoundBy): string {
  const ways = [
    ...(address > 0 ? [['address', address] as const] : []),
    ...(title > 0 ? [['title', title] as const] : []),
  ]
  if (ways.length === 0) return ''
  if (ways.length === 1 && id === 0) return ` (by ${ways[0]![0]})`
  const all = id > 0 ? [['id', id] as const, ...ways] : ways
  return ` (${all.map(([way, count]) => `by ${way}: ${rows(count)}`).join(', ')})`
}

function guestsLine(names: Names, { id, rows: count, by }: Guests): string {
  const what = `${rows(count)} have "${id}" for a user (guests)`
  return by === undefined
    ? `${what}: left out, as nothing tells one from another`
    : `${what}: distinguished by ${names[by]}`
}

/** Letters of an address that are shown. */
const PATH_LENGTH = 60

function pagesLine(pages: EventCounts['otherPages']): string[] {
  if (pages.length === 0) return []
  const shown = pages.map(
    ([path, count]) => `${path.slice(0, PATH_LENGTH)} ${count.toLocaleString('en-US')}`,
  )
  return [`pages of no item, the most frequent: ${shown.join(', ')}`]
}

function items(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'item' : 'items'}`
}

type Names = InteractionLayout['names']

const SOURCES = ['user', 'session', 'order'] as const

/** `user ← user_id, or session_id where it is empty (6 rows)` */
function usersLine(names: Names, counts: UserCounts): string {
  const there = SOURCES.filter((source) => names[source] !== undefined)
  const used = there.filter((source) => counts[source] > 0)
  const [first = there[0]!, ...others] = used
  const empty = there.slice(0, there.indexOf(first)).map((source) => names[source])
  const note = empty.length > 0 ? ` (${empty.join(', ')} ${isOrAre(empty)} empty)` : ''
  const more = others.map(
    (source) => `, or ${names[source]} where it is empty (${rows(counts[source])})`,
  )
  return `user ← ${names[first]}${note}${more.join('')}`
}

function isOrAre(names: readonly unknown[]): string {
  return names.length === 1 ? 'is' : 'are'
}

/** Columns of sessions, orders and states of orders that changed nothing. */
function idleSources(names: Names, { users, statuses }: EventCounts): string[] {
  const there = SOURCES.filter((source) => names[source] !== undefined)
  const first = there.find((source) => users[source] > 0) ?? there[0]!
  const after = SOURCES.slice(SOURCES.indexOf(first) + 1)
  const idle = after.flatMap((source) =>
    users[source] === 0 && names[source] !== undefined ? [names[source]] : [],
  )
  const isIdle = names.status !== undefined && statuses.length === 0
  return isIdle ? [...idle, names.status!] : idle
}

function noteOf(field: InteractionColumn, { unrated, found }: EventCounts): string {
  if (field === 'item') return foundNote(found)
  if (field !== 'rating' || unrated === 0) return ''
  return ` (${rows(unrated)} without a rating: likes all the same)`
}

/** `120 view (×0.2)`, `3 remove_from_cart left out`, `2 foo left out (unknown)` */
function wordLine({ word, count, strength }: WordCount): string {
  const what = `${count.toLocaleString('en-US')} ${word}`
  if (strength === undefined) return `${what} left out (unknown)`
  return strength === 0 ? `${what} left out` : `${what} (×${strength})`
}

function rows(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'row' : 'rows'}`
}
