/** The user of a row: who it names, or else its session, or else its order; guests are no one. */
import { idOf, textOf } from './cell.ts'
import type { InteractionColumn } from './interaction-columns.ts'
import { type EventFields, idInside } from './nested-lines.ts'

/** Rows whose user came from each column. */
export interface UserCounts {
  readonly user: number
  readonly session: number
  readonly order: number
}

/** Written where nobody was logged in, besides what exporters write for nothing. */
const NOBODY = new Set([
  ...['anonymous', 'anonym', 'anon', 'guest', 'guests', 'unknown', '(not set)'],
  ...['not set', '-', '--', 'nil', '<na>', '#n/a', 'nan', '(none)', 'gast', 'invitado'],
  ...['guest user', 'guest checkout', 'anonymous user', 'not logged in', 'visitor'],
  ...['00000000-0000-0000-0000-000000000000'],
])

/** May be written for every guest, and may be somebody: how many rows it has tells. */
const PLACEHOLDER =
  /^(?:0+(?:\.0+)?|-\d+(?:\.0+)?|9{3,}|1{4,}|x+|test|user|admin|system|default|customer|public|guest\W.*|no-?reply@.*)$/i

/** A placeholder's rows: this share of all, and so many times those of the others. */
const GUEST_SHARE = 0.05
const GUEST_TIMES = 10
/** Fewer others tell nothing. */
const MIN_OTHERS = 3

type Source = keyof UserCounts
const SOURCES = ['user', 'session', 'order'] as const

/** Of a row that no visitor has. */
export const NO_USER = 0xffffffff

/** Rows of one placeholder that no visitor of its own has. */
export interface Guests {
  /** As the file writes it. */
  readonly id: string
  readonly rows: number
  /** What tells these rows apart; absent: they are left out. */
  readonly by?: Source
}

interface FoundUser {
  readonly source: Source
  readonly id: string
}

export function createUserReader(
  columns: Readonly<Partial<Record<InteractionColumn, number>>>,
) {
  const sources = SOURCES.filter((source) => columns[source] !== undefined)
  const numbers: Record<Source, Map<string, number>> = {
    ...{ user: new Map(), session: new Map(), order: new Map() },
  }
  const sourceOf: Source[] = []
  const rowsOf: number[] = []
  /** Of rows whose user may be a placeholder: who they are of if it is. */
  const others = new Map<number, number | undefined>()
  let rows = 0

  const findIn = (
    event: EventFields,
    from: readonly Source[],
  ): FoundUser | undefined => {
    for (const source of from) {
      const id = idOf(idInside(event[source]))
      if (id === undefined) continue
      // who is known already is somebody: most rows of a long table end here
      if (numbers[source].has(id) || isSomebody(id)) return { source, id }
    }
    return undefined
  }
  const numberOf = ({ source, id }: FoundUser): number => {
    const known = numbers[source].get(id)
    if (known !== undefined) return known
    numbers[source].set(id, sourceOf.length)
    sourceOf.push(source)
    rowsOf.push(0)
    return sourceOf.length - 1
  }
  return {
    find: (event: EventFields) => findIn(event, sources),
    /** @returns 0, 1, … in order of appearance */
    add(user: FoundUser, event: EventFields): number {
      const number = numberOf(user)
      rowsOf[number]!++
      if (user.source === 'user' && PLACEHOLDER.test(user.id)) {
        const other = findIn(event, sources.slice(1))
        others.set(rows, other && numberOf(other))
      }
      rows++
      return number
    },
    /**
     * Takes rows of guests off the placeholder they share.
     * @param users [rows] numbers given so far
     * @returns the same with NO_USER where a row is of no one
     */
    settle(users: Uint32Array): Settled {
      const guests = guestsAmong({ ids: numbers.user, rowsOf, rows })
      if (guests.size === 0) return { users, guests: [] }
      return withoutGuests(users, { guests, others, rowsOf, by: sources[1] })
    },
    counts: (): UserCounts => {
      const counts = { user: 0, session: 0, order: 0 }
      sourceOf.forEach((source, number) => {
        counts[source] += rowsOf[number]!
      })
      return counts
    },
  }
}

interface Settled {
  readonly users: Uint32Array
  readonly guests: readonly Guests[]
}

function withoutGuests(
  users: Uint32Array,
  {
    guests,
    others,
    rowsOf,
    by,
  }: {
    readonly guests: ReadonlyMap<number, Guests>
    readonly others: ReadonlyMap<number, number | undefined>
    /** [users] rows of each, corrected. */
    readonly rowsOf: number[]
    readonly by: Source | undefined
  },
): Settled {
  const separated = new Set<number>()
  const settled = users.map((user, row) => {
    if (!guests.has(user)) return user
    const other = others.get(row)
    rowsOf[user]!--
    if (other === undefined) return NO_USER
    rowsOf[other]!++
    separated.add(user)
    return other
  })
  const list = [...guests].map(([user, guest]): Guests => {
    return by !== undefined && separated.has(user) ? { ...guest, by } : guest
  })
  return { users: settled, guests: list }
}

/** Placeholders with an absurd share of the rows, by their user's number. */
function guestsAmong({
  ids,
  rowsOf,
  rows,
}: {
  readonly ids: ReadonlyMap<string, number>
  readonly rowsOf: readonly number[]
  readonly rows: number
}): Map<number, Guests> {
  const guests = new Map<number, Guests>()
  for (const [id, user] of ids) {
    if (!PLACEHOLDER.test(id)) continue
    const own = rowsOf[user]!
    const others = ids.size - 1
    const mean = (rows - own) / Math.max(1, others)
    if (others < MIN_OTHERS || own < GUEST_SHARE * rows || own < GUEST_TIMES * mean)
      continue
    guests.set(user, { id, rows: own })
  }
  return guests
}

function isSomebody(id: string): boolean {
  return textOf(id) !== undefined && !NOBODY.has(id.toLowerCase())
}
