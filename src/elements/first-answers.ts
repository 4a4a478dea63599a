/** The line of a profile over what the first questions brought, undone in one press. */
import { html, nothing } from 'lit'
import type { ShownEvent } from '../index.ts'
import type { WelcomeMessages } from './messages/en.ts'

/** How the library names the slate of first questions; see `elicit`. */
const SLATE = /^elicit:/

/** @param undo removes these events */
export function firstAnswersView(
  events: readonly ShownEvent[],
  words: WelcomeMessages,
  undo: (seqs: readonly number[]) => void,
) {
  const seqs = events
    .filter(({ slate = '', kind }) => kind !== 'impression' && SLATE.test(slate))
    .map(({ seq }) => seq)
  if (seqs.length === 0) return nothing
  return html`<p class="batch" part="answers">
    <span>${words.batch(seqs.length)}</span>
    <button
      type="button" class="quiet undo-answers" aria-label=${words.undoBatch}
      @click=${() => undo(seqs)}>${words.undo}</button>
  </p>`
}
