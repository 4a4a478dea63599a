/** An item's facts as the sentences that the encoder reads: the one place they are worded. */
import type { ItemRecord } from '../catalogue/item-record.ts'

/** Genres worth the encoder's attention; the rest are mostly spellings of the same. */
const MAX_GENRES = 8

/**
 * "Title by Author and Author (Series 2), 1965. Genres. Description", what is missing
 * left out. The most telling comes first: an encoder reads about a hundred words.
 */
export function itemText(item: ItemRecord): string {
  const authors = joinNames(item.authors ?? [])
  const series = item.series && !item.title.includes(item.series.name) && item.series
  const head = [
    item.title,
    authors && ` by ${authors}`,
    series && ` (${[series.name, series.position].filter(Boolean).join(' ')})`,
    item.year !== undefined && `, ${item.year}`,
  ]
  const genres = (item.genres ?? []).slice(0, MAX_GENRES).map(spaced).join(', ')
  const sentences = [head.filter(Boolean).join(''), genres, item.description ?? '']
  return sentences.map(asSentence).filter(Boolean).join(' ')
}

function joinNames(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** "science-fiction" → "science fiction": the encoder knows words, not tags. */
function spaced(genre: string): string {
  return genre.replace(/[-_]+/g, ' ')
}

function asSentence(text: string): string {
  const trimmed = text.trim()
  return trimmed === '' || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`
}
