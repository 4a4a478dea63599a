/**
 * Pressing like, not for me or save records it, pressing again takes it back. Comes once the
 * first list is shown.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Hearth, Reaction } from '../index.ts'
import { isRefusedInFrame } from './framed.ts'
import type { ElementMessages } from './messages/en.ts'
import { FIELD, hasReaction, type ReactionKind, seqOf } from './reactions.ts'

// Pressing the actions of cards: shown at once, put right by the log, undone by a toast.

/** An item with what the visitor said about it. */
interface Reacted {
  readonly id: string
  readonly title: string
  readonly reaction?: Reaction
}

/** The element a control acts for. */
interface ReactionHost {
  readonly messages: ElementMessages
  readonly hearth: Hearth | undefined
  /** Whether presses count in a frame of another origin too. Default no. */
  readonly framed?: boolean
  setReaction(itemId: string, reaction: Reaction | undefined): void
  requestUpdate(): void
}

export interface ReactionControl {
  /** Never rejects; a second press on an item while one is under way is dropped. */
  press(item: Reacted, kind: ReactionKind, slate?: string): Promise<void>
  /** "Not for me: Dune · Undo", for a while. */
  toast(): TemplateResult | typeof nothing
}

/** How long the toast stays, ms. */
const TOAST_MS = 7_000

export function createReactionControl(host: ReactionHost): ReactionControl {
  const busy = new Set<string>()
  let refused: Reacted | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(item: Reacted | undefined) {
    clearTimeout(timer)
    refused = item
    if (item) timer = setTimeout(() => show(undefined), TOAST_MS)
    host.requestUpdate()
  }

  async function pressOn(item: Reacted, kind: ReactionKind, slate?: string) {
    const { id } = item
    const { hearth, framed = false } = host
    if (!hearth || busy.has(id) || isRefusedInFrame({ framed })) return
    busy.add(id)
    const after = pressed(item.reaction, kind)
    host.setReaction(id, after)
    const isRefusal = kind === 'dislike' && after.disliked !== undefined
    show(undefined)
    try {
      const at = Date.now()
      const reaction = await press(hearth, item, {
        kind,
        at,
        ...(slate ? { slate } : {}),
      })
      host.setReaction(id, reaction)
      if (isRefusal) show({ ...item, reaction })
    } catch {
      host.setReaction(id, item.reaction) // the log has not changed, and the card shows it
    } finally {
      busy.delete(id)
    }
  }

  return {
    press: pressOn,
    toast: () => {
      const { actions } = host.messages
      return refused
        ? html`<p class="toast" part="toast">
            <span>${actions.on(actions.dislike, refused.title)}</span>
            <button type="button" @click=${() => refused && pressOn(refused, 'dislike')}>
              ${actions.undo}
            </button>
          </p>`
        : nothing
    },
  }
}

/** Liking takes back "not for me", and the other way round. */
const OPPOSITE = { like: 'dislike', dislike: 'like', save: undefined } as const

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
 * @throws HearthError what the library throws; the log has not changed
 */
export async function press(
  hearth: Hearth,
  item: { readonly id: string; readonly reaction?: Reaction },
  event: { readonly kind: ReactionKind; readonly at: number; readonly slate?: string },
): Promise<Reaction> {
  const { kind } = event
  const seq = seqOf(item.reaction, kind)
  if (seq !== undefined) {
    await hearth.profile.remove([seq])
    return without(item.reaction, kind)
  }
  const opposite = OPPOSITE[kind]
  const against = opposite && seqOf(item.reaction, opposite)
  const instead = against === undefined ? [] : [against]
  const [logged] = await hearth.record({ ...event, item: item.id }, { instead })
  const kept = opposite ? without(item.reaction, opposite) : item.reaction
  return logged ? { ...kept, [FIELD[kind]]: logged.seq } : { ...kept }
}

function without(reaction: Reaction | undefined, kind: ReactionKind): Reaction {
  const rest: { -readonly [K in keyof Reaction]?: Reaction[K] } = { ...reaction }
  delete rest[FIELD[kind]]
  return rest as Reaction
}
