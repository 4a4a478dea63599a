/**
 * Readers' shelf names → a few readable genres.
 *
 * A catalogue tagged by readers names one thing in twenty ways (`sci-fi`, `scifi`,
 * `science-fiction`, `to-read-sci-fi`) and many things that are no genre at all
 * (`to-read-fiction`, `owned-comics`, `award-winners`). Every shelf of a genre is one
 * vote for it, a mixed shelf (`sci-fi-fantasy`) half a vote for each; a genre needs
 * enough votes to be believed, because nearly every book is on somebody's
 * `mystery` or `classics` shelf.
 */
import { GENRE_RULES, MIXED_RULES, type MixedRule } from './genre-shelves.ts'

export const MAX_GENRES = 6

/** Used only where there is no other genre. */
const FALLBACKS = ['contemporary fiction', 'non-fiction', 'fiction']

/** Believed only of a book with enough `non-fiction` shelves. */
const FACTUAL = new Set([
  'true crime',
  'science',
  'economics',
  'religion',
  'memoir',
  'biography',
  'military history',
  'history',
])

/** Believed only of the other books. */
const FICTIONAL = new Set([
  'literary fiction',
  'historical fiction',
  'contemporary fiction',
  'science fiction',
  'fantasy',
  'epic fantasy',
  'magical realism',
  'romance',
  'mystery',
  'thriller',
  'fiction',
])

/** Whom a book is for: the strongest one is kept. */
const AUDIENCES = ['picture books', 'middle grade', "children's", 'young adult']

/** Newer books are on `classics` shelves by hope. */
const LAST_CLASSIC_YEAR = 1985

/** Votes enough, as a share, where a book would have fewer than FEW_GENRES. */
const LIKELY = 0.6
const FEW_GENRES = 3

/** Put on too many other books' shelves (all of fantasy) to be believed by halves. */
const DOUBTFUL = new Set(['science fiction'])

/** Votes beyond this many times enough add nothing. */
const MAX_STRENGTH = 2

type ShelfGenres = ReadonlyMap<string, readonly string[]>

/** Shelf → the genres it votes for. */
const PURE: ShelfGenres = indexShelves(
  GENRE_RULES.map(({ name, shelves }) => ({ genres: [name], shelves })),
)
const MIXED: ShelfGenres = indexShelves(MIXED_RULES)

function indexShelves(rules: readonly MixedRule[]): ShelfGenres {
  const index = new Map<string, string[]>()
  for (const { genres, shelves } of rules) {
    for (const shelf of shelves) {
      index.set(shelf, [...(index.get(shelf) ?? []), ...genres])
    }
  }
  return index
}

/** Whether a shelf names a genre. */
export function isGenreShelf(shelf: string): boolean {
  return PURE.has(shelf) || MIXED.has(shelf)
}

/**
 * Shelves → at most six genres, most specific first; empty when no shelf names one.
 *
 * @param year of first publication: only older books are called classics
 */
export function genresOf(shelves: readonly string[], year?: number): string[] {
  const strengths = genreStrengths(shelves)
  const strengthOf = (name: string) => strengths.get(name) ?? 0
  const isFactual = isFactualBook(strengthOf('non-fiction'), strengthOf('fiction'))
  const isOld = (year ?? LAST_CLASSIC_YEAR) <= LAST_CLASSIC_YEAR
  const audience = strongest(AUDIENCES, strengths)
  const possible = [...strengths.keys()].filter((name) => {
    if (FALLBACKS.includes(name)) return false
    if (isFactual ? FICTIONAL.has(name) : FACTUAL.has(name)) return false
    if (AUDIENCES.includes(name)) return name === audience
    return name !== 'classics' || isOld
  })
  const byStrength = possible.sort((a, b) => strengthOf(b) - strengthOf(a))
  const kept = byStrength.filter((name, place) => {
    const isLikely = place < FEW_GENRES && !DOUBTFUL.has(name)
    return strengthOf(name) >= (isLikely ? LIKELY : 1)
  })
  if (kept.length === 0) {
    const fallback = isFactual ? 'non-fiction' : strongest(FALLBACKS, strengths)
    if (fallback !== undefined) kept.push(fallback)
  }
  const shown = new Set(kept.slice(0, MAX_GENRES))
  return GENRE_RULES.map(({ name }) => name).filter((name) => shown.has(name))
}

/** Nearly every book has some `fiction` shelf: facts need to outweigh many of them. */
function isFactualBook(nonFiction: number, fiction: number): boolean {
  return nonFiction >= 1 && (fiction < MAX_STRENGTH || nonFiction >= MAX_STRENGTH)
}

/** Votes as a share of what is enough, 0 … MAX_STRENGTH, in the rules' order. */
function genreStrengths(shelves: readonly string[]): Map<string, number> {
  const votes = new Map<string, number>()
  const add = (genre: string, count: number) =>
    votes.set(genre, (votes.get(genre) ?? 0) + count)
  const distinct = [...new Set(shelves)]
  for (const genre of distinct.flatMap((shelf) => PURE.get(shelf) ?? [])) add(genre, 1)
  // A mixed shelf votes for the genre that shelves of its own vote for most.
  const pure = new Map(votes)
  for (const genres of distinct.map((shelf) => MIXED.get(shelf) ?? [])) {
    const most = Math.max(...genres.map((genre) => pure.get(genre) ?? 0))
    for (const genre of genres) if ((pure.get(genre) ?? 0) === most) add(genre, 0.5)
  }
  const strengths = GENRE_RULES.map(({ name, enough }) => {
    const strength = (votes.get(name) ?? 0) / enough
    return [name, Math.min(MAX_STRENGTH, strength)] as const
  })
  return new Map(strengths.filter(([, strength]) => strength > 0))
}

/** The first of the strongest names; undefined when none has any strength. */
function strongest(names: readonly string[], strengths: ReadonlyMap<string, number>) {
  const strengthOf = (name: string) => strengths.get(name) ?? 0
  const most = Math.max(...names.map(strengthOf))
  return most > 0 ? names.find((name) => strengthOf(name) === most) : undefined
}
