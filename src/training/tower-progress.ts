/** What an epoch of the towers' training begins with, kept and put back. */
import { type CheckpointFile, readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { type AdamState, copyInto } from './tower-adam.ts'
import { parametersOf } from './tower-model.ts'
import type { TowerTraining } from './tower-step.ts'

export interface KeptIn {
  readonly file: CheckpointFile
  /** Of the data and the settings. */
  readonly key: string
}

/** Best: the towers of the best epoch so far. */
export interface Progress<Best> {
  readonly epoch: number
  readonly bestEpoch: number
  readonly best: Best
}

interface EpochState<Best> extends Progress<Best> {
  readonly random: Uint32Array
  /** In the order of the last epoch. */
  readonly users: Uint32Array
  readonly parameters: readonly Float32Array[]
  readonly adam: AdamState
}

export function keep<Best>(
  { model, adam, random }: TowerTraining,
  progress: Progress<Best> & { readonly users: Uint32Array },
  { file, key }: KeptIn,
): Promise<void> {
  const learnt = { parameters: parametersOf(model), adam: adam.state() }
  const state: EpochState<Best> = { ...progress, ...learnt, random: random.state() }
  return writeCheckpoint(file, key, state)
}

/**
 * Puts all back as it was kept.
 *
 * @param users overwritten: their order
 * @returns undefined if nothing was kept
 * @throws HearthError `bad-input`, see `readCheckpoint`
 */
export async function goOn<Best>(
  { model, adam, random }: TowerTraining,
  users: Uint32Array,
  { file, key }: KeptIn,
): Promise<Progress<Best> | undefined> {
  const state = await readCheckpoint<EpochState<Best>>(file, key)
  if (!state) return undefined
  copyInto(parametersOf(model), state.parameters)
  adam.restore(state.adam)
  random.restore(state.random)
  users.set(state.users)
  return state
}
