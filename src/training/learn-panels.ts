/** What is learned without each panel's users, and does not depend on how bytes are divided. */
import type { PackSource } from '../catalogue/pack-source.ts'
import type { HoldOut } from './hold-out.ts'
import {
  type LearnedTowers,
  type LearnTowersOptions,
  learnTowers,
} from './learn-towers.ts'
import { popularityOf } from './positives.ts'
import type { SharePanel } from './share-bytes.ts'

export interface LearnedPanel extends SharePanel {
  readonly towers?: LearnedTowers
}

/**
 * The first panel's towers ship, and are those that a checkpoint is of.
 *
 * @param base the pack so far: content, entities
 */
export async function learnPanels(
  base: PackSource,
  panels: readonly [HoldOut, ...HoldOut[]],
  options: LearnTowersOptions,
): Promise<[LearnedPanel, ...LearnedPanel[]]> {
  const { checkpoint, ...others } = options
  const learn = async (
    split: HoldOut,
    how: LearnTowersOptions,
  ): Promise<LearnedPanel> => {
    const towers = await learnTowers(base.entities, split, how)
    const popularity = popularityOf(split.train)
    const tower = towers && { tower: towers.block }
    return { split, base: { ...base, popularity, ...tower }, ...(towers && { towers }) }
  }
  const [first, ...rest] = panels
  const learned: [LearnedPanel, ...LearnedPanel[]] = [await learn(first, options)]
  for (const split of rest) learned.push(await learn(split, others))
  return learned
}
