/** Every door's types, as a project's own compiler sees them. */
import { createHearth, type Hearth, type RecommendedItem } from 'hearth-recommender'
import { defineConfig, type HearthConfig } from 'hearth-recommender/config'
import type { HearthFeedElement } from 'hearth-recommender/elements'
import { httpReader, openItems, readPack } from 'hearth-recommender/pack'

export async function titles(pack: string): Promise<string[]> {
  const hearth: Hearth = await createHearth({ pack, storage: 'memory' })
  const { items } = await hearth.recommend({ count: 3 })
  return items.map((item: RecommendedItem) => item.title)
}

export async function firstTitle(url: string): Promise<string> {
  const read = httpReader(url, fetch)
  const { manifest } = await readPack(read)
  return (await openItems(manifest, read)).record(0).title
}

export function share(feed: HearthFeedElement, hearth: Hearth): HTMLElement {
  feed.hearth = hearth
  return feed
}

const rules: HearthConfig['rules'] = { pin: ['1'], maxPerAuthor: 2 }

export const config = defineConfig({
  items: ['products.csv', 'stock.csv'],
  columns: { id: 'Handle', categories: 'Tags' },
  url: '/products/{id}',
  soldOut: 'mark',
  rules,
})
