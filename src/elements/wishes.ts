/** The owner's wishes for one element's list: its attributes, or the same as properties. */
import type { Boost, Filter, ListOptions } from '../index.ts'

/**
 * As attributes texts; as properties the library's own forms, too.
 *
 *   filter      "category = 'Shoes' and price < 50 and available"; empty: filters will follow
 *   exclude     ids, with commas between
 *   boost       "category = 'Sale': +1; price < 20: 0.5", or JSON
 *   threshold   least match, 0–1
 *   fallback    popular | none | ids, with commas between
 */
export interface ListWishes {
  filter: Filter | null
  exclude: string | readonly string[] | null
  boost: string | readonly Boost[] | null
  threshold: string | number | null
  fallback: string | readonly string[] | null
}

export const WISHES = ['filter', 'exclude', 'boost', 'threshold', 'fallback'] as const

/** Lit's declarations of the five. */
export const wishProperties = Object.fromEntries(
  WISHES.map((name) => [name, { type: String }]),
)

export const NO_WISHES: ListWishes = {
  filter: null,
  exclude: null,
  boost: null,
  threshold: null,
  fallback: null,
}

/** Whether the owner asks for anything. */
export const hasWishes = (wishes: ListWishes) =>
  WISHES.some((name) => wishes[name] !== null)

/** What a call is given for them; most elements have none, and load nothing for it. */
export async function optionsFor(wishes: ListWishes): Promise<ListOptions> {
  if (!hasWishes(wishes)) return {}
  return (await import('./list-options.ts')).listOptionsOf(wishes)
}
