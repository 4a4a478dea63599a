/** Everything the commands reach outside themselves for, so that tests can stand in. */
import type { BuildDeps } from '../build/build-catalogue.ts'
import type { EvaluateDeps } from '../evaluate/layouts/layouts.ts'

export interface CliDeps extends BuildDeps, EvaluateDeps {
  readonly stdin: AsyncIterable<Uint8Array>
  /** Resolves when there is room for more. */
  readonly print: (text: string) => Promise<void>
}
