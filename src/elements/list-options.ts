/** An element's wishes → what the library is asked; loaded where there are any. */
import type { Boost, Filter, ListOptions } from '../index.ts'
import { warnOnce } from './attributes.ts'

/**
 * As attributes texts; as properties the library's own forms, too.
 *
 *   filter      "category = 'Shoes' and price < 50 and available"; empty: filters will follow
 *   exclude     ids, with commas between
 *   boost       "category = 'Sale': +1; price < 20: 0.5", or JSON
 *   threshold   least probability of an item (`match`), 0–1
 *   fallback    popular | none | ids, with commas between
 */
export interface ListWishes {
  filter: Filter | null
  exclude: string | readonly string[] | null
  boost: string | readonly Boost[] | null
  threshold: string | number | null
  fallback: string | readonly string[] | null
}

/**
 * What a call is given: nothing for what is absent. A boost or a threshold that cannot be
 * read counts as absent, with a line on the console; a filter is read by the library, whose
 * refusal empties the list.
 */
export function listOptionsOf(wishes: ListWishes): ListOptions {
  const { filter, exclude, boost, threshold, fallback } = wishes
  const boosts = typeof boost === 'string' ? boostsOf(boost) : boost
  const least = thresholdOf(threshold)
  return {
    ...(filter === null ? {} : { filter }),
    ...(exclude === null ? {} : { exclude: idsOf(exclude) }),
    ...(boosts ? { boost: boosts } : {}),
    ...(least === undefined ? {} : { threshold: least }),
    ...(fallback === null ? {} : { fallback: fallbackOf(fallback) }),
  }
}

function idsOf(ids: string | readonly string[]): readonly string[] {
  if (typeof ids !== 'string') return ids
  return ids
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
}

function fallbackOf(
  given: string | readonly string[],
): 'popular' | 'none' | readonly string[] {
  return given === 'popular' || given === 'none' ? given : idsOf(given)
}

function thresholdOf(given: string | number | null): number | undefined {
  if (given === null || given === '') return undefined
  const value = Number(given)
  if (value >= 0 && value < 1) return value
  warnOnce(`wrong threshold: got “${given}”, expected a number from 0 to below 1.`)
  return undefined
}

/** `filter: by`, the next after a semicolon. */
const BOOST = /\s*([\s\S]+?):\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*(?:;\s*|$)/y

function boostsOf(text: string): readonly Boost[] | undefined {
  if (text.trim() === '') return undefined
  if (/^\s*\[/.test(text)) {
    try {
      return JSON.parse(text) as Boost[] // the library checks it
    } catch {
      return refuseBoost(text)
    }
  }
  const boosts: Boost[] = []
  for (BOOST.lastIndex = 0; BOOST.lastIndex < text.length; ) {
    const [, filter, by] = BOOST.exec(text) ?? []
    if (filter === undefined) return refuseBoost(text)
    boosts.push({ filter, by: Number(by) })
  }
  return boosts
}

function refuseBoost(text: string): undefined {
  warnOnce(
    `wrong boost: got “${text}”, expected “filter: number”, as “category = 'Sale': +1”.`,
  )
  return undefined
}
