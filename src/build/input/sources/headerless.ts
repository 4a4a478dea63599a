/** Tables without a header, recognised by the shape of their first line. */

interface HeaderlessShape {
  /** Names of the cells, in order. */
  readonly columns: readonly string[]
  /** One cell made of many: the genre flags of MovieLens 100K. */
  readonly flags?: { readonly column: string; readonly names: readonly string[] }
}

const INTEGER = /^\d+$/
const NUMBER = /^-?\d+(\.\d+)?$/
/** Unix seconds or milliseconds from 1973 on. */
const UNIX_TIME = /^\d{9,10}(\d{3})?(\.\d+)?$/
const ISO_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/
/** Highest rating of any usual scale. */
const MAX_RATING = 100

/** https://files.grouplens.org/datasets/movielens/ml-100k-README.txt, u.genre */
const MOVIELENS_100K_GENRES = [
  'unknown',
  'Action',
  'Adventure',
  'Animation',
  "Children's",
  'Comedy',
  'Crime',
  'Documentary',
  'Drama',
  'Fantasy',
  'Film-Noir',
  'Horror',
  'Musical',
  'Mystery',
  'Romance',
  'Sci-Fi',
  'Thriller',
  'War',
  'Western',
]

/**
 * The shape of a first line that is data and no header: MovieLens's files, or interactions
 * of numbers. undefined for anything else.
 *
 * @param cells the first line's
 * @param delimiter between them
 */
export function headerlessShape(
  cells: readonly string[],
  delimiter: string,
): HeaderlessShape | undefined {
  const texts = cells.map((cell) => cell.trim())
  if (delimiter === '::') return movieLens1M(texts)
  const genres = MOVIELENS_100K_GENRES
  if (
    texts.length === 5 + genres.length &&
    texts.slice(5).every((c) => /^[01]$/.test(c))
  ) {
    const columns = ['id', 'title', 'date', 'video release date', 'url']
    return { columns, flags: { column: 'genres', names: genres } }
  }
  return interactions(texts)
}

function movieLens1M(cells: readonly string[]): HeaderlessShape | undefined {
  if (!INTEGER.test(cells[0] ?? '')) return undefined
  if (cells.length === 3 && !NUMBER.test(cells[1]!)) {
    return { columns: ['id', 'title', 'genres'] }
  }
  const [, , , zip] = cells
  const isUsers = cells.length === 5 && !UNIX_TIME.test(zip ?? '')
  return isUsers
    ? { columns: ['user', 'gender', 'age', 'occupation', 'zip'] }
    : interactions(cells)
}

function interactions(cells: readonly string[]): HeaderlessShape | undefined {
  const [user = '', second = '', third = '', fourth = ''] = cells
  if (user === '' || second === '') return undefined
  if (cells.length === 4 && INTEGER.test(user) && ISO_TIME.test(second)) {
    return INTEGER.test(third)
      ? { columns: ['session', 'time', 'item', 'category'] } // YooChoose
      : undefined
  }
  if (cells.length === 4 && isRating(third) && UNIX_TIME.test(fourth)) {
    return { columns: ['user', 'item', 'rating', 'time'] }
  }
  if (!cells.every((cell) => NUMBER.test(cell))) return undefined
  if (cells.length === 2) return { columns: ['user', 'item'] }
  if (cells.length !== 3) return undefined
  return { columns: ['user', 'item', UNIX_TIME.test(third) ? 'time' : 'rating'] }
}

function isRating(cell: string): boolean {
  return NUMBER.test(cell) && Math.abs(Number(cell)) <= MAX_RATING
}
