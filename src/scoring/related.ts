/** Items like one item: the lower half of an item's page. */
import type { FusionWeights, Pack } from '../pack/pack.ts'
import type { Curation } from './curation.ts'
import { type ComponentWeights, constantFusion } from './fusion.ts'
import { readRow } from './int8-vectors.ts'
import { isRelated } from './likeness-floor.ts'
import type { Limiter } from './list-limits.ts'
import { rankItems } from './rank.ts'
import type {
  RankedItem,
  ScoreRequest,
  Scores,
  ScoringPack,
  TasteView,
} from './score.ts'
import { scoreAll } from './score-all.ts'

/**
 * Weights of likeness. The negative popularity is the hub penalty: an item that everyone
 * reads stands near every other item in cf and tower, so it would be "related" to all of
 * them; 0.6 standard deviations of log popularity take that back. Chosen by reading the
 * lists of eight well-known books of the demo: at −0.2, *The Hobbit* stood beside *To Kill
 * a Mockingbird*.
 */
const BY_FACTS: ComponentWeights = {
  cf: 0.25,
  tower: 0.1,
  content: 0.5,
  sequence: 0.15,
  popularity: -0.6,
  attributes: 3,
}
/**
 * The same where choices tell what goes with what. Beside *The Girl with the Dragon Tattoo*
 * stood *Dragon Actually* and *The It Girl*, which share its words; of twelve related books a
 * held-out reader who likes the one likes 1.48 in place of 1.25 (`bench/related.ts`; 1.92 in
 * place of 1.59 on odd-numbered readers).
 */
const BY_CHOICES: ComponentWeights = {
  cf: 0.35,
  tower: 0.4,
  content: 0.3,
  sequence: 0.15,
  popularity: -0.6,
  attributes: 8,
}
const weightsOf = ({ cf }: Pick<Pack, 'cf'>) => (cf ? BY_CHOICES : BY_FACTS)
const BY_CHOICES_FUSION: FusionWeights = constantFusion(BY_CHOICES)
const BY_FACTS_FUSION: FusionWeights = constantFusion(BY_FACTS)

/** The taste of a visitor who did nothing but open this item. */
export function tasteFor(index: number): TasteView {
  return {
    eventCount: 1,
    history: [{ index, weight: 1 }],
    positive: new Map(),
    negative: new Map(),
  }
}

interface RelatedOptions {
  /** [items], non-zero = leave out. The item itself always is. */
  readonly exclude?: Uint8Array
  /** MMR's λ. Default 0.9. */
  readonly lambda?: number
  /** What `scoreAll` writes into. Default: new. */
  readonly into?: Scores
  /** Makes a counter of what the list may hold. Default: all. */
  readonly makeLimiter?: () => Limiter
  /** The owner's boosts, buried items and least score. Default none. */
  readonly curation?: Curation
}

/**
 * Items like the item `index`, best first: liked with it or after it (cf, sequence), near it
 * in content and in the item tower, or sharing its author, series, genres or years. The list
 * ends where likeness ends (likeness-floor.ts). It is the score of a visitor who did nothing
 * but open this item, with the item's own tower vector as the visitor's, so `components` mean
 * what they always mean.
 *
 * @param count 0–50; fewer come back if fewer are related at all
 * @throws HearthError `bad-argument` for an index that is not in the pack
 */
export function relatedItems(
  scoring: ScoringPack,
  index: number,
  count: number,
  { exclude, into, ...options }: RelatedOptions = {},
): RankedItem[] {
  const { pack } = scoring
  const request: ScoreRequest = {
    taste: tasteFor(index),
    ...(pack.tower ? { userVector: readRow(pack.tower.items, index) } : {}),
    fusion: pack.cf ? BY_CHOICES_FUSION : BY_FACTS_FUSION,
    isLikeness: true,
  }
  const scores = scoreAll(scoring, request, into)
  const without = exclude?.slice() ?? new Uint8Array(pack.itemCount)
  without[index] = 1
  excludeUnrelated(scores, without)
  const ranked = rankItems(scoring, scores, request, {
    ...{ ...options, count, exclude: without },
  })
  return ranked.filter((other) =>
    isRelated(pack, [index, other.index], other.components, weightsOf(pack)),
  )
}

/**
 * An item whose only positive component is its obscurity is filler: a shorter list is better.
 * Without a branch: about half the items are, in no order.
 */
function excludeUnrelated({ score, components }: Scores, without: Uint8Array) {
  const { popularity } = components
  for (let index = 0; index < score.length; index++) {
    without[index] |= +(score[index] <= popularity[index])
  }
}
