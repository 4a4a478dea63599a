/** Like, not for me, save: pressing records, pressing again takes it back. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Pick, Reaction, Shelf } from '../engine/engine.ts'
import type { Session } from './session.ts'

// Pressing the actions of cards: shown at once, put right by the log, undone by a toast.

export interface ReactionHost {
  current(): Session | undefined
  setReaction(itemId: string, reaction: Reaction | undefined): void
  requestUpdate(): void
}

export interface ReactionControl {
  /** Never rejects; a second press on an item while one is under way is dropped. */
  press(pick: Pick, kind: ReactionKind): Promise<void>
  /** "Not for me: Dune · Undo", for a while. */
  toast(): TemplateResult | typeof nothing
}

/** How long the toast stays, ms. */
const TOAST_MS = 7_000

export function createReactionControl(host: ReactionHost): ReactionControl {
  const busy = new Set<string>()
  let refused: Pick | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(pick: Pick | undefined) {
    clearTimeout(timer)
    refused = pick
    if (pick) timer = setTimeout(() => show(undefined), TOAST_MS)
    host.requestUpdate()
  }

  async function pressOn(pick: Pick, kind: ReactionKind) {
    const { id } = pick.item
    const session = host.current()
    if (!session || busy.has(id)) return
    busy.add(id)
    const after = pressed(pick.reaction, kind)
    host.setReaction(id, after)
    const isRefusal = kind === 'dislike' && after.disliked !== undefined
    show(undefined)
    try {
      const item = { id, reaction: pick.reaction }
      const reaction = await press(session, item, { kind, at: Date.now() })
      host.setReaction(id, reaction)
      if (isRefusal) show({ ...pick, reaction: reaction })
    } catch {
      host.setReaction(id, pick.reaction) // the log has not changed, and the card shows it
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

export const REACTIONS = ['like', 'dislike', 'save'] as const
export type ReactionKind = (typeof REACTIONS)[number]

const FIELD = { like: 'liked', dislike: 'disliked', save: 'saved' } as const
/** Liking takes back "not for me", and the other way round. */
const OPPOSITE = { like: 'dislike', dislike: 'like', save: undefined } as const

/** The event behind a reaction, to remove to take it back. */
export const seqOf = (reaction: Reaction | undefined, kind: ReactionKind) =>
  reaction?.[FIELD[kind]]

export const hasReaction = (reaction: Reaction | undefined, kind: ReactionKind) =>
  seqOf(reaction, kind) !== undefined

/** Shown until the log has answered: any number does. */
const PENDING = -1

/** What the visitor sees at once on pressing `kind`. */
export function pressed(reaction: Reaction | undefined, kind: ReactionKind): Reaction {
  const opposite = OPPOSITE[kind]
  const next = { ...without(reaction, kind) }
  if (hasReaction(reaction, kind)) return next
  return { ...(opposite ? without(next, opposite) : next), [FIELD[kind]]: PENDING }
}

/**
 * Records or takes back. @returns the reaction as the log now has it
 * @throws HearthError what the engine throws; the log has not changed
 */
export async function press(
  session: Session,
  item: { readonly id: string; readonly reaction?: Reaction | undefined },
  { kind, at }: { readonly kind: ReactionKind; readonly at: number },
): Promise<Reaction> {
  const { engine } = session.hearth
  const seq = seqOf(item.reaction, kind)
  if (seq !== undefined) {
    await session.change(() => engine.removeEvents([seq]))
    return without(item.reaction, kind)
  }
  const opposite = OPPOSITE[kind]
  const against = opposite && seqOf(item.reaction, opposite)
  if (against !== undefined) await engine.removeEvents([against])
  const [event] = await session.record([{ kind, at, itemId: item.id }])
  const kept = opposite ? without(item.reaction, opposite) : item.reaction
  return event ? { ...kept, [FIELD[kind]]: event.seq } : { ...kept }
}

function without(reaction: Reaction | undefined, kind: ReactionKind): Reaction {
  const rest: { -readonly [K in keyof Reaction]?: Reaction[K] } = { ...reaction }
  delete rest[FIELD[kind]]
  return rest as Reaction
}

/** The pick with another reaction, or none. */
export function withOtherReaction(pick: Pick, reaction: Reaction | undefined): Pick {
  const { reaction: _, ...rest } = pick
  return reaction ? { ...rest, reaction: reaction } : rest
}

/** The shelf with another reaction on one item. */
export const withReaction = (
  shelf: Shelf,
  id: string,
  reaction: Reaction | undefined,
): Shelf => ({
  ...shelf,
  picks: shelf.picks.map((pick) =>
    pick.item.id === id ? withOtherReaction(pick, reaction) : pick,
  ),
})
