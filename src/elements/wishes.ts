/** The owner's wishes for one element's list: its attributes, or the same as properties. */
import type { ListOptions } from '../index.ts'
import type { ListWishes } from './list-options.ts'

export type { ListWishes } from './list-options.ts'

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
