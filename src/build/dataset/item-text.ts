/** An item's facts as the sentences that the encoder reads. */

import { assertLength } from '../../errors.ts'
import type { ItemRecord } from '../../pack/item.ts'
import type { Encoder } from '../../text/encoder/encoder.ts'
import { readableOnly } from '../../text/encoder/readable-script.ts'
import type { Dataset, OnProgress } from './dataset.ts'

/** Genres worth the encoder's limited length; the rest are mostly spellings of the same. */
const MAX_GENRES = 8

/** Characters of an item's further text worth the encoder's time: more than it reads. */
const MAX_BODY_LENGTH = 1000

/**
 * "Title by Author and Author (Series 2), 1965. Genres. Description", what is missing
 * left out. The most distinctive comes first: an encoder reads about a hundred words.
 *
 * @param body further text, read after the description unless it begins with it
 */
export function itemText(item: ItemRecord, body = ''): string {
  const authors = joinNames(item.authors ?? [])
  const series = item.series && !item.title.includes(item.series.name) && item.series
  const head = [
    item.title,
    authors && ` by ${authors}`,
    series && ` (${[series.name, series.position].filter(Boolean).join(' ')})`,
    item.year !== undefined && `, ${item.year}`,
  ]
  const genres = (item.genres ?? []).slice(0, MAX_GENRES).map(spaced).join(', ')
  const sentences = [
    head.filter(Boolean).join(''),
    genres,
    ...textsOf(item.description ?? '', body.slice(0, MAX_BODY_LENGTH)),
  ]
  return sentences.map(asSentence).filter(Boolean).join(' ')
}

/** A page's description is often its first paragraph, with which its text begins. */
function textsOf(description: string, body: string): string[] {
  const start = description.replace(/…$/, '')
  return start !== '' && body.includes(start) ? [body] : [description, body]
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

interface EncodeItemsOptions {
  readonly bodies?: Dataset['bodies']
  readonly onProgress?: OnProgress
}

// The text vector of every item. Texts of similar length are read together, whatever their
// place in the catalogue, so that little time goes to padding.

/** Texts a call of the encoder: worth a call, small in memory, progress often reported. */
const CALL_TEXTS = 128

/**
 * @param options `bodies`: [items] further texts, read beside the records
 * @returns row-major [items, encoder.dim], zeros for a text that the encoder cannot read
 * @throws HearthError `no-encoder` from the encoder
 */
export async function encodeItems(
  items: readonly ItemRecord[],
  encoder: Encoder,
  { bodies = [], onProgress }: EncodeItemsOptions = {},
): Promise<Float32Array> {
  const { dim } = encoder
  const lengths = Uint32Array.from(
    items,
    (item, index) => itemText(item, bodies[index]).length,
  )
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const order = indicesByLength(lengths)
  const vectors = new Float32Array(items.length * dim)
  let read = 0
  onProgress?.('reading texts', 0)
  for (let start = 0; start < order.length; start += CALL_TEXTS) {
    const indices = order.subarray(start, start + CALL_TEXTS)
    // made again rather than kept: a large catalogue's texts are larger than its vectors
    const texts = Array.from(indices, (index) => itemText(items[index]!, bodies[index]))
    const encoded = await encoder.encode(readableOnly(texts, encoder.unreadScriptOf))
    assertLength('vectors of the encoder', encoded, indices.length * dim)
    indices.forEach((index, i) => {
      vectors.set(encoded.subarray(i * dim, (i + 1) * dim), index * dim)
      read += lengths[index]!
    })
    onProgress?.('reading texts', total === 0 ? 1 : read / total)
  }
  return vectors
}

/** Texts that the encoder has no words for, and are left out. */
export interface UnreadTexts {
  readonly texts: number
  /** Names, the most frequent first. */
  readonly scripts: readonly string[]
}

export function unreadTexts(
  { items, bodies = [] }: Pick<Dataset, 'items' | 'bodies'>,
  { unreadScriptOf }: Pick<Encoder, 'unreadScriptOf'>,
): UnreadTexts {
  const counts = new Map<string, number>()
  for (const [index, item] of items.entries()) {
    const script = unreadScriptOf?.(itemText(item, bodies[index]))
    if (script !== undefined) counts.set(script, (counts.get(script) ?? 0) + 1)
  }
  const ranked = [...counts].sort(([, a], [, b]) => b - a)
  const texts = ranked.reduce((sum, [, count]) => sum + count, 0)
  return { texts, scripts: ranked.map(([name]) => name) }
}

/** Longest first, so that the first call shows the most memory that will be needed. */
function indicesByLength(lengths: Uint32Array): Uint32Array {
  const indices = Uint32Array.from(lengths, (_, index) => index)
  return indices.sort((a, b) => lengths[b]! - lengths[a]! || a - b)
}
