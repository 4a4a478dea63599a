/** Ranked items → what a page shows of them: facts, score, reasons, the visitor's reaction. */
import { commonReasons } from '../explain/common-reasons.ts'
import type { Explain, Explainer } from '../explain/explain.ts'
import type { ExplainedList } from '../explain/explained-list.ts'
import { asGuess, headline, type Said, type ShelfRule } from '../explain/headline.ts'
import type { Reason } from '../explain/reason.ts'
import type { Taste } from '../feedback/taste.ts'
import type { ItemTable } from '../pack/items.ts'
import type { Pack } from '../pack/pack.ts'
import { tasteFor } from '../scoring/related.ts'
import type { RankedItem, ScoreRequest } from '../scoring/score.ts'
import type { RecommendedItem } from './hearth.ts'
import { lazily } from './lazily.ts'
import type { VisitorLog } from './visitor-log.ts'

interface DescriberParts {
  readonly pack: Pack
  readonly items: ItemTable
  readonly log: VisitorLog
  /** The visitor of this taste as scoring wants them, with the typed text it read. */
  readonly requestOf: (taste: Taste) => ScoreRequest & { readonly typed?: string }
}

/** One list to describe. */
interface DescribedList {
  /** Default `score`. */
  readonly rule?: ShelfRule
  /** The item a list is about: what its items have in common with it is their reason. */
  readonly anchor?: number
  /** Default: the log's. */
  readonly taste?: Taste
  readonly search?: { readonly text: string; readonly vector?: Float32Array }
}

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

type Describe = (
  ranked: readonly RankedItem[],
  list?: DescribedList,
) => RecommendedItem[]

export function createDescriber(parts: DescriberParts): Describer {
  const { pack, items, log } = parts
  let explainer: Explainer | undefined
  const load = lazily(async () => {
    const { createExplainer } = await import('./seldom.ts')
    explainer = createExplainer(pack, items)
  })

  function now(): Describe {
    const reactions = log.reactions()
    const common = (ranked: RankedItem) => commonReasons(pack, ranked)
    const isStranger = isNobody(log)
    /** By the visitor's own taste: several lists of a page. */
    let own: Explain | undefined
    function reasonsOf(list: DescribedList) {
      const isOwn = list.anchor === undefined && !list.search
      if (!explainer || (isOwn && isStranger)) return common
      if (!isOwn || list.taste) return explainer.of(explainedList(list, parts))
      own ??= explainer.of(explainedList(list, parts))
      return own
    }
    return (ranked, list = {}) => {
      const { rule = 'score' } = list
      const explain = reasonsOf(list)
      const said: Said = new Map()
      return ranked.map((item) => {
        const { index, score, match, components, isGuess } = item
        const record = items.record(index)
        const reaction = reactions.get(record.id)
        const reasons = guessed(explain(item, rule), isGuess)
        const lead = headline(reasons, rule, said)
        return {
          ...record,
          ...{ score, components, reasons, isGuess },
          ...(match === undefined ? {} : { match }),
          ...(lead ? { headline: lead } : {}),
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
function isNobody(log: VisitorLog): boolean {
  const { history, searches } = log.taste()
  return history.length === 0 && searches.length === 0 && log.reactions().size === 0
}

/** The first reason of a guess states that it is one. */
function guessed(reasons: readonly Reason[], isGuess: boolean): readonly Reason[] {
  const [first, ...others] = reasons
  return isGuess && first ? [asGuess(first), ...others] : reasons
}

function explainedList(list: DescribedList, parts: DescriberParts): ExplainedList {
  const { items, log, requestOf } = parts
  const { anchor, search, taste = log.taste() } = list
  const reactions = log.reactions()
  const kinds = new Map(log.taste().history.map(({ index, kind }) => [index, kind]))
  const { typed, ...request } =
    anchor !== undefined
      ? { typed: undefined, taste: tasteFor(anchor) }
      : search
        ? { typed: undefined, taste, ...queryOf(search) }
        : requestOf(taste)
  return {
    request,
    history: taste.history,
    // having opened the page of the item it is about is no reason for a list
    kindOf: (index) => (index === anchor ? undefined : kinds.get(index)),
    reactionOf: (index) => reactions.get(items.record(index).id),
    ...(anchor === undefined ? {} : { anchor }),
    ...(typed === undefined ? {} : { typed }),
    ...(search ? { search: search.text } : {}),
  }
}

const queryOf = ({ vector }: { readonly vector?: Float32Array }) =>
  vector ? { textQuery: vector } : {}
