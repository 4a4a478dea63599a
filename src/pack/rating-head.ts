/**
 * What a visitor's rating of an item is made of, beside the mean and the item's bias:
 * how far one moves it, as a variance, in units of the noise of one rating.
 * visitor   of the visitor's own bias: how high they rate at all
 * tower     of what items share in their tower vectors (cosine)
 * content   of what they share in their texts (cosine)
 * facts     of the attributes they share, each worth the same (cosine)
 * idf   of the attributes they share, the rare worth more (cosine)
 */
export const RATING_TERMS = ['visitor', 'tower', 'content', 'facts', 'idf'] as const
export type RatingTerm = (typeof RATING_TERMS)[number]

/** The rating head: `scoring/predict-rating.ts` says how it is read. */
export interface RatingHead {
  /** Ends of the owner's scale. */
  readonly low: number
  readonly high: number
  readonly mean: number
  /** [rows] what is added to the mean, in the owner's scale. */
  readonly bias: Float32Array
  readonly variances: Readonly<Record<RatingTerm, number>>
}
