/** Ranked items → what a page shows of them: facts, score, reasons, the visitor's reaction. */
import { explainCommon } from '../explain/common-reasons.ts'
import type { Describe, DescriberParts, ExplainLists } from './described-list.ts'
import { lazily } from './lazily.ts'
import type { VisitorLog } from './visitor-log.ts'

export interface Describer {
  /**
   * Loads what explains the lists of somebody who did something; a stranger's need none of
   * it. Before scoring, so that nothing asynchronous comes between scores and reasons. Never
   * rejects: without the script the reasons are those of a stranger.
   */
  prepare(isNeeded?: boolean): Promise<void>
  /** Describes lists by the log as it is now: use it at once. */
  now(): Describe
}

export function createDescriber(parts: DescriberParts): Describer {
  const { pack, items, log } = parts
  let explainLists: (() => ExplainLists) | undefined
  const load = lazily(async () => {
    const { listExplainer } = await import('./seldom.ts')
    explainLists = listExplainer(parts)
  })

  function now(): Describe {
    const reactions = log.reactions()
    const isStranger = isNobody(log)
    const explain = explainLists?.()
    return (ranked, list = {}) => {
      const isCommon = isStranger && list.anchor === undefined && !list.search
      const explained =
        explain && !isCommon
          ? explain(ranked, list)
          : ranked.map((item) => explainCommon(pack, item))
      return ranked.map(({ index, score, match, components, isGuess }, place) => {
        const record = items.record(index)
        const reaction = reactions.get(record.id)
        return {
          ...record,
          ...{ score, components, isGuess },
          ...(match === undefined ? {} : { match }),
          ...explained[place]!,
          ...(reaction ? { reaction } : {}),
        }
      })
    }
  }

  return {
    prepare: async (isNeeded = !isNobody(log)) => {
      if (isNeeded) await load().catch(() => {}) // asked for again by the next list
    },
    now,
  }
}

/** Nothing is known of them that a reason could name. */
export function isNobody(log: VisitorLog): boolean {
  const { history, searches, stated } = log.taste()
  if (stated) return false
  return history.length === 0 && searches.length === 0 && log.reactions().size === 0
}
