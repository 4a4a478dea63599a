/** A folder with a table of items and one of interactions. */
import { readDataset } from './build-catalogue.ts'
import { formatCleaning } from './build-report.ts'
import { findTables } from './find-tables.ts'
import { given } from './given.ts'
import type { Layout } from './layout.ts'

export const tablesLayout: Layout = {
  files: 'a table of items (id, title) beside one of interactions (user, item)',
  async open(folder) {
    const tables = await findTables(folder)
    if (!tables) return undefined
    return async ({ deps, options, modelFolder }) => {
      const { onProgress } = options
      const { dataset, cleaning } = await readDataset(tables, {
        now: deps.now(),
        onProgress,
      })
      for (const line of cleaning.flatMap(formatCleaning)) {
        deps.stderr.write(`${line}\n`)
      }
      const encoder =
        modelFolder === undefined ? undefined : await deps.createEncoder(modelFolder)
      try {
        return await deps.evaluate(dataset, {
          ...options,
          ...given('encoder', encoder),
        })
      } finally {
        await encoder?.dispose()
      }
    }
  },
}
