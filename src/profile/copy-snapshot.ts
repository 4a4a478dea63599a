import { HearthError } from '../errors.ts'
import type { Snapshot } from './profile-store.ts'

/**
 * A copy its maker can no longer change.
 * @throws HearthError `bad-argument` if its value holds a function or the like
 */
export function copySnapshot(snapshot: Snapshot): Snapshot {
  try {
    return structuredClone(snapshot)
  } catch (cause) {
    const message =
      'wrong snapshot value: got one that cannot be copied, expected data.'
    throw new HearthError('bad-argument', message, { cause })
  }
}
