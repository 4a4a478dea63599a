/**
 * The text vector of every item. Texts of like length are read together, whatever their
 * place in the catalogue: little is spent on padding.
 */
import type { ItemRecord } from '../catalogue/item-record.ts'
import type { Encoder } from '../encoder/encoder.ts'
import { assertLength } from '../errors.ts'
import type { OnProgress } from './dataset.ts'
import { itemText } from './item-text.ts'

/** Texts given to the encoder at once: worth a call, small in memory, often told of. */
const CALL_TEXTS = 128

/**
 * @returns row-major [items, encoder.dim]
 * @throws HearthError `no-encoder` from the encoder
 */
export async function encodeItems(
  items: readonly ItemRecord[],
  encoder: Encoder,
  onProgress?: OnProgress,
): Promise<Float32Array> {
  const { dim } = encoder
  const lengths = Uint32Array.from(items, (item) => itemText(item).length)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const order = rowsByLength(lengths)
  const vectors = new Float32Array(items.length * dim)
  let read = 0
  onProgress?.('reading texts', 0)
  for (let start = 0; start < order.length; start += CALL_TEXTS) {
    const rows = order.subarray(start, start + CALL_TEXTS)
    // made again rather than kept: a large catalogue's texts are larger than its vectors
    const encoded = await encoder.encode(
      Array.from(rows, (row) => itemText(items[row]!)),
    )
    assertLength('vectors of the encoder', encoded, rows.length * dim)
    rows.forEach((row, i) => {
      vectors.set(encoded.subarray(i * dim, (i + 1) * dim), row * dim)
      read += lengths[row]!
    })
    onProgress?.('reading texts', total === 0 ? 1 : read / total)
  }
  return vectors
}

/** Longest first, so that the first call shows the most memory that will be needed. */
function rowsByLength(lengths: Uint32Array): Uint32Array {
  const rows = Uint32Array.from(lengths, (_, row) => row)
  return rows.sort((a, b) => lengths[b]! - lengths[a]! || a - b)
}
