/** The owner's hand on every list: written in the config, carried by the manifest. */

export interface Rules {
  /** Only items for which this filter holds are ever shown. */
  readonly filter?: string
  /** Ids that are never shown. */
  readonly hide?: readonly string[]
  /** Ids at the head of a list to which they may belong, in this order. */
  readonly pin?: readonly string[]
  /** Items for which this filter holds come after all others. */
  readonly bury?: string
  /** `by` is added to the score of items for which `filter` holds; negative lowers it. */
  readonly boost?: readonly { readonly filter: string; readonly by: number }[]
  /** Sold-out items are not shown. */
  readonly onlyInStock?: boolean
  /** Days since `published`, at most; items without a day stay. */
  readonly notOlderThanDays?: number
  /** Items of one maker in a list, at most. */
  readonly maxPerAuthor?: number
  /** Items of one category (the most specific) in a list, at most. */
  readonly maxPerCategory?: number
  /** Of the items of one `group`, a list shows the best. */
  readonly onePerGroup?: boolean
}
