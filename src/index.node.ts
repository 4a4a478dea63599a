/**
 * The library in Node: the pack is a folder, the profile is in memory, the engine runs in
 * this thread. Pages have `index.ts`, with the same names and types.
 */

import type { Hearth, HearthOptions } from './engine/hearth.ts'
import { whenOpened } from './engine/in-place.ts'
import { openNodeHearth } from './engine/open-node.ts'

export type * from './engine/hearth.ts'
export { HearthError } from './errors.ts'
export { type Chance, chanceOf } from './explain/messages/chance.ts'
export { en } from './explain/messages/en.ts'
export {
  chanceText,
  type Messages,
  reasonText,
  shelfTitle,
} from './explain/messages/messages.ts'

/**
 * Opens the recommender of one pack, with a profile of its own.
 * @example
 * const hearth = await createHearth({ pack: 'dist/pack' })
 * @returns once the pack's manifest was read and checked; the rest loads meanwhile
 * @throws HearthError `bad-pack` for a pack that is missing or of another version,
 *   `bad-argument` for an option that is none, or that Node does not have
 */
export async function createHearth(options: HearthOptions): Promise<Hearth> {
  return whenOpened(openNodeHearth(options))
}

/**
 * As `createHearth`, at once: what is wrong with the pack comes with the first call.
 * @throws HearthError `bad-argument` as `createHearth`
 */
export function openHearth(options: HearthOptions): Hearth {
  return openNodeHearth(options).hearth
}
