/** A folder that comes cut into training and test. */
import type { Layout } from './layout.ts'
import { findSplit, readSplit } from './read-split.ts'

export const splitLayout: Layout = {
  files: 'train.txt.gz and test.txt.gz',
  async open(folder) {
    const files = await findSplit(folder)
    if (!files) return undefined
    return async ({ deps, options }) =>
      deps.evaluateSplit(await readSplit(files), options)
  },
}
