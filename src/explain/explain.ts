/**
 * A recommended item's score components, the records and the log → reasons, as data.
 *
 *   components > 0 that something supports, strongest first  →  one reason each
 *   share = component / Σ of all components > 0
 *
 * A reason states what the components and the log show, and nothing else: a component that
 * lowers the score is no reason to show the item, one that rises a little above the mean is
 * none either (`scoring/support.ts` has what is enough), and an item is never explained by
 * itself or by another edition of it. Where no component has a reason that names something
 * of the visitor's, the records are compared: makers, series, rare words. Where they have
 * nothing in common either, the reason is what the item is. Sentences are made of reasons by
 * `messages/`.
 */

import type { Reaction } from '../feedback/reactions.ts'
import type { ItemTable } from '../pack/items.ts'
import type { Pack } from '../pack/pack.ts'
import { attributesOf } from '../scoring/attributes.ts'
import { COMPONENTS, type RankedItem, type TasteView } from '../scoring/score.ts'
import { readSupports } from '../scoring/support.ts'
import { boostedBy, catalogueContent } from './common-reasons.ts'
import { CONTENTS } from './component-contents.ts'
import type { Context, ExplainedList } from './explained-list.ts'
import type { ShelfRule } from './headline.ts'
import { isMaker } from './makers.ts'
import type { Reason } from './reason.ts'
import { recordReasons } from './record-reasons.ts'
import { wordSharer } from './shared-words.ts'
import { workOf } from './works.ts'

/** A catalogue, ready to explain picks of it. */
export interface Explainer {
  /** For one list: call the result for each of its items. */
  of(list: ExplainedList): Explain
}

/**
 * @param rule what put the item on its list. Of one that the score did not choose the reasons
 *   are popularity, the log and what it is, and nothing is looked for in the score
 */
export type Explain = (ranked: RankedItem, rule: ShelfRule) => Reason[]

/** History items whose records are compared where the components name none. */
const COMPARED_RECORDS = 24
/** Stars up to which a rating refuses. */
const MAX_REFUSING_STARS = 2

export function createExplainer(pack: Pack, items: ItemTable): Explainer {
  const works = new Map<number, string | undefined>()
  const sharedWords = wordSharer(items)
  const workAt = (index: number) => {
    if (!works.has(index)) works.set(index, workOf(items.record(index)))
    return works.get(index)
  }
  const isNamed = (attribute: number) => {
    const { relation, name } = pack.attributes.values[attribute]!
    return relation !== 'author' || isMaker(name)
  }
  return {
    of: (list) => {
      const { taste } = list.request
      const { history = taste.history, anchor } = list
      const own = anchor === undefined ? history : taste.history
      const editions = editionsOf(own, workAt)
      const supports = once(() =>
        readSupports(pack, list.request, { editions, isNamed }),
      )
      const mine = new Set(history.map(({ index }) => index))
      const context: Context = {
        ...list,
        ...{ pack, items, supports, editions, sharedWords, mine },
        compared: once(() =>
          own
            .toSorted((a, b) => b.weight - a.weight)
            .slice(0, COMPARED_RECORDS)
            .map(({ index }) => index),
        ),
        heldValues: once(
          () =>
            new Set(
              [...mine].flatMap((index) => [...attributesOf(pack.attributes, index)]),
            ),
        ),
      }
      return (ranked, rule) => explain(ranked, rule, context)
    },
  }
}

/** Made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function editionsOf(
  history: TasteView['history'],
  workAt: (index: number) => string | undefined,
): (index: number) => readonly number[] {
  const byWork = new Map<string, number[]>()
  for (const { index } of history) {
    const work = workAt(index)
    if (work === undefined) continue
    const those = byWork.get(work)
    if (those) those.push(index)
    else byWork.set(work, [index])
  }
  return (index) => {
    const work = workAt(index)
    const all = (work !== undefined && byWork.get(work)) || []
    return all.includes(index) ? all.filter((other) => other !== index) : all
  }
}

/**
 * @returns strongest first, never empty. A pinned item has that one reason: neither its score
 *   nor the visitor's taste put it there; a refused one has its refusal
 */
function explain(ranked: RankedItem, rule: ShelfRule, context: Context): Reason[] {
  const { index } = ranked
  if (ranked.isPinned) {
    return [{ kind: 'pinned', params: {}, component: 'owner', share: 1 }]
  }
  const refused = refusalOf(context.reactionOf(index))
  if (refused) {
    const params = { event: refused }
    return [{ kind: 'refused', params, component: 'record', share: 0 }]
  }
  const reasons = componentReasons(ranked, rule, context)
  reasons.push(...recordReasons(ranked, { rule, made: reasons, context }))
  if (reasons.length > 0) return reasons
  const content = catalogueContent(context.pack, index)
  return [{ ...content, component: 'record', share: 0 }]
}

/** How the visitor refused an item, if they did and have not taken it back. */
function refusalOf(reaction: Reaction | undefined): 'dislike' | 'rate' | undefined {
  if (!reaction) return undefined
  if (reaction.disliked !== undefined) return 'dislike'
  const { rated, liked, saved } = reaction
  const isBad = rated !== undefined && rated.stars <= MAX_REFUSING_STARS
  return isBad && liked === undefined && saved === undefined ? 'rate' : undefined
}

/** The positive components that have a reason, and the owner's boost, strongest first. */
function componentReasons(
  { index, components, boost = 0 }: RankedItem,
  rule: ShelfRule,
  context: Context,
): Reason[] {
  const by = Math.max(0, boost)
  const positive = COMPONENTS.filter((component) => components[component] > 0)
  const total = positive.reduce((sum, component) => sum + components[component], by)
  const supports = rule === 'score' ? context.supports().of(index, components) : []
  const reasons: Reason[] = []
  for (const component of positive) {
    const own = supports.filter((support) => support.component === component)
    const content = CONTENTS[component](index, own, context)
    const share = components[component] / total
    if (content) reasons.push({ ...content, component, share })
  }
  if (by > 0) reasons.push({ ...boostedBy(by), share: by / total })
  return reasons.sort((a, b) => b.share - a.share)
}
