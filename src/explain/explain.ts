/**
 * A pick's score components → reasons a person understands.
 *
 *   components > 0, strongest first  →  one sentence each, share = component / Σ of those components
 *
 * Reads the components and `because` and nothing else: what the score does not show is not
 * said, and a component that lowers the score is no reason to show the item.
 */

import type { ItemRecord } from '../pack/item.ts'
import type { AttributeBlock } from '../pack/pack.ts'
import {
  COMPONENTS,
  type Component,
  type RankedItem,
  type Support,
} from '../scoring/score.ts'
import {
  countWord,
  type DeedKind,
  deedOf,
  pair,
  sharedPhrase,
  shortTitle,
} from './messages/en.ts'

// The seam of explanations: a component put in words.

export interface Reason {
  readonly component: Component
  /** One plain sentence without a full stop, e.g. "because you liked Dune". */
  readonly text: string
  /** Share of the positive components of this pick's score, 0–1; shares of a pick sum to 1. */
  readonly share: number
  /** The item it speaks of, so that the page can link it. */
  readonly itemId?: string
}

/** A reason that names something of the visitor's may be this much weaker and still lead. */
const NAMED_SHARE = 1 / 3

/** What put a pick on its shelf: its score, its popularity, the visitor's own deeds, or chance. */
export type ShelfRule = 'score' | 'popularity' | 'feedback' | 'chance'

/**
 * The one reason a card has room for.
 *
 * On a shelf made by score: the strongest, unless one that names an item of the visitor's
 * ("because you saved Dune") has at least a third of its share. "Fits your taste as a whole" is
 * true and tells nobody anything. On the other shelves: the reason that is the shelf's own
 * rule, where the pick has it.
 *
 * @param reasons strongest first, as `explain` gives them
 */
export function headline(
  reasons: readonly Reason[],
  rule: ShelfRule,
): Reason | undefined {
  const [strongest] = reasons
  if (!strongest) return undefined
  if (rule === 'chance') return guessOf(reasons)
  if (rule !== 'score')
    return reasons.find(({ component }) => component === rule) ?? strongest
  if (strongest.itemId !== undefined) return strongest
  const named = reasons.find(({ itemId }) => itemId !== undefined)
  const isStrong = named && named.share >= NAMED_SHARE * strongest.share
  return isStrong ? named : strongest
}

/** A shelf drawn by chance among what many read claims no more than that. */
function guessOf(reasons: readonly Reason[]): Reason {
  const popular = reasons.find(({ component }) => component === 'popularity')
  if (popular?.text.startsWith('a guess')) return popular
  const text = popular ? `a guess: ${popular.text}` : 'a guess, to learn from'
  return { component: 'popularity', text, share: popular?.share ?? 0 }
}

export interface ExplainContext {
  readonly record: (row: number) => ItemRecord
  readonly attributes: AttributeBlock
  /** What the visitor did to an item of the history; undefined if nothing or not known. */
  readonly kindOf: (row: number) => DeedKind | undefined
  /** Whether nobody has chosen it yet: its popularity is an expectation. */
  readonly isNew: (row: number) => boolean
}

type Sentence = Pick<Reason, 'text' | 'itemId'>

/**
 * @returns strongest first, shares summing to 1; empty if no component speaks for the item,
 *   unless it is a guess, whose first reason always says so
 */
export function explain(ranked: RankedItem, context: ExplainContext): Reason[] {
  const told = componentsToExplain(ranked)
  const total = told.reduce((sum, component) => sum + ranked.components[component], 0)
  const reasons = told.map((component) => ({
    component,
    ...SENTENCES[component](ranked, context),
    share: ranked.components[component] / total,
  }))
  return ranked.isGuess ? asGuess(reasons) : reasons
}

/** Components that something supports: standardising alone can lift a component just above 0. */
const NEED_SUPPORT: readonly Component[] = ['cf', 'content', 'sequence', 'attributes']

