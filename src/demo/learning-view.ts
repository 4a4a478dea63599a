/** How the ranking follows the visitor, in a plain line, and the way back. */
import { html, nothing } from 'lit'
import type { LearningState } from '../index.ts'

const percent = (share: number) => `${Math.round(share * 100)} %`

/** One sentence. */
export function learningLine(learning: LearningState): string {
  const { state, views, taken } = learning
  if (state === 'waiting') {
    return `The picks are ranked as they were built. ${views} seen, ${taken} opened: too few to learn from.`
  }
  const from = `${views} seen, ${taken} opened`
  return state === 'on'
    ? `The ranking follows what you open and what you pass over: ${from}.`
    : `Off: on your own guesses the learned ranking did worse than the one that was built, so that one ranks. ${from}.`
}

/** What the guesses say; nothing for a few. */
export function comparisonLine({
  guesses,
  takenShare,
  difference,
  interval,
}: LearningState): string | undefined {
  if (!takenShare || difference === undefined || !interval) return undefined
  const [lower, upper] = interval.map(percent)
  return `Of ${guesses} guesses: ${percent(takenShare.learned)} opened as learned, ${percent(takenShare.shipped)} as built; difference ${percent(difference)} (95 %: ${lower} to ${upper}).`
}

/** @param onReset returns to the model as it was built */
export function learningView(learning: LearningState, onReset: () => void) {
  const comparison = comparisonLine(learning)
  return html`<section class="learning">
    <h2>How the picks follow you</h2>
    <p data-learning=${learning.state}>${learningLine(learning)}</p>
    ${comparison ? html`<p>${comparison}</p>` : nothing}
    <button type="button" class="pill" @click=${onReset}>Back to the picks as built</button>
  </section>`
}
