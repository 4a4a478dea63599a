import type { ItemRecord } from '../catalogue/item-record.ts'
import type { Encoder } from '../encoder/encoder.ts'
import { assertLength } from '../errors.ts'
import type { OnProgress } from './dataset.ts'
import { itemText } from './item-text.ts'

/** Texts given to the encoder at once: enough to be worth a call, small in memory. */
const BATCH = 64

/**
 * The text vector of every item, row-major [items, encoder.dim].
 * @throws HearthError `no-encoder` from the encoder
 */
export async function encodeItems(
  items: readonly ItemRecord[],
  encoder: Encoder,
  onProgress?: OnProgress,
): Promise<Float32Array> {
  const vectors = new Float32Array(items.length * encoder.dim)
  for (let start = 0; start < items.length; start += BATCH) {
    const texts = items.slice(start, start + BATCH).map(itemText)
    const encoded = await encoder.encode(texts)
    assertLength('vectors of the encoder', encoded, texts.length * encoder.dim)
    vectors.set(encoded, start * encoder.dim)
    onProgress?.('reading texts', Math.min(1, (start + BATCH) / items.length))
  }
  return vectors
}
