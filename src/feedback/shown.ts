/** How an item stood in the list it was seen in: what learning from a view or a skip needs. */
import type { HearthError } from '../errors.ts'

/** Written by the engine into an impression whose `slate` names a list that it made. */
export interface Shown {
  /** Place in its list, from 0. */
  readonly place: number
  /** Chance with which the item got this place, (0, 1]; 1 where nothing was drawn. */
  readonly propensity: number
  /**
   * What chose the item: `shipped` or `learned` fusion, `guess` (drawn to learn from), `pinned`
   * by the owner, one of two teams that were drafted into a list (`TEAMS` of `opens.ts`), or the
   * kind of its list, as `because`. 1–16 characters.
   */
  readonly policy: string
  /**
   * The components of its score, as the pack's own fusion weighs them, rounded to
   * thousandths, those that are 0 left out: at most 8, each within ±100.
   */
  readonly parts: Readonly<Record<string, number>>
  /**
   * Of a guess: the chance with which the pack's own fusion and the learned one would have
   * drawn it, 0–1 each. What off-policy estimates compare.
   */
  readonly chances?: { readonly shipped: number; readonly learned: number }
}

/** UTF-16 units of a policy or of a component's name. */
const NAME_MAX_LENGTH = 16
/** No list is longer. */
const MAX_PLACE = 999
const MAX_PARTS = 8
/** Components are standard scores times a weight near 1: none is near it. */
export const PART_LIMIT = 100

type Wrong = (name: string, value: unknown, expected: string) => HearthError

/**
 * Fields that are not of a `Shown` are dropped.
 * @param wrong makes the error of a field
 * @throws HearthError from `wrong`
 */
export function checkShown(value: unknown, wrong: Wrong): Shown {
  const number = (name: string, given: unknown, least: number, most: number) => {
    if (typeof given === 'number' && given >= least && given <= most) return given
    throw wrong(`shown.${name}`, given, `a number from ${least} to ${most}`)
  }
  const fields = recordOf(value)
  if (!fields) throw wrong('shown', value, 'an object')
  const { place, propensity, policy, chances } = fields
  if (typeof policy !== 'string' || policy.length > NAME_MAX_LENGTH) {
    throw wrong('shown.policy', policy, `at most ${NAME_MAX_LENGTH} characters`)
  }
  const parts = Object.entries(recordOf(fields.parts) ?? {})
  if (
    parts.length > MAX_PARTS ||
    parts.some(([{ length }]) => length > NAME_MAX_LENGTH)
  ) {
    throw wrong('shown.parts', fields.parts, `at most ${MAX_PARTS} named numbers`)
  }
  const { shipped, learned } = recordOf(chances) ?? {}
  return {
    place: Math.floor(number('place', place, 0, MAX_PLACE)),
    propensity: number('propensity', propensity, Number.MIN_VALUE, 1),
    policy,
    parts: Object.fromEntries(
      parts.map(([name, part]) => [
        name,
        number('parts', part, -PART_LIMIT, PART_LIMIT),
      ]),
    ),
    ...(chances === undefined
      ? {}
      : {
          chances: {
            shipped: number('chances', shipped, 0, 1),
            learned: number('chances', learned, 0, 1),
          },
        }),
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
}
