/** What the visitor opens, by list, and which of two compared rankings won: the page *You*. */
import { html, nothing, svg, type TemplateResult } from 'lit'
import { MIN_OPENS } from '../feedback/opens.ts'
import type { ListOpens, OpenComparison, OpenCounts } from '../index.ts'

const LIST_NAMES: Readonly<Record<string, string>> = {
  'for-you': 'For you',
  because: 'Because you liked …',
  popular: 'Widely read',
  different: 'Something different',
  continue: 'Continue',
  related: 'More like it',
  search: 'Search',
}
/** A chance below it is worth a claim. */
const UNLIKELY = 0.05

export interface ComparisonChoice {
  readonly isOn: boolean
  readonly choose: (isOn: boolean) => void
}

export function opensView(counts: OpenCounts, choice: ComparisonChoice) {
  const { opens, lists, ownList, teams } = counts
  return html`<section class="taste opens">
    <h2>What you open</h2>
    ${
      opens === 0
        ? html`<p class="note">Nothing opened from a list yet.</p>`
        : html`<p>${opensSentence(counts)}</p>
            <dl>${lists.map((list) => listView(list, opens))}</dl>
            <p class="note">${ownListSentence(ownList)}</p>`
    }
    <label class="compare">
      <input type="checkbox" .checked=${choice.isOn}
        @change=${(event: Event) => choice.choose((event.target as HTMLInputElement).checked)}>
      Fill <i>For you</i> half with what is for you and half with what is widely read, and
      count which of them you open. The counts stay on this device.
    </label>
    ${choice.isOn || teams.own + teams.other > 0 ? html`<p class="note">${teamsSentence(teams)}</p>` : nothing}
  </section>`
}

function listView({ list, opens, views }: ListOpens, all: number): TemplateResult {
  return html`<div>
    <dt>${nameOf(list)}</dt>
    <dd>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<rect width=${(100 * opens) / all} height="8"></rect>`}
      </svg>
      <span>${opens} of ${views} seen</span>
    </dd>
  </div>`
}

const nameOf = (list: string) => LIST_NAMES[list] ?? list

/** "Of your last 20 opens, 14 came from For you." */
export function opensSentence({ opens, lists }: OpenCounts): string {
  const [first] = lists
  if (!first) return ''
  const from = `${first.opens} came from ${nameOf(first.list)}`
  return opens === 1
    ? `Your one open came from ${nameOf(first.list)}.`
    : `Of your last ${opens} opens, ${from}.`
}

/** Whether the visitor's own list is opened more often than its share of views would give. */
export function ownListSentence({ own, other, chance }: OpenComparison): string {
  const total = own + other
  if (chance === undefined) {
    return total < MIN_OPENS
      ? 'Too few to tell whether any list suits you better.'
      : 'There was one list alone to open from: nothing to compare it with.'
  }
  return chance < UNLIKELY
    ? `By what you saw of each list, chance alone would seldom make it so uneven (${percent(chance)}).`
    : 'By what you saw of each list, this may be chance.'
}

export function teamsSentence({ own, other, chance }: OpenComparison): string {
  const so = `So far ${own} of what was chosen for you, ${other} of what is widely read`
  if (own + other === 0) return 'Nothing opened from the mixed shelf yet.'
  if (chance === undefined) return `${so}: too few to tell.`
  if (chance >= UNLIKELY) return `${so}: this may be chance.`
  const winner = own > other ? 'What is chosen for you' : 'What is widely read'
  return `${so}. ${winner} suits you better: chance alone would seldom make it so uneven (${percent(chance)}).`
}

/** "below 1 %", "3 %" */
function percent(chance: number): string {
  return chance < 0.01 ? 'below 1 %' : `${Math.round(100 * chance)} %`
}
