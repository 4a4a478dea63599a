/** What the records and the log show of an item, of no component of its score. */
import { attributesOf } from '../scoring/attributes.ts'
import type { RankedItem } from '../scoring/score.ts'
import { popularContent } from './common-reasons.ts'
import { hasInCommon } from './component-contents.ts'
import { type Context, eventOf, itemNamed } from './explained-list.ts'
import { foundContent } from './found-words.ts'
import type { ShelfRule } from './headline.ts'
import { itemOf, type Reason, type ReasonContent } from './reason.ts'

/** Reasons without a share, the most certain first; may be none. */
export function recordReasons(
  { index, isGuess }: RankedItem,
  {
    rule,
    made,
    context,
  }: {
    readonly rule: ShelfRule
    readonly made: readonly Reason[]
    readonly context: Context
  },
): Reason[] {
  const contents: ReasonContent[] = []
  const { anchor, mine, search } = context
  if (mine.has(index) && !made.some(({ kind }) => kind === 'chosen')) {
    contents.push({ kind: 'chosen', params: eventOf(context.kindOf(index)) })
  }
  const [edition] = context.editions(index)
  if (edition !== undefined) {
    contents.push({ kind: 'edition', params: itemNamed(edition, context) })
  }
  if (search !== undefined) {
    const found = foundContent(context.items.record(index), search)
    if (found) contents.push(found)
  }
  const isNamed = [...made, ...contents].some(
    (reason) => itemOf(reason) !== undefined || isOfAnchor(reason, anchor),
  )
  if (!isNamed && rule === 'score') {
    contents.push(...comparedContents(index, made, context))
  }
  if (rule === 'popularity' || rule === 'chance') {
    const popular = popularContent(context.pack, index)
    const isMade = made.some(({ kind }) => kind === popular?.kind)
    if (popular && !isMade) contents.push(popular)
  }
  if (isGuess) contents.push(...unlikeContents(index, context))
  return contents.map((content) => ({ ...content, component: 'record', share: 0 }))
}

/** Whether a reason speaks of the item that the list is about. */
function isOfAnchor({ kind }: ReasonContent, anchor: number | undefined): boolean {
  return anchor !== undefined && !IMPERSONAL.has(kind)
}
const IMPERSONAL: ReadonlySet<ReasonContent['kind']> = new Set([
  'popular',
  'new-likely-popular',
  'lesser-known',
  'taste',
  'chosen',
  'boosted',
])

/** What the records have in common where the score names nothing. */
function comparedContents(
  index: number,
  made: readonly Reason[],
  context: Context,
): ReasonContent[] {
  if (!made.some(({ component }) => component === 'attributes')) {
    const supports = context.supports().attributes(index)
    const common = hasInCommon(index, supports, context)
    if (common) return [common]
  }
  const same = context.editions(index)
  for (const other of context.compared()) {
    if (other === index || same.includes(other)) continue
    const words = context.sharedWords(index, other)
    if (words.length === 0) continue
    return [{ kind: 'shared-words', params: { words, ...itemNamed(other, context) } }]
  }
  return []
}

/** Of a guess: its category, where nothing that the visitor chose is of it. */
function unlikeContents(index: number, context: Context): ReasonContent[] {
  const { pack, heldValues, mine } = context
  if (mine.size === 0) return []
  const own = [...attributesOf(pack.attributes, index)].filter((attribute) =>
    ['genre', 'tag'].includes(pack.attributes.values[attribute]!.relation),
  )
  if (own.length === 0 || own.some((attribute) => heldValues().has(attribute)))
    return []
  const attribute = pack.attributes.values[own[0]!]!
  return [{ kind: 'unlike', params: { attribute } }]
}
