/** A folder whose items to be tested are new: nobody in training chose them. */

import type { Layout } from './layout.ts'
import { withEncoder } from './layout.ts'
import { findCold, readCold } from './read-cold.ts'

export const coldLayout: Layout = {
  files: 'items.csv.gz, train.csv.gz, valid.csv.gz and test.csv.gz (uid,iid)',
  async open(folder) {
    const files = await findCold(folder)
    if (!files) return undefined
    return async (context) => {
      const split = await readCold(files)
      return withEncoder(context, (options) =>
        context.deps.evaluateCold(split, options),
      )
    }
  },
}
