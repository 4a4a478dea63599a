/**
 * How a score becomes a probability, fitted by the builder on people held out and kept in the
 * manifest: one curve a bucket of the number of events.
 *
 *   logit p = places(place) + gap·(score − level) + lift·level + events·log2(1 + k)
 *
 * `place` is that of the item among all the visitor has not chosen, by score, from 1;
 * `level` the mean score of the first 20 of them, within `levels`; k the number of events,
 * within the bucket. A higher score never gets a lower probability in the same list.
 */
import {
  asFinite,
  asInteger,
  asList,
  asObject,
  inside,
  type Place,
  refuse,
} from './json-check.ts'

/** Places whose logits are stored; between them, log(place) tells, after the last all is one. */
export const CALIBRATION_PLACES = [1, 2, 5, 10, 20, 50, 100, 300, 1000] as const

export interface CalibrationCurve {
  /** [places] never rising. */
  readonly places: readonly number[]
  /** Of how far the score lies above or below the level of its list, ≥ 0. */
  readonly gap: number
  /** Of the level. */
  readonly lift: number
  /** Of log2(1 + k). */
  readonly events: number
  /** The lowest and the highest level it was fitted on. */
  readonly levels: readonly [low: number, high: number]
}

export interface Calibration {
  /** Held-out people it was fitted on. */
  readonly people: number
  /** By bucket of the number of events; null: too few people, and no number is shown. */
  readonly buckets: readonly (CalibrationCurve | null)[]
}

const MAX_PEOPLE = 2 ** 31 - 1

/**
 * @param count how many buckets there are
 * @throws HearthError `bad-pack` for a number that is missing or would turn an order round
 */
export function checkCalibration(
  value: unknown,
  place: Place,
  count: number,
): Calibration {
  const { people, buckets } = asObject(value, place)
  const at = inside(place, 'buckets')
  return {
    people: asInteger(people, inside(place, 'people'), { min: 1, max: MAX_PEOPLE }),
    buckets: asList(buckets, at, count).map((curve, bucket) =>
      curve === null ? null : checkCurve(curve, inside(at, bucket)),
    ),
  }
}

function checkCurve(value: unknown, place: Place): CalibrationCurve {
  const { places, gap, lift, events, levels } = asObject(value, place)
  const numbers = (list: unknown, name: string, length: number) => {
    const at = inside(place, name)
    return asList(list, at, length).map((entry, i) => asFinite(entry, inside(at, i)))
  }
  const logits = numbers(places, 'places', CALIBRATION_PLACES.length)
  if (logits.some((logit, i) => i > 0 && logit > logits[i - 1]!)) {
    refuse(inside(place, 'places'), logits, 'numbers that never rise')
  }
  const slope = asFinite(gap, inside(place, 'gap'))
  if (slope < 0) refuse(inside(place, 'gap'), slope, 'a number of 0 or more')
  const [low, high] = numbers(levels, 'levels', 2) as [number, number]
  if (low > high) refuse(inside(place, 'levels'), [low, high], 'the lower one first')
  return {
    places: logits,
    gap: slope,
    lift: asFinite(lift, inside(place, 'lift')),
    events: asFinite(events, inside(place, 'events')),
    levels: [low, high],
  }
}
