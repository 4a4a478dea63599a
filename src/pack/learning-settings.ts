/** What a page needs to know to learn of this catalogue's visitors, found by the builder. */
import { asFinite, asObject, inside, type Place, refuse } from './json-check.ts'

export interface LearningSettings {
  /**
   * How far an item that was seen and passed over speaks against items like it, as a share of
   * the support of one that was chosen, in [0, 1]. 0: it counts against itself alone.
   */
  readonly skipShare: number
}

/** @throws HearthError `bad-pack` for a number that is missing or out of its range */
export function checkLearning(value: unknown, place: Place): LearningSettings {
  const at = inside(place, 'skipShare')
  const skipShare = asFinite(asObject(value, place).skipShare, at)
  if (skipShare >= 0 && skipShare <= 1) return { skipShare }
  return refuse(at, skipShare, 'a number from 0 to 1')
}
