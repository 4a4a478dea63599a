/** A folder that comes cut into training and test. */
import { HearthError } from '../errors.ts'
import type { Layout } from './layout.ts'
import { findSplit, readSplit } from './read-split.ts'

export const splitLayout: Layout = {
  files: 'train.txt.gz and test.txt.gz',
  async open(folder) {
    const files = await findSplit(folder)
    if (!files) return undefined
    return async ({ deps, options }) => {
      const { split: by } = options
      if (by !== undefined && by !== 'users') {
        throw new HearthError(
          'bad-argument',
          `bad --split: got ${by}, but ${folder} holds neither times nor facts of items. Leave it out, or say users.`,
        )
      }
      const split = await readSplit(files)
      if (by === undefined) return deps.evaluateSplit(split, options)
      const { joinSplit } = await import('../evaluation/join-split.ts')
      return deps.evaluate(joinSplit(split), options)
    }
  },
}
