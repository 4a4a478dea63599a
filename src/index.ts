/**
 * The library in a page: the engine runs in a worker. Node has `index.node.ts`, with the
 * same names and types.
 */

import type { Hearth, HearthOptions } from './engine/hearth.ts'
import { whenOpened } from './engine/in-place.ts'
import { openPageHearth } from './engine/worker/open-hearth.ts'

export type * from './engine/hearth.ts'
export { HearthError } from './errors.ts'
export { type Chance, chanceOf, chanceText } from './explain/messages/chance.ts'
export { en } from './explain/messages/en.ts'
export { type Messages, reasonText, shelfTitle } from './explain/messages/messages.ts'

/**
 * Opens the recommender of one pack and this device's profile. In a page all callers share
 * one engine for each pack; what one of them opens with `storage: 'memory'` is kept in
 * memory for all.
 * @example
 * const hearth = await createHearth({ pack: '/pack', storage: 'memory' })
 * @returns once the pack's manifest was read and checked; the rest loads meanwhile
 * @throws HearthError `bad-pack` for a pack that is missing or of another version,
 *   `bad-argument` for an option that is none
 */
export async function createHearth(options: HearthOptions): Promise<Hearth> {
  return whenOpened(openPageHearth(options))
}

/**
 * As `createHearth`, at once: what is wrong with the pack comes with the first call.
 * @throws HearthError `bad-argument` for an option that is none
 */
export function openHearth(options: HearthOptions): Hearth {
  return openPageHearth(options).hearth
}
