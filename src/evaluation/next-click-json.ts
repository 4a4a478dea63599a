/**
 * What `hearth evaluate --json` writes of ordered folders.
 *
 *   {
 *     "all":     { "sequence": { "hit@20": .54, "mrr@20": .20, "hit@20:worst": .53, … }, … },
 *     "new":     answers that the visitor had not seen, ranked among such items
 *     "returns": answers seen before, ranked among the items seen
 *     "meta":    { … }
 *   }
 *
 * `new` and `returns` are there where answers may come again (sessions). Under a list each
 * key is a part of the score or `fusion`. Of each figure: the expectation over a random
 * order of tied rows, its 95 % interval (`:low`, `:high`) and the worst order (`:worst`).
 */

/** `recall@…`, `hit@…` (the same: one answer a case), `ndcg@…`, `mrr@…` and `cases`. */
export type FiguresJson = Readonly<Record<string, number>>

export type NextClickRows = Readonly<
  Partial<Record<'all' | 'new' | 'returns', Readonly<Record<string, FiguresJson>>>>
>

export interface NextClickMeta {
  readonly version: 1
  readonly name: string
  readonly protocol: string
  readonly items: number
  /** Cases tested, and the visitors (users, sessions) they are of. */
  readonly cases: number
  readonly visitors: number
  readonly seed: number
  readonly bytesPerItem: Readonly<Record<string, number>>
  /** Chosen on validation. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Weights of the parts by bucket of events, as fitted. */
  readonly fusion: readonly Readonly<Record<string, number>>[]
  readonly notes: readonly string[]
}

export type NextClickJson = NextClickRows & { readonly meta: NextClickMeta }
