/** Folders in time order: sequences of users, and click sessions. */
import type { NextClicks } from '../evaluation/next-clicks.ts'
import type { Evaluation } from './deps.ts'
import type { Layout, LayoutContext } from './layout.ts'
import {
  findSequences,
  findSessions,
  readSequences,
  readSessions,
} from './read-sequences.ts'

export const sequencesLayout: Layout = {
  files: 'sequences.txt.gz',
  async open(folder) {
    const files = await findSequences(folder)
    if (!files) return undefined
    return async (context) => {
      const { leaveLastOut } = await import('../evaluation/next-clicks.ts')
      const read = await readSequences(files)
      return evaluateClicks(leaveLastOut(read, context.options.seed ?? 1), context)
    }
  },
}

export const sessionsLayout: Layout = {
  files: 'sessions-train.txt.gz and sessions-test.txt.gz',
  async open(folder) {
    const files = await findSessions(folder)
    if (!files) return undefined
    return async (context) => {
      const { sessionClicks } = await import('../evaluation/next-clicks.ts')
      const read = await readSessions(files)
      return evaluateClicks(sessionClicks(read, context.options.seed ?? 1), context)
    }
  },
}

async function evaluateClicks(
  clicks: NextClicks,
  { options }: LayoutContext,
): Promise<Evaluation> {
  const { evaluateSequence } = await import('../evaluation/evaluate-sequence.ts')
  const { formatNextClicks } = await import('../evaluation/next-click-report.ts')
  const json = await evaluateSequence(clicks, options)
  return { table: formatNextClicks(json), json: `${JSON.stringify(json, null, 2)}\n` }
}
