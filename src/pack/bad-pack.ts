import { HearthError } from '../errors.ts'

/**
 * The error of every unusable pack file.
 *
 * @param what what is wrong with it, a sentence: got X, expected Y
 */
export function badPack(file: string, what: string, options?: ErrorOptions) {
  return new HearthError(
    'bad-pack',
    `cannot use pack file ${file}: ${what} Upload the whole pack folder again, or rebuild it with this release's \`hearth-recommender build\`.`,
    options,
  )
}
