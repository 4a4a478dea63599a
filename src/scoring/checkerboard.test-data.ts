import type { SampleOptions } from './sample-pack.test-data.ts'

/** Even rows belong to one world, odd rows to another: the right answer is known. */
export const ROWS = 8
const isSameColour = (a: number, b: number) => a % 2 === b % 2
export const checkerboard: SampleOptions = {
  items: Array.from({ length: ROWS }, (_, index) => ({
    genres: [`genre ${index % 2}`],
  })),
  cf: square((a, b) => (a !== b && isSameColour(a, b) ? 1 : 0)),
  sequence: square((a, b) => (b === (a + 2) % ROWS ? 1 : 0)),
  content: Array.from({ length: ROWS }, (_, index) =>
    index % 2 === 0 ? [1, 0.1] : [0.1, 1],
  ),
  tower: {
    items: Array.from({ length: ROWS }, (_, index) =>
      index % 2 === 0 ? [1, 0] : [0, 1],
    ),
  },
  popularity: Array.from({ length: ROWS }, (_, index) => index / ROWS),
}

function square(valueAt: (a: number, b: number) => number) {
  return Array.from({ length: ROWS }, (_, a) =>
    Array.from({ length: ROWS }, (_, b) => valueAt(a, b)),
  )
}
