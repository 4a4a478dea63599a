/** Like, not for me, save: pressing records, pressing again takes it back. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Reaction, Pick, Shelf } from '../engine/engine.ts'
import type { Visit } from './session.ts'

// Pressing the actions of cards: shown at once, put right by the log, undone by a toast.

export interface MarkingHost {
  current(): Visit | undefined
  setMark(itemId: string, mark: Reaction | undefined): void
  requestUpdate(): void
}

export interface Marking {
  /** Never rejects; a second press on an item while one is under way is dropped. */
  press(pick: Pick, kind: MarkKind): Promise<void>
  /** "Not for me: Dune · Undo", for a while. */
  toast(): TemplateResult | typeof nothing
}

/** How long the toast stays, ms. */
const TOAST_MS = 7_000

export function createMarking(host: MarkingHost): Marking {
  const busy = new Set<string>()
  let refused: Pick | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(pick: Pick | undefined) {
    clearTimeout(timer)
    refused = pick
    if (pick) timer = setTimeout(() => show(undefined), TOAST_MS)
    host.requestUpdate()
  }

  async function pressOn(pick: Pick, kind: MarkKind) {
    const { id } = pick.item
    const visit = host.current()
    if (!visit || busy.has(id)) return
    busy.add(id)
    const after = pressed(pick.reaction, kind)
    host.setMark(id, after)
    const isRefusal = kind === 'dislike' && after.disliked !== undefined
    show(undefined)
    try {
      const item = { id, mark: pick.reaction }
      const mark = await press(visit, item, { kind, at: Date.now() })
      host.setMark(id, mark)
      if (isRefusal) show({ ...pick, reaction: mark })
    } catch {
      host.setMark(id, pick.reaction) // the log has not changed, and the card shows it
    } finally {
      busy.delete(id)
    }
  }

  return {
    press: pressOn,
    toast: () =>
      refused
        ? html`<p class="toast" part="toast">
            <span>Not for me: ${refused.item.title}</span>
            <button type="button" @click=${() => refused && pressOn(refused, 'dislike')}>
              Undo
            </button>
          </p>`
        : nothing,
  }
}

export const MARKS = ['like', 'dislike', 'save'] as const
export type MarkKind = (typeof MARKS)[number]

const FIELD = { like: 'liked', dislike: 'disliked', save: 'saved' } as const
/** Liking takes back "not for me", and the other way round. */
const OPPOSITE = { like: 'dislike', dislike: 'like', save: undefined } as const

/** The event behind a mark, to remove to take it back. */
export const seqOf = (mark: Reaction | undefined, kind: MarkKind) => mark?.[FIELD[kind]]

export const isMarked = (mark: Reaction | undefined, kind: MarkKind) =>
  seqOf(mark, kind) !== undefined

/** Shown until the log has answered: any number does. */
const PENDING = -1

/** What the visitor sees at once on pressing `kind`. */
export function pressed(mark: Reaction | undefined, kind: MarkKind): Reaction {
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
  item: { readonly id: string; readonly mark?: Reaction | undefined },
  { kind, at }: { readonly kind: MarkKind; readonly at: number },
): Promise<Reaction> {
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

function without(mark: Reaction | undefined, kind: MarkKind): Reaction {
  const rest: { -readonly [K in keyof Reaction]?: Reaction[K] } = { ...mark }
  delete rest[FIELD[kind]]
  return rest as Reaction
}

/** The pick with another mark, or none. */
export function remarked(pick: Pick, mark: Reaction | undefined): Pick {
  const { reaction: _, ...rest } = pick
  return mark ? { ...rest, reaction: mark } : rest
}

/** The shelf with another mark on one item. */
export const withMark = (shelf: Shelf, id: string, mark: Reaction | undefined): Shelf => ({
  ...shelf,
  picks: shelf.picks.map((pick) => (pick.item.id === id ? remarked(pick, mark) : pick)),
})
