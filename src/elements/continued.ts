/** What the button below the shelves asks for; loaded with its first press. */
import type { Hearth, RecommendedItem, Shelves } from '../index.ts'

/** Lists asked for at a press: what a list from before a re-rank has shown may come again. */
const TRIES = 5

interface ContinuedOptions {
  readonly count: number
  /** Ids that the page shows. */
  readonly shown: ReadonlySet<string>
}

/** What follows a list, without what the page shows already; empty at its end. */
export async function continued(
  hearth: Hearth,
  { slate }: Shelves,
  { count, shown }: ContinuedOptions,
): Promise<{ items: readonly RecommendedItem[]; slate: string }> {
  for (let tries = 0; ; tries++) {
    const next = await hearth.recommendNext(slate, { count })
    const items = next.items.filter(({ id }) => !shown.has(id))
    const isEnd = next.items.length === 0 || tries === TRIES
    if (items.length > 0 || isEnd) return { items, slate: next.slate }
  }
}
