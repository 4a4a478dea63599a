/**
 * A visitor's own choice not to be stored, kept on this device so that it holds on the next
 * page: one word a pack in `localStorage`, and nothing of what was done.
 */
import type { Storage } from '../../store/profile-store.ts'
import { profileName } from './profile-name.ts'

const nameOf = (packUrl: string) => `hearth-storage:${profileName(packUrl)}`

/** @returns `memory` if the visitor chose it; undefined for no choice, or where it cannot be read */
export function chosenStorage(packUrl: string): 'memory' | undefined {
  try {
    return localStorage.getItem(nameOf(packUrl)) === 'memory' ? 'memory' : undefined
  } catch {
    return undefined // storage is denied to this page: there is nothing to be stored in either
  }
}

/** Keeps the choice; `persistent`, the default, is kept by keeping nothing. */
export function keepChoice(packUrl: string, storage: Storage): void {
  try {
    if (storage === 'memory') localStorage.setItem(nameOf(packUrl), 'memory')
    else localStorage.removeItem(nameOf(packUrl))
  } catch {
    // denied or full: the choice holds for this page alone, which `state` shows
  }
}
