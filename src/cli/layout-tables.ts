/** A folder with a table of items and one of interactions. */
import { readDataset } from './build-catalogue.ts'
import { formatCleaning } from './build-report.ts'
import { findTables } from './find-tables.ts'
import { type Layout, withEncoder } from './layout.ts'

export const tablesLayout: Layout = {
  files: 'a table of items (id, title) beside one of interactions (user, item)',
  async open(folder) {
    const tables = await findTables(folder)
    if (!tables) return undefined
    return async (context) => {
      const { deps, options } = context
      const { onProgress, seed = 1 } = options
      const { dataset, cleaning } = await readDataset(tables, {
        now: deps.now(),
        onProgress,
      })
      for (const line of cleaning.flatMap(formatCleaning)) {
        deps.stderr.write(`${line}\n`)
      }
      if (options.split !== 'cold') {
        return withEncoder(context, (asked) => deps.evaluate(dataset, asked))
      }
      const { cutCold } = await import('../evaluation/cold-split.ts')
      const split = cutCold(dataset, { seed })
      return withEncoder(context, (asked) => deps.evaluateCold(split, asked))
    }
  },
}
