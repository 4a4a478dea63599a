/** Small interactions with a known answer, for the tests of `build` and `evaluate`. */
import { createRandom } from '../math/random.ts'
import type { Dataset, Positives } from './dataset/dataset.ts'

/**
 * Two groups of users who choose only among their own half of the items, which makes
 * "what goes with what" known: items of one half never go with the other's.
 */
export function plantedDataset(options: {
  readonly users: number
  /** Even; the first half is group 0's. */
  readonly items: number
  /** Choices a user. */
  readonly choices: number
  readonly seed: number
}): Dataset {
  const random = createRandom(options.seed)
  const half = options.items / 2
  const users: number[] = []
  const rows: number[] = []
  for (let user = 0; user < options.users; user++) {
    const own = Array.from({ length: half }, (_, n) => (user % 2) * half + n)
    for (const row of random.shuffleInto(own).slice(0, options.choices)) {
      users.push(user)
      rows.push(row)
    }
  }
  return {
    name: 'planted',
    items: Array.from({ length: options.items }, (_, row) => plantedItem(row, half)),
    interactions: {
      userCount: options.users,
      users: Uint32Array.from(users),
      rows: Uint32Array.from(rows),
      weights: new Float32Array(users.length).fill(1),
      hasRatings: false,
    },
  }
}

function plantedItem(row: number, half: number) {
  const group = row < half ? 'sea' : 'desert'
  return {
    id: `i${row}`,
    title: `A ${group} story ${row}`,
    authors: [`Author ${Math.floor(row / 3)}`],
    genres: [group],
    year: 1950 + row,
  }
}

/** Positives straight from lists of rows, one a user. */
export function positivesOf(
  lists: readonly (readonly number[])[],
  rowCount: number,
): Positives {
  const indptr = new Uint32Array(lists.length + 1)
  lists.forEach((list, user) => {
    indptr[user + 1] = indptr[user] + list.length
  })
  const rows = Uint32Array.from(
    lists.flatMap((list) => [...list].sort((a, b) => a - b)),
  )
  return { userCount: lists.length, rowCount, indptr, rows }
}

/** Lists of rows with popular and rare ones, the same for the same seed. */
export function randomLists(options: {
  readonly users: number
  readonly items: number
  readonly seed: number
}): number[][] {
  const random = createRandom(options.seed)
  return Array.from({ length: options.users }, () => {
    const size = 2 + random.integer(options.items / 3)
    const rows = new Set<number>()
    while (rows.size < size) {
      rows.add(Math.floor(options.items * random.next() ** 2)) // low rows are popular
    }
    return [...rows]
  })
}