/** The positive components, strongest first, without those that nothing supports if others are left. */
function componentsToExplain(ranked: RankedItem): Component[] {
  const positive = COMPONENTS.filter(
    (component) => ranked.components[component] > 0,
  ).sort((a, b) => ranked.components[b] - ranked.components[a])
  const told = positive.filter(
    (component) =>
      !NEED_SUPPORT.includes(component) ||
      ranked.because.some((support) => support.component === component),
  )
  return told.length > 0 ? told : positive
}

function asGuess(reasons: readonly Reason[]): Reason[] {
  const [first, ...others] = reasons
  if (!first)
    return [{ component: 'popularity', text: 'a guess, to learn from', share: 1 }]
  return [{ ...first, text: `a guess: ${first.text}` }, ...others]
}

const SENTENCES: Readonly<
  Record<Component, (ranked: RankedItem, context: ExplainContext) => Sentence>
> = {
  cf: (ranked, context) => becauseOf(supportsOf(ranked, 'cf')[0]?.index, context),
  content: (ranked, context) => closeTo(supportsOf(ranked, 'content')[0], context),
  sequence: (ranked, context) => goesOnFrom(supportsOf(ranked, 'sequence'), context),
  attributes: (ranked, context) => shares(supportsOf(ranked, 'attributes')[0], context),
  feedback: ({ index }, { kindOf }) => ({
    text: `you ${deedOf(kindOf(index)) ?? 'showed interest in'} it`,
  }),
  tower: (ranked, context) => likedWith(supportsOf(ranked, 'tower')[0]?.index, context),
  popularity: ({ index }, { isNew }) => ({
    text: isNew(index) ? 'new, and likely to be widely read' : 'widely read',
  }),
}

function supportsOf(
  { because }: RankedItem,
  component: Support['component'],
): Support[] {
  return because.filter((support) => support.component === component)
}

function becauseOf(
  row: number | undefined,
  { record, kindOf }: ExplainContext,
): Sentence {
  if (row === undefined) return { text: 'goes with what you chose' }
  const { id, title } = record(row)
  const deed = deedOf(kindOf(row))
  const text = deed
    ? `because you ${deed} ${shortTitle(title)}`
    : `goes with ${shortTitle(title)}`
  return { text, itemId: id }
}

function likedWith(row: number | undefined, { record }: ExplainContext): Sentence {
  if (row === undefined) return { text: 'fits your taste as a whole' }
  const { id, title } = record(row)
  return { text: `for the same readers as ${shortTitle(title)}`, itemId: id }
}

function closeTo(support: Support | undefined, { record }: ExplainContext): Sentence {
  if (!support) return { text: 'its text is close to your taste' }
  if (support.index === undefined) return { text: 'close to what you typed' }
  const { id, title } = record(support.index)
  return { text: `its text is close to ${shortTitle(title)}`, itemId: id }
}

function goesOnFrom(
  supports: readonly Support[],
  { record }: ExplainContext,
): Sentence {
  const from = supports.flatMap(({ index }) =>
    index === undefined ? [] : [record(index)],
  )
  if (from.length === 0) return { text: 'often comes next' }
  const titles = from.map(({ title }) => shortTitle(title))
  return { text: `readers of ${pair(titles)} go on to it`, itemId: from[0].id }
}

function shares(support: Support | undefined, context: ExplainContext): Sentence {
  const attribute = context.attributes.values[support?.attribute ?? -1]
  if (!attribute) return { text: 'shares much with what you chose' }
  const rows = support?.indices ?? []
  const text = sharedPhrase(attribute.relation, attribute.name, likeOf(rows, context))
  return rows.length === 0 ? { text } : { text, itemId: context.record(rows[0]).id }
}

/** "Dune" for one item, "three you saved" for several of one kind, else "three of yours". */
function likeOf(rows: readonly number[], { record, kindOf }: ExplainContext): string {
  if (rows.length === 0) return 'others you chose'
  if (rows.length === 1) return shortTitle(record(rows[0]).title)
  const kinds = new Set(rows.map(kindOf))
  const deed = kinds.size === 1 ? deedOf(kindOf(rows[0])) : undefined
  return `${countWord(rows.length)} ${deed ? `you ${deed}` : 'of yours'}`
}
