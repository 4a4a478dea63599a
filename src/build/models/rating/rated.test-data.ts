/** Small ratings with a known answer: what a user gives depends on the author alone. */
import { createRandom } from '../../../math/random.ts'
import type { Dataset } from '../../dataset/dataset.ts'

/**
 * Items by turns of two authors. Even users give the first author 5 and the second 2, odd
 * users the other way round; one rating in eight is a star off. So averages predict nothing,
 * and what was given to an author predicts nearly all.
 */
export function ratedDataset(options: {
  readonly users: number
  readonly items: number
  /** Ratings a user. */
  readonly ratings: number
  readonly seed: number
}): Dataset {
  const random = createRandom(options.seed)
  const events: { user: number; index: number; rating: number }[] = []
  for (let user = 0; user < options.users; user++) {
    const rows = random.shuffleInto(
      Array.from({ length: options.items }, (_, index) => index),
    )
    for (const index of rows.slice(0, options.ratings)) {
      const isOwn = user % 2 === index % 2
      const slip = random.integer(8) === 0 ? (isOwn ? -1 : 1) : 0
      events.push({ user, index, rating: (isOwn ? 5 : 2) + slip })
    }
  }
  return {
    name: 'rated',
    items: Array.from({ length: options.items }, (_, index) => ({
      id: `i${index}`,
      title: `T${index}`,
      authors: [index % 2 === 0 ? 'Ann' : 'Bo'],
    })),
    interactions: {
      userCount: options.users,
      users: Uint32Array.from(events, ({ user }) => user),
      rows: Uint32Array.from(events, ({ index }) => index),
      weights: Float32Array.from(events, ({ rating }) => rating),
      hasRatings: true,
    },
  }
}
