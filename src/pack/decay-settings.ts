/**
 * How much each of a visitor's last events counts in the `sequence` block, chosen per
 * catalogue by the builder and kept in the manifest.
 *
 *   weight of an event   (1 − floor)·decay^age + floor, age 0 being the newest
 *   worth of a return    newest, second, then older·fading^(age − 2), added up over the
 *                        events on the item, as a share of the block's total score
 */
import { asObject, inside, type Place, refuse } from './json-check.ts'

/** What an item already seen gains by each event on it; all 0 where nobody returns. */
export interface ReturnTable {
  /** Of the newest event, ≥ 0. */
  readonly newest: number
  /** Of the one before it, ≥ 0. */
  readonly second: number
  /** Of the third newest, ≥ 0; from there on it fades. */
  readonly older: number
  /** What one step further back leaves of `older`, in [0, 1]. */
  readonly fading: number
}

export interface DecaySettings {
  /** What one step back in the history leaves of an event, in [0, 1]. */
  readonly decay: number
  /** The share of an event that does not fade, in [0, 1]. */
  readonly floor: number
  /**
   * Standard deviation, over the catalogue, of the block's score for a typical visitor,
   * > 0. The component is divided by it, so that it stays small for a visitor of whom the
   * block holds little. Absent: each visitor's own deviation.
   */
  readonly spread?: number
  readonly returns: ReturnTable
}

/** Of a pack that states none: a decay that does well for next clicks, and nobody returns. */
export const defaultDecaySettings: DecaySettings = {
  decay: 0.7,
  floor: 0,
  returns: { newest: 0, second: 0, older: 0, fading: 0 },
}

/** Far above any worth: one return as good as a hundred times the block's total score. */
const MAX_WORTH = 100

/** @throws HearthError `bad-pack` for a number that is missing or out of its range */
export function checkDecaySettings(value: unknown, place: Place): DecaySettings {
  const decaySettings = asObject(value, place)
  const at = inside(place, 'returns')
  const returns = asObject(decaySettings.returns, at)
  const worth = (name: string) =>
    within(returns[name], inside(at, name), { max: MAX_WORTH })
  return {
    decay: within(decaySettings.decay, inside(place, 'decay'), { max: 1 }),
    floor: within(decaySettings.floor, inside(place, 'floor'), { max: 1 }),
    ...(decaySettings.spread !== undefined && {
      spread: above0(decaySettings.spread, inside(place, 'spread')),
    }),
    returns: {
      newest: worth('newest'),
      second: worth('second'),
      older: worth('older'),
      fading: within(returns.fading, inside(at, 'fading'), { max: 1 }),
    },
  }
}

function within(
  value: unknown,
  place: Place,
  { max }: { readonly max: number },
): number {
  return typeof value === 'number' && value >= 0 && value <= max
    ? value
    : refuse(place, value, `a number from 0 to ${max}`)
}

/** So that neither it nor one over it overflows a float32. */
const MAX_SPREAD = 1e30

function above0(value: unknown, place: Place): number {
  return typeof value === 'number' && value >= 1 / MAX_SPREAD && value <= MAX_SPREAD
    ? value
    : refuse(place, value, `a number from ${1 / MAX_SPREAD} to ${MAX_SPREAD}`)
}
