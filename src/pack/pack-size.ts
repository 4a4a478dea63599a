import type { Manifest } from './pack.ts'
import { BLOCK_NAMES } from './sections.ts'

/** One line of the builder's closing report. */
export interface SizeLine {
  /** Block name, or `first`, `items` (all metadata shards). */
  readonly name: string
  readonly sizeBytes: number
  readonly bytesPerItem: number
}

export interface PackSize {
  readonly lines: readonly SizeLine[]
  /** All score-time blocks together: what a visitor needs before the first pick. */
  readonly scoreBytesPerItem: number
  /** Every file but the manifest. */
  readonly totalBytes: number
}

/** What each part of a pack weighs, blocks first; absent blocks have no line. */
export function packSize({ items, blocks, first, shards }: Manifest): PackSize {
  const line = (name: string, sizeBytes: number): SizeLine => ({
    name,
    sizeBytes,
    bytesPerItem: sizeBytes / items,
  })
  const blockLines = BLOCK_NAMES.flatMap((name) => {
    const file = blocks[name]
    return file ? [line(name, file.sizeBytes)] : []
  })
  const lines = [
    ...blockLines,
    line('first', first.sizeBytes),
    line('items', sum(shards)),
  ]
  return {
    lines,
    scoreBytesPerItem: sum(blockLines) / items,
    totalBytes: sum(lines),
  }
}

function sum(files: readonly { readonly sizeBytes: number }[]): number {
  return files.reduce((total, { sizeBytes }) => total + sizeBytes, 0)
}
