/** Like, not for me, save: pressing records, pressing again takes it back. */
import type { Mark, Pick, Shelf } from '../engine/engine.ts'
import type { Visit } from './visit.ts'

export const MARKS = ['like', 'dislike', 'save'] as const
export type MarkKind = (typeof MARKS)[number]

const FIELD = { like: 'liked', dislike: 'disliked', save: 'saved' } as const
/** Liking takes back "not for me", and the other way round. */
const OPPOSITE = { like: 'dislike', dislike: 'like', save: undefined } as const

/** The event behind a mark, to remove to take it back. */
export const seqOf = (mark: Mark | undefined, kind: MarkKind) => mark?.[FIELD[kind]]

export const isMarked = (mark: Mark | undefined, kind: MarkKind) =>
  seqOf(mark, kind) !== undefined

/** Shown until the log has answered: any number does. */
const PENDING = -1

/** What the visitor sees at once on pressing `kind`. */
export function pressed(mark: Mark | undefined, kind: MarkKind): Mark {
  const opposite = OPPOSITE[kind]
  const next = { ...without(mark, kind) }
  if (isMarked(mark, kind)) return next
  return { ...(opposite ? without(next, opposite) : next), [FIELD[kind]]: PENDING }
}

/**
 * Records or takes back. @returns the mark as the log now has it
 * @throws HearthError what the engine throws; the log has not changed
 */
export async function press(
  visit: Visit,
  item: { readonly id: string; readonly mark?: Mark | undefined },
  { kind, at }: { readonly kind: MarkKind; readonly at: number },
): Promise<Mark> {
  const { engine } = visit.hearth
  const seq = seqOf(item.mark, kind)
  if (seq !== undefined) {
    await visit.change(() => engine.removeEvents([seq]))
    return without(item.mark, kind)
  }
  const opposite = OPPOSITE[kind]
  const against = opposite && seqOf(item.mark, opposite)
  if (against !== undefined) await engine.removeEvents([against])
  const [event] = await visit.record([{ kind, at, itemId: item.id }])
  const kept = opposite ? without(item.mark, opposite) : item.mark
  return event ? { ...kept, [FIELD[kind]]: event.seq } : { ...kept }
}

function without(mark: Mark | undefined, kind: MarkKind): Mark {
  const rest: { -readonly [K in keyof Mark]?: Mark[K] } = { ...mark }
  delete rest[FIELD[kind]]
  return rest as Mark
}

/** The pick with another mark, or none. */
export function remarked(pick: Pick, mark: Mark | undefined): Pick {
  const { mark: _, ...rest } = pick
  return mark ? { ...rest, mark } : rest
}

/** The shelf with another mark on one item. */
export const withMark = (shelf: Shelf, id: string, mark: Mark | undefined): Shelf => ({
  ...shelf,
  picks: shelf.picks.map((pick) => (pick.item.id === id ? remarked(pick, mark) : pick)),
})
