/** Does what earlier pages asked for and were left before it was stored. */
import { HearthError } from '../errors.ts'
import type { Engine } from './calls.ts'

/**
 * In order; done twice is done once. What is no act, or one that an engine refuses, is passed
 * over: `localStorage` is open to any script of the site.
 * @param acts JSON of `[method, ...arguments]`, oldest first
 * @throws HearthError `storage` for a removal that the disk refuses
 */
export async function settleActs(
  engine: Engine,
  acts: readonly string[],
): Promise<void> {
  for (const act of acts) {
    try {
      await settle(engine, JSON.parse(act))
    } catch (error) {
      if (error instanceof HearthError && error.code === 'storage') throw error
    }
  }
}

/** A removal may name events that the disk never took: their numbers mean others by now. */
const isStored = (seq: unknown) =>
  Number.isSafeInteger(seq) && (seq as number) < 2 ** 52

async function settle(engine: Engine, [method, first, options]: unknown[]) {
  if (!Array.isArray(first)) return
  if (method === 'remove') await engine.remove(first.filter(isStored))
  if (method !== 'record') return
  const { instead } = Object(options) as { readonly instead?: unknown }
  const gone = Array.isArray(instead) ? instead.filter(isStored) : []
  await engine.record(first, { instead: gone })
}
