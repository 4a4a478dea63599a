/** Towers as a pack holds them, learned from users of whom some are set aside. */
import type { PackSource } from '../catalogue/pack-source.ts'
import type { CheckpointFile } from './checkpoint.ts'
import type { OnProgress, Positives } from './dataset.ts'
import type { HoldOut } from './hold-out.ts'
import { trainTowers } from './train-towers.ts'

export interface LearnTowersOptions {
  readonly content?:
    | { readonly dim: number; readonly vectors: Float32Array }
    | undefined
  readonly seed?: number
  /** See TowerOptions. */
  readonly checkpoint?: CheckpointFile
  readonly onProgress?: OnProgress
}

export interface LearnedTowers {
  readonly block: NonNullable<PackSource['tower']>
  readonly report: { readonly epochs: number; readonly validationRecall: number }
}

/** Users with two positives or more below which towers learn nothing worth their bytes. */
export const LEAST_TOWER_USERS = 50

/** @returns undefined if there are too few users to learn from */
export async function learnTowers(
  entities: PackSource['entities'],
  { train, aside }: Pick<HoldOut, 'train' | 'aside'>,
  { content, seed = 1, checkpoint, onProgress }: LearnTowersOptions,
): Promise<LearnedTowers | undefined> {
  if (usersWithTwo(train) < LEAST_TOWER_USERS) return undefined
  const input = {
    ...(content ? { content } : {}),
    knowledge: entities,
    positives: train,
    validation: aside,
  }
  const towers = await trainTowers(input, {
    ...{ seed, checkpoint },
    ...(onProgress ? { onProgress } : {}),
  })
  const { dim, items, bias, user, epochs, validationRecall } = towers
  return { block: { dim, items, bias, user }, report: { epochs, validationRecall } }
}

function usersWithTwo({ indptr, userCount }: Positives): number {
  let count = 0
  for (let user = 0; user < userCount; user++) {
    if (indptr[user + 1] - indptr[user] >= 2) count++
  }
  return count
}
