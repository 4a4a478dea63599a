/** What was understood of a typed text, as chips that a visitor can take away. */
import { html, type TemplateResult } from 'lit'
import type { UnderstoodPart } from '../index.ts'
import type { ElementMessages } from './messages/en.ts'
import { understoodEn } from './messages/understood-en.ts'
import { adoptStyles } from './styles/adopt.ts'
import { understoodStyles } from './styles/understood.ts'

interface ChipsView {
  readonly messages: ElementMessages
  /** Takes the part of this key away and asks again. */
  readonly remove: (key: string) => void
}

/** A press on a chip must not take the focus from the box, or its list would close. */
const keepFocus = (event: Event) => event.preventDefault()

export function chipsView(
  parts: readonly UnderstoodPart[],
  { messages, remove }: ChipsView,
): TemplateResult {
  const words = messages.search.understood ?? understoodEn
  const line = ({ kind, text, isUnknown }: UnderstoodPart) => {
    if (isUnknown) return words.unknown(text)
    if (kind === 'refused') return words.refused(text)
    return kind === 'maker' ? words.maker(text) : text
  }
  return html`<ul class="understood" part="understood" aria-label=${words.label}>
    ${parts.map((part) => {
      const text = line(part)
      return html`<li class="chip ${part.kind}">
        <button
          type="button" part="chip" aria-label=${words.remove(text)}
          @pointerdown=${keepFocus} @click=${() => remove(part.key)}>
          <span dir="auto">${text}</span> <span aria-hidden="true">×</span>
        </button>
      </li>`
    })}
  </ul>`
}

/** Styles of the chips, for an element that loads them late. */
export const addChipStyles = (root: Node) => adoptStyles(root, understoodStyles)
