import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** `import … from '…/evaluate/…'` that is there at run time; `import type` and `import()` are not. */
const EVALUATE_IMPORT =
  /^(?:import|export) (?!type\b)[^'"]*['"](?:\.\.?\/)+evaluate\/[^'"]*['"]/m

test('building loads nothing of evaluation, and the command line only when it evaluates', () => {
  const sources = ['src/build', 'src/cli'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  )
  const product = sources.filter((path) => /(?<!\.test|\.test-data)\.ts$/.test(path))
  expect(product).toContain(join('src/cli', 'evaluate-command.ts'))
  const loading = product.filter((path) =>
    EVALUATE_IMPORT.test(readFileSync(path, 'utf8')),
  )
  expect(loading).toEqual([])
})
