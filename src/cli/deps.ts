/** What the commands reach outside themselves, so that tests can replace it. */
import type { BuildDeps } from '../build/build-catalogue.ts'
import type { evaluateTask } from '../evaluate/evaluate-task.ts'

export interface CliDeps extends BuildDeps {
  readonly stdin: AsyncIterable<Uint8Array>
  /** Resolves when there is room for more. */
  readonly print: (text: string) => Promise<void>
  /** Where builds keep what the next may reuse. Absent: nowhere, unless it is named. */
  readonly cacheFolder?: () => string
  /** Called once; resolves when the user ends a command that would run for ever. */
  readonly untilStopped: () => Promise<void>
  readonly peakMemoryBytes: () => number
  readonly evaluate: typeof evaluateTask
}
