/**
 * What a page asked its worker to record or remove and has no answer to yet: noted in
 * `localStorage` at once, which outlives a page that is left in the same moment, and struck
 * out with the answer. The next page's worker settles what is left (`settle-acts.ts`); events
 * are named by uid and removals by number, so twice is once.
 */
import type { HearthError } from '../../errors.ts'
import { profileName } from './profile-name.ts'

/** A call as it was made: its method and its arguments. */
export type Act = readonly ['record' | 'remove', ...unknown[]]

/** Acts of one page that are noted at a time: more wait only on a worker that hangs. */
const MAX_NOTED = 100
/** UTF-16 units; a screen of impressions has some 10,000. What is longer is an import. */
const MAX_ACT_LENGTH = 50_000
let noted = 0

/** @returns what the keys of a pack's acts begin with */
export const actsOf = (packUrl: string) => `hearth-act:${profileName(packUrl)}:`

/**
 * Settles as `done` does; until then the act is noted. Where `localStorage` is blocked or full
 * nothing is, and the act is as safe as the worker.
 */
export async function notedUntil<T>(
  acts: string,
  act: Act,
  done: Promise<T>,
): Promise<T> {
  const key = `${acts}${Date.now()}:${Math.random()}`
  noted++
  try {
    const text = JSON.stringify(act)
    if (noted <= MAX_NOTED && text.length <= MAX_ACT_LENGTH) localStorage[key] = text
  } catch {}
  try {
    const value = await done
    strike([key])
    return value
  } catch (error) {
    // a worker that was stopped may have stored nothing
    if ((error as HearthError).code !== 'stopped') strike([key])
    throw error
  } finally {
    noted--
  }
}

/** Keys of the acts that pages before this one left without an answer, oldest first. */
export function leftActs(acts: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(acts))
      .sort()
  } catch {
    return [] // blocked: nothing was noted either
  }
}

export function strike(keys: readonly string[]) {
  try {
    for (const key of keys) localStorage.removeItem(key)
  } catch {
    // blocked: nothing was noted
  }
}
