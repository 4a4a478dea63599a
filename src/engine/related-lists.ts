/** Lists of what is like one item, within a curation; those asked for last are kept. */
import { type Curation, takeInOrder } from '../scoring/curation.ts'
import type { ListLimits, Visitor } from '../scoring/list-limits.ts'
import { relatedItems } from '../scoring/related.ts'
import type { RankedItem, Scores, ScoringPack } from '../scoring/score.ts'
import { remember } from './remember.ts'

/** An item and what the visitor did with it: of a volume read, the next one is related. */
export type Anchor = Visitor['history'][number]

export interface RelatedLists {
  /** Best first, more than a shelf shows. */
  near(anchor: Anchor): readonly RankedItem[]
  /** As an item's page shows them. */
  list(
    anchor: Anchor,
    options: {
      readonly count: number
      readonly perMaker?: number | undefined
      /** [items] 1 = leave out, beside what the curation hides. Default none. */
      readonly exclude?: Uint8Array
    },
  ): RankedItem[]
}

export interface RelatedParts {
  readonly scoring: ScoringPack
  readonly limitsOf: (visitor: Visitor) => ListLimits
  /** What related items are scored in. */
  readonly into: Scores
}

/** Related items ranked an item: a shelf's worth, and as many that other shelves may take. */
const KEPT_RELATED = 36
/** Items whose related items are kept: what is like an item does not depend on the visitor. */
const REMEMBERED = 24

export function createRelatedLists(
  { scoring, limitsOf, into }: RelatedParts,
  curation: Curation,
): RelatedLists {
  const { limits, hidden } = curation
  const limiterOf = (anchor: Anchor, options: Parameters<ListLimits['limiter']>[0]) =>
    limitsOf({ history: [anchor], limits }).limiter(options)

  function rank(
    anchor: Anchor,
    count: number,
    {
      perMaker,
      exclude = hidden,
    }: Omit<Parameters<RelatedLists['list']>[1], 'count'> = {},
  ) {
    const makeLimiter = () => limiterOf(anchor, { count, perMaker })
    return relatedItems(scoring, anchor.index, count, {
      ...{ exclude, into, curation, makeLimiter },
    })
  }
  // a volume read and one only looked at lead to others
  const kept = remember((key) => rank(anchorOf(key), KEPT_RELATED), REMEMBERED)
  const near = (anchor: Anchor) => kept(keyOf(anchor))

  return {
    near,
    list: (anchor, { count, ...options }) => {
      if (options.perMaker !== undefined || count > KEPT_RELATED) {
        return rank(anchor, count, options)
      }
      const byIndex = new Map(near(anchor).map((item) => [item.index, item]))
      const limiter = limiterOf(anchor, { count })
      const own = takeInOrder(byIndex.keys(), {
        ...{ count, limiter, buried: curation.buried },
        ...(options.exclude ? { exclude: options.exclude } : {}),
      })
      return own.map((index) => byIndex.get(index)!)
    },
  }
}

const keyOf = ({ index, kind }: Anchor) => 2 * index + (isGlance(kind) ? 0 : 1)
const anchorOf = (key: number): Anchor => ({
  index: key >> 1,
  kind: key & 1 ? 'like' : 'click',
})

/** Opened, without a sign that it was liked or finished. */
export function isGlance(kind: string | undefined): boolean {
  return kind === undefined || kind === 'click' || kind === 'dwell'
}
