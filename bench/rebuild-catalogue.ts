/** A made-up shop for bench/rebuild.ts: items with texts, and people with tastes. */

import { createRandom, type Random } from '../src/math/random.ts'

export interface MadeCatalogue {
  /** JSON lines of items. */
  readonly items: string
  /** CSV: user, item, rating, time. */
  readonly interactions: string
}

export interface CatalogueSize {
  readonly items: number
  readonly interactions: number
  readonly seed: number
  /** Share of the texts written anew, and of the interactions added, 0–1. Default 0. */
  readonly changed?: number
}

const GENRES = 24
const WORDS_A_GENRE = 60
const COMMON_WORDS = 300
/** Words of a description: about what a shop or a publisher writes. */
const TEXT_WORDS = 60
const SERIES_ITEMS = 5
const EVENTS_A_USER = 30
const START = Date.UTC(2025, 0, 1)
const DAY_MS = 86_400_000

/**
 * Every item is of one genre, in a series of five; a user has two genres, chooses the
 * popular more often, and after one part of a series takes the next in every third case.
 */
export function makeCatalogue(size: CatalogueSize): MadeCatalogue {
  const { items, interactions, seed, changed = 0 } = size
  const words = vocabulary(createRandom(seed))
  const lines = Array.from({ length: items }, (_, item) => {
    // the first so many, spread over the genres, are written anew
    const version = item < changed * items ? 1 : 0
    return itemLine(item, words, createRandom(seed + 10_000 * version + item))
  })
  const users = Math.round(interactions / EVENTS_A_USER)
  const rows: string[] = []
  for (let user = 0; user < users; user++) {
    // the newcomers are drawn after all others: nobody else's choices move
    rows.push(...eventsOf(user, { items, random: createRandom(seed + 1e6 + user) }))
  }
  const added = Math.round((changed * interactions) / EVENTS_A_USER)
  for (let user = users; user < users + added; user++) {
    rows.push(...eventsOf(user, { items, random: createRandom(seed + 1e6 + user) }))
  }
  return {
    items: `${lines.join('\n')}\n`,
    interactions: `user,item,rating,time\n${rows.join('\n')}\n`,
  }
}

function vocabulary(random: Random): string[] {
  const syllables = 'ba ke li mo nu ra se ti vo ya dor fin gal hul jem pra'.split(' ')
  const syllable = () => syllables[random.integer(syllables.length)]
  const count = COMMON_WORDS + GENRES * WORDS_A_GENRE
  return Array.from({ length: count }, () => `${syllable()}${syllable()}${syllable()}`)
}

const genreOf = (item: number) => Math.floor(item / SERIES_ITEMS) % GENRES

function itemLine(item: number, words: readonly string[], random: Random): string {
  const genre = genreOf(item)
  const word = () =>
    random.next() < 0.5
      ? words[random.integer(COMMON_WORDS)]
      : words[COMMON_WORDS + genre * WORDS_A_GENRE + random.integer(WORDS_A_GENRE)]
  const text = Array.from({ length: TEXT_WORDS }, word).join(' ')
  const series = Math.floor(item / SERIES_ITEMS)
  return JSON.stringify({
    id: `i${item}`,
    title: `${word()} ${word()} ${item}`,
    authors: [`Author ${Math.floor(series / 3)}`],
    genres: [`genre ${genre}`],
    series: `Series ${series}`,
    position: (item % SERIES_ITEMS) + 1,
    year: 1980 + (item % 40),
    description: text,
  })
}

interface Shop {
  readonly items: number
  readonly random: Random
}

function eventsOf(user: number, { items, random }: Shop): string[] {
  const likes = [random.integer(GENRES), random.integer(GENRES)]
  const chosen = new Set<number>()
  let at = START + random.integer(300) * DAY_MS
  let last = -1
  for (let tries = 0; chosen.size < EVENTS_A_USER && tries < 1000; tries++) {
    const follows = last >= 0 && random.next() < 0.35
    const item = follows ? last + 1 : Math.floor(items * random.next() ** 2)
    const fits = follows || likes.includes(genreOf(item)) || random.next() < 0.08
    if (item >= items || !fits || chosen.has(item)) continue
    chosen.add(item)
    last = item
  }
  return [...chosen].map((item) => {
    at += random.integer(DAY_MS)
    const fan = likes.includes(genreOf(item))
    const rating = fan ? 3 + random.integer(3) : 1 + random.integer(4)
    return `u${user},i${item},${rating},${at}`
  })
}
