/** A made-up shop for bench/rebuild.ts: items with texts, and people with tastes. */

import { createRandom, type Random } from '../src/math/random.ts'

export interface MadeCatalogue {
  /** JSON lines of items. */
  readonly items: string
  /** CSV: user, item, rating, time. */
  readonly interactions: string
  /** Ids of what people liked who are in no build, oldest first. */
  readonly strangers: readonly (readonly string[])[]
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
/** Chance that the next part of a series comes next, and that a choice is no taste. */
const FOLLOWS = 0.12
const STRAYS = 0.08
const LIKED_FROM = 4
const STRANGERS = 300
const START = Date.UTC(2025, 0, 1)
const DAY_MS = 86_400_000

/**
 * Every item is of one genre, in a series of five; a user has two genres, chooses the
 * popular more often, and takes the next part of a series now and then.
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
  const added = Math.round((changed * interactions) / EVENTS_A_USER)
  const eventsOfUser = (user: number) =>
    eventsOf({ items, random: createRandom(seed + 1e6 + user) })
  // newcomers come after all others: nobody else's choices move
  const rows = Array.from({ length: users + added }, (_, user) =>
    eventsOfUser(user).map(
      ({ item, rating, time }) => `u${user},i${item},${rating},${time}`,
    ),
  )
  const strangers = Array.from({ length: STRANGERS }, (_, n) =>
    eventsOfUser(1e6 + n).flatMap(({ item, rating }) =>
      rating >= LIKED_FROM ? [`i${item}`] : [],
    ),
  )
  return {
    items: `${lines.join('\n')}\n`,
    interactions: `user,item,rating,time\n${rows.flat().join('\n')}\n`,
    strangers,
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

interface MadeEvent {
  readonly item: number
  /** 1–5. */
  readonly rating: number
  /** Unix ms. */
  readonly time: number
}

function eventsOf({ items, random }: Shop): MadeEvent[] {
  const likes = [random.integer(GENRES), random.integer(GENRES)]
  const chosen = new Set<number>()
  let time = START + random.integer(300) * DAY_MS
  let last = -1
  for (let tries = 0; chosen.size < EVENTS_A_USER && tries < 1000; tries++) {
    const follows = last >= 0 && random.next() < FOLLOWS
    const item = follows ? last + 1 : Math.floor(items * random.next() ** 2)
    const fits = follows || likes.includes(genreOf(item)) || random.next() < STRAYS
    if (item >= items || !fits || chosen.has(item)) continue
    chosen.add(item)
    last = item
  }
  return [...chosen].map((item) => {
    time += random.integer(DAY_MS)
    const isFan = likes.includes(genreOf(item))
    const rating = isFan ? 5 - random.integer(2) : 1 + random.integer(5)
    return { item, rating, time }
  })
}
