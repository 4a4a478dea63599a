/** Pressing the actions of cards: shown at once, put right by the log, undone by a toast. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Mark, Pick } from '../engine/engine.ts'
import { type MarkKind, press, pressed } from './marks.ts'
import type { Visit } from './visit.ts'

export interface MarkingHost {
  current(): Visit | undefined
  setMark(itemId: string, mark: Mark | undefined): void
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
    const after = pressed(pick.mark, kind)
    host.setMark(id, after)
    const isRefusal = kind === 'dislike' && after.disliked !== undefined
    show(undefined)
    try {
      const item = { id, mark: pick.mark }
      const mark = await press(visit, item, { kind, at: Date.now() })
      host.setMark(id, mark)
      if (isRefusal) show({ ...pick, mark })
    } catch {
      host.setMark(id, pick.mark) // the log has not changed, and the card shows it
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
