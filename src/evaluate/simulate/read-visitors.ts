/** A file of people whose tastes are known → the ids each one likes. */
import { readFile } from 'node:fs/promises'
import { HearthError } from '../../errors.ts'

/** Stars from which on a rating is a like. */
const LIKED_FROM = 4

/**
 * @param file JSON: a list of people, each a list of the ids they like, or of [id, stars 1–5]
 *   of which four and five are likes
 * @throws HearthError `bad-input` for any other shape, naming the first person that is wrong
 */
export async function readVisitors(file: string): Promise<string[][]> {
  const people = await parse(file)
  if (!Array.isArray(people)) throw bad(file, 'no list of people')
  return people.map((person: unknown, index) => {
    if (!Array.isArray(person)) throw bad(file, `person ${index + 1} is no list`)
    return person.flatMap((entry: unknown) => {
      if (typeof entry === 'string') return [entry]
      if (isRating(entry)) return entry[1] >= LIKED_FROM ? [entry[0]] : []
      throw bad(file, `person ${index + 1} has what is neither an id nor [id, stars]`)
    })
  })
}

async function parse(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new HearthError(
      'bad-input',
      `cannot read ${file}: expected JSON, a list of people with the ids each one likes.`,
      { cause: error },
    )
  }
}

function isRating(entry: unknown): entry is [string, number] {
  return (
    Array.isArray(entry) &&
    entry.length === 2 &&
    typeof entry[0] === 'string' &&
    typeof entry[1] === 'number'
  )
}

function bad(file: string, what: string): HearthError {
  return new HearthError(
    'bad-input',
    `${what} in ${file}: expected a list of people, each a list of ids, or of [id, stars].`,
  )
}
