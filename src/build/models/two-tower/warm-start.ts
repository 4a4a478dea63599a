/** Towers that begin where those of nearly the same data ended. */

import { HearthError } from '../../../errors.ts'
import { parametersOf, type TowerModel } from './parameters.ts'

export interface TowerStart {
  /** As `FittedTowers` has them. */
  readonly parameters: readonly Float32Array[]
  /** [items] each item's index there; −1: it is not among them. */
  readonly itemOf: Int32Array
  /** [attributes] each attribute value's index there, likewise. */
  readonly attributeOf: Int32Array
}

/**
 * Moves the parameters of `model` to those of `start`. What has no place there begins
 * without a vector of its own: an item is then placed by its content and attributes.
 *
 * @throws HearthError `bad-argument` if `start` is of towers of another shape
 */
export function startFrom(model: TowerModel, start: TowerStart): void {
  const { dim } = model
  const [content, attributes, ids, hidden, bias, ...user] = start.parameters
  const [ownContent, ownAttributes, ownIds, ownHidden, ownBias, ...ownUser] =
    parametersOf(model)
  const shared = [content, hidden, ...user]
  const own = [ownContent, ownHidden, ...ownUser]
  const fits =
    shared.length === own.length &&
    own.every((array, n) => array.length === shared[n]?.length) &&
    start.itemOf.length === model.rows &&
    ids.length === bias.length * dim
  if (!fits) {
    throw new HearthError(
      'bad-argument',
      'invalid start: got towers of another shape, expected those of the same settings.',
    )
  }
  own.forEach((array, n) => {
    array.set(shared[n])
  })
  pickRowsInto(ownAttributes, attributes, { dim, from: start.attributeOf })
  pickRowsInto(ownIds, ids, { dim, from: start.itemOf })
  start.itemOf.forEach((former, item) => {
    if (former >= 0) ownBias[item] = bias[former] // another's: its share, as ever
  })
}

interface Picked {
  readonly dim: number
  /** [rows of `out`] */
  readonly from: Int32Array
}

function pickRowsInto(out: Float32Array, rows: Float32Array, { dim, from }: Picked) {
  from.forEach((former, row) => {
    const at = row * dim
    if (former < 0) out.fill(0, at, at + dim)
    else out.set(rows.subarray(former * dim, (former + 1) * dim), at)
  })
}
