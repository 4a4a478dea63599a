/**
 * Semantic search merged with keyword search: the two lists are merged by rank, so that
 * neither's scale matters, with a little of what is popular and of the visitor's taste.
 *
 *   text(i)  = (coverage²/(C + keyword rank) + 1/(C + semantic rank)) / (2/(C + 1))
 *   score(i) = RELEVANCE·text(i) + POPULAR·popularity(i) + PERSONAL·tanh(z(cf(i))/3)
 *            + EXACT, if the typed text is the item's title or author
 *
 * coverage is the share of the typed words found: two words of a long sentence are no hit.
 *
 * Source of the merge: Cormack, Clarke and Büttcher 2009 (SIGIR), reciprocal rank fusion.
 */

import { assertLength } from '../../errors.ts'
import { topK } from '../../math/top-k.ts'
import { normaliseInto } from '../../math/vectors.ts'
import type { ContentBlock } from '../../pack/pack.ts'
import { constantFusion } from '../../scoring/fusion.ts'
import {
  NO_COMPONENTS,
  type RankedItem,
  type ScoringPack,
  type TasteView,
} from '../../scoring/score.ts'
import { scoreAll } from '../../scoring/score-all.ts'
import type { KeywordHit } from './keyword-search.ts'

/** C of reciprocal rank fusion, the paper's own value. */
const RANK_OFFSET = 60
/** Items nearest to the query that take part. */
const SEMANTIC_CANDIDATES = 200
/** What first place in both lists is worth. */
const RELEVANCE = 4
/** What the most popular item gains. Mild: RELEVANCE falls as much over some 15 ranks. */
const POPULAR = 0.4
/** Most that the visitor's taste adds or takes. */
const PERSONAL = 0.3
/** More than all the rest together: an exact hit stays on top. */
const EXACT = 6

const personalFusion = constantFusion({ cf: 1 })

interface SearchQuery {
  /** Typed text in the content block's space, unit length; absent while it is unread. */
  readonly query?: Float32Array
  /** Of the keyword index, best first. */
  readonly hits: readonly KeywordHit[]
  readonly taste?: TasteView
  /** [items] non-zero = leave out. */
  readonly exclude?: Uint8Array
  /** Orders and cuts what was found, best first. Default: the first `count`. */
  readonly arrange?: (
    found: readonly RankedItem[],
    count: number,
    hits: readonly KeywordHit[],
  ) => RankedItem[]
}

/**
 * Best first; ties: the lower index. In `components`, `content` holds all that the typed
 * text gave, by keyword or meaning.
 *
 * @param count items wanted, an integer ≥ 0
 * @returns empty if there is neither a keyword hit nor a query
 */
export function searchItems(
  scoring: ScoringPack,
  search: SearchQuery,
  count: number,
): RankedItem[] {
  const relevance = relevanceOf(scoring, search)
  if (relevance.size === 0) return []
  const personal = personalOf(scoring, search.taste)
  const ranked = [...relevance].map(([index, content]): RankedItem => {
    const popularity = POPULAR * scoring.pack.popularity[index]
    const cf = personal?.[index] ?? 0
    const score = content + popularity + cf
    const components = { ...NO_COMPONENTS, content, popularity, cf }
    return { index, score, components, isGuess: false }
  })
  ranked.sort((a, b) => b.score - a.score || a.index - b.index)
  return search.arrange?.(ranked, count, search.hits) ?? ranked.slice(0, count)
}

/** Item index → what the text gives it, for the items of either list. */
function relevanceOf(scoring: ScoringPack, { query, hits, exclude }: SearchQuery) {
  const relevance = new Map<number, number>()
  const add = (index: number, amount: number) =>
    relevance.set(index, (relevance.get(index) ?? 0) + amount)
  const atRank = (rank: number) =>
    (RELEVANCE / 2) * ((RANK_OFFSET + 1) / (RANK_OFFSET + 1 + rank))
  const found = exclude ? hits.filter(({ index }) => !exclude[index]) : hits
  found.forEach(({ index, isExact, coverage }, rank) => {
    add(index, coverage ** 2 * atRank(rank) + (isExact ? EXACT : 0))
  })
  nearestItems(scoring, query, exclude).forEach((index, rank) => {
    add(index, atRank(rank))
  })
  return relevance
}

/** Items whose content points the query's way at all, nearest first. */
function nearestItems(
  { content }: ScoringPack,
  query: Float32Array | undefined,
  exclude: Uint8Array | undefined,
) {
  if (!content || !query) return new Uint32Array(0)
  assertLength('query', query, content.dim)
  const cosines = new Float32Array(content.rows)
  content.scanInto(query, cosines)
  return topK(cosines, SEMANTIC_CANDIDATES, exclude).filter(
    (index) => cosines[index] > 0,
  )
}

function personalOf(scoring: ScoringPack, taste: TasteView | undefined) {
  if (!taste || !scoring.pack.cf) return undefined
  const { cf } = scoreAll(scoring, { taste, fusion: personalFusion }).components
  return cf.map((z) => PERSONAL * Math.tanh(z / 3))
}

/**
 * What must never come, after all else that was found: whoever types for it still finds it. An
 * item whose title or author was typed in full keeps its place.
 *
 * @param hidden [items] 1 = must never come
 */
export function withHiddenLast(
  found: readonly RankedItem[],
  hits: readonly KeywordHit[],
  hidden: Uint8Array | undefined,
): readonly RankedItem[] {
  if (!hidden) return found
  const named = new Set(hits.filter(({ isExact }) => isExact).map(({ index }) => index))
  const isLast = ({ index }: RankedItem) => hidden[index] === 1 && !named.has(index)
  return [...found.filter((item) => !isLast(item)), ...found.filter(isLast)]
}

/**
 * An encoder's vector in the content block's space: (x − mean)·projection, scaled to
 * unit length. The zero vector (an empty text) stays zero.
 *
 * @param vector [encoder dim]
 * @returns [content dim]
 * @throws HearthError `bad-argument` for a vector of another length
 */
export function projectQuery(
  { projection, mean, vectors }: ContentBlock,
  vector: Float32Array,
): Float32Array {
  assertLength('vector', vector, mean.length)
  const { dim } = vectors
  const projected = new Float32Array(dim)
  if (vector.every((x) => x === 0)) return projected
  for (let i = 0; i < mean.length; i++) {
    const centred = vector[i] - mean[i]
    const start = i * dim
    for (let d = 0; d < dim; d++) projected[d] += centred * projection[start + d]
  }
  return normaliseInto(projected)
}
