/** The one reason a card has room for. */
import { itemOf, type Reason, type ReasonContent, type ReasonKind } from './reason.ts'

/** What put an item on its shelf: its score, its popularity, the visitor's feedback, or chance. */
export type ShelfRule = 'score' | 'popularity' | 'feedback' | 'chance'

/**
 * How much a reason informs, times its share of the score: the largest leads. "Fits your
 * taste as a whole" is true of every good pick and informs nobody; that the next volume of a
 * series is here is worth a line whatever the score made of it. Chosen by reading cards.
 */
const WORTH: Readonly<Record<ReasonKind, number>> = {
  pinned: 100,
  refused: 100,
  chosen: 20,
  edition: 20,
  followed: 10,
  'next-in-series': 10,
  found: 4,
  'similar-attributes': 1.5,
  'because-chosen': 1.5,
  'goes-with': 1.5,
  'new-like': 1.5,
  sequence: 1.5,
  'typed-text': 1,
  'content-like': 1,
  'same-taste': 0.4,
  'shared-words': 0.7,
  boosted: 0.5,
  popular: 0.1,
  'new-likely-popular': 0.1,
  'lesser-known': 0.03,
  taste: 0.015,
  'from-catalogue': 0.01,
  unlike: 0,
  guess: 0,
}
/** A fact that the score made little of is still worth saying: shares below count as this. */
const MIN_SHARE = 0.04
/**
 * "Because you liked Dune" states a cause: it leads only with this share of what is explained.
 * Facts ("also by Frank Herbert") are true at any share.
 */
const MIN_CAUSE_SHARE = 0.08
/** Worth left of a sentence for each card of the list that has it already. */
const SAID_BEFORE = 0.75

/** Sentences that the cards before have, and how many: one list, one record. */
export type Said = Map<string, number>

/**
 * On a list made by score: what informs most, and a little less readily what the cards
 * before say too. On the other shelves: the reason that is the shelf's own rule, where the
 * item has it. A guess is called one.
 *
 * @param reasons strongest first, as `explain` gives them
 * @param said written to
 * @returns undefined for no reasons
 */
export function headline(
  reasons: readonly Reason[],
  rule: ShelfRule,
  said: Said = new Map(),
): Reason | undefined {
  if (reasons.length === 0) return undefined
  if (rule === 'chance') return guessOf(reasons)
  const own =
    rule === 'score' ? undefined : reasons.find((reason) => isOf(rule, reason))
  const lead = own ?? mostInforming(reasons, said)
  const key = keyOf(lead)
  said.set(key, (said.get(key) ?? 0) + 1)
  return lead
}

function isOf(rule: ShelfRule, { kind }: Reason): boolean {
  const kinds = rule === 'popularity' ? POPULARITY_KINDS : ['chosen', 'refused']
  return kinds.includes(kind)
}
const POPULARITY_KINDS: readonly ReasonKind[] = [
  'pinned',
  'popular',
  'new-likely-popular',
]

function mostInforming(reasons: readonly Reason[], said: Said): Reason {
  const guess = reasons[0]!.kind === 'guess'
  const plain = reasons.map(withoutGuess)
  const worthOf = (reason: Reason) => {
    const { kind, share } = reason
    const isWeak = kind === 'because-chosen' && share < MIN_CAUSE_SHARE
    const worth = WORTH[kind] * Math.max(share, MIN_SHARE)
    return (isWeak ? 0 : worth) * SAID_BEFORE ** (said.get(keyOf(reason)) ?? 0)
  }
  const worths = plain.map(worthOf)
  const lead = plain[worths.indexOf(Math.max(...worths))]!
  return guess ? asGuess(lead) : lead
}

/** What a sentence is about, as a key. */
function keyOf(reason: Reason): string {
  const { kind, params } = reason
  const attribute = 'attribute' in params ? params.attribute?.name : ''
  return `${kind} ${itemOf(reason)?.id ?? ''} ${attribute}`
}

function withoutGuess(reason: Reason): Reason {
  if (reason.kind !== 'guess') return reason
  const { component, share, params } = reason
  return params.because ? { ...params.because, component, share } : reason
}

/** The same reason of a pick that was made to learn. */
export function asGuess({ component, share, ...because }: Reason): Reason {
  if (because.kind === 'guess') return { ...because, component, share }
  return { kind: 'guess', params: { because }, component, share }
}

/** A shelf drawn by chance claims what it is unlike, how popular it is, or nothing. */
function guessOf(reasons: readonly Reason[]): Reason {
  const [first] = reasons
  if (first!.kind === 'refused' || first!.kind === 'pinned') return first!
  const all = reasons.map(withoutGuess)
  const ofKind = (kind: ReasonContent['kind']) =>
    all.find((reason) => reason.kind === kind)
  const because = ofKind('unlike') ?? ofKind('popular')
  return because
    ? asGuess(because)
    : { kind: 'guess', params: {}, component: 'popularity', share: 0 }
}
