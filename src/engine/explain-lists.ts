/** The reasons of the lists of somebody who did something; loaded with the first of them. */
import { createExplainer, type ExplainList } from '../explain/explain.ts'
import type { ExplainedList } from '../explain/explained-list.ts'
import { tasteFor } from '../scoring/related.ts'
import type { DescribedList, DescriberParts, ExplainLists } from './described-list.ts'

/** @returns begins a moment: what the lists of one page share is made once */
export function listExplainer(parts: DescriberParts): () => ExplainLists {
  const explainer = createExplainer(parts.pack, parts.items)
  return () => {
    /** By the visitor's own taste. */
    let own: ExplainList | undefined
    return (ranked, list) => {
      const isOwn = list.anchor === undefined && !list.search && !list.taste
      if (!isOwn) {
        return explainer.of(explainedList(list, parts))(ranked, list.rule ?? 'score')
      }
      own ??= explainer.of(explainedList(list, parts))
      return own(ranked, list.rule ?? 'score')
    }
  }
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
    ...(list.isWhole ? { isWhole: true } : {}),
  }
}

const queryOf = ({ vector }: { readonly vector?: Float32Array }) =>
  vector ? { textQuery: vector } : {}
