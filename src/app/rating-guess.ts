/** The line beside the stars: a guess at the visitor's rating, and what it is made of. */
import { html, nothing, type TemplateResult } from 'lit'
import type { RatingGuess } from '../engine/engine.ts'

/**
 * One line whatever there is to say, so that nothing moves when it changes.
 *
 * @param guess undefined: the catalogue predicts no ratings, and nothing is drawn
 */
export function guessView(
  guess: RatingGuess | undefined,
  isRated: boolean,
): TemplateResult | typeof nothing {
  if (!guess) return nothing
  return html`<p class="guess">${guessWords(guess, isRated)}</p>`
}

export function guessWords(
  { stars, from, least }: RatingGuess,
  isRated: boolean,
): string {
  if (stars === undefined) {
    const missing = least - from
    return isRated
      ? `Once you have rated ${least} others, a guess stands here too.`
      : `Rate ${missing === 1 ? 'one more book' : `${missing} books`}, and a guess of your rating stands here.`
  }
  const number = stars.toFixed(1)
  return isRated
    ? `From your ${from} other ratings, the guess was ${number}.`
    : `You might give it ${number}: a guess from your ${from} ratings.`
}
