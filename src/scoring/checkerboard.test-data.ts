import type { SampleOptions } from './sample-pack.test-data.ts'

/** Even indices belong to one world, odd ones to another: the right answer is known. */
export const ITEM_COUNT = 8
const isSameColour = (a: number, b: number) => a % 2 === b % 2
export const checkerboard: SampleOptions = {
  items: Array.from({ length: ITEM_COUNT }, (_, index) => ({
    genres: [`genre ${index % 2}`],
  })),
  cf: square((a, b) => (a !== b && isSameColour(a, b) ? 1 : 0)),
  sequence: square((a, b) => (b === (a + 2) % ITEM_COUNT ? 1 : 0)),
  content: Array.from({ length: ITEM_COUNT }, (_, index) =>
    index % 2 === 0 ? [1, 0.1] : [0.1, 1],
  ),
  tower: {
    items: Array.from({ length: ITEM_COUNT }, (_, index) =>
      index % 2 === 0 ? [1, 0] : [0, 1],
    ),
  },
  popularity: Array.from({ length: ITEM_COUNT }, (_, index) => index / ITEM_COUNT),
}

function square(valueAt: (a: number, b: number) => number) {
  return Array.from({ length: ITEM_COUNT }, (_, a) =>
    Array.from({ length: ITEM_COUNT }, (_, b) => valueAt(a, b)),
  )
}
