/** How strong an interaction is: by its rating, its weight, its quantity and its event. */
import { flagOf } from './availability.ts'
import { numberOf, textOf } from './cell.ts'
import { eventKey, eventKindOf } from './event-kinds.ts'
import type { InteractionLayout } from './interaction-layout.ts'
import type { EventFields } from './nested-lines.ts'

/** Pieces of one order line that count: a hundred nails are no hundred likes. */
const MAX_QUANTITY = 10

/** What became of the rows of one word of an event column. */
export interface WordCount {
  /** As the file writes it. */
  readonly word: string
  readonly count: number
  /** Absent: nobody listed the word. 0: no like. */
  readonly strength?: number
}

export interface WeightCounts {
  /** In the order first met. */
  readonly events: readonly WordCount[]
  /** Orders that were returned, refunded or cancelled. */
  readonly statuses: readonly WordCount[]
  /** Rows whose rating stands for none. */
  readonly unrated: number
}

/**
 * A row's rating, or its weight; NaN for a like without a rating among rated ones; `no
 * like` for an event that is none, which the counts have; or what is wrong with the row.
 */
type WeightOrFault = number | string

export function createWeightReader({ names }: InteractionLayout) {
  const events = createWordCounter()
  const statuses = createWordCounter()
  const isZeroUnrated = eventKey(names.rating ?? '') === 'bookrating'
  let unrated = 0

  const strengthOf = (event: EventFields): WeightOrFault => {
    if (names.status !== undefined && isUndone(event.status, names.status)) {
      statuses.add(statusWord(event.status, names.status), 0)
      return 'no like'
    }
    if (names.event === undefined) return 1
    const word = textOf(event.event)
    if (word === undefined) return 'rows without a kind of event: skipped'
    const strength = eventKindOf(word)?.strength
    events.add(word, strength)
    return strength || 'no like'
  }

  const ratingOf = (event: EventFields): WeightOrFault => {
    const rating = Math.fround(readRating(event.rating))
    const isEmpty = textOf(event.rating) === undefined
    const isUnrated =
      names.event !== undefined ? isEmpty : isZeroUnrated && rating === 0
    if (isUnrated) {
      unrated++
      return Number.NaN
    }
    if (Number.isFinite(rating)) return rating
    return 'rows whose rating or weight is no number: skipped'
  }

  const weightOf = (event: EventFields, strength: number): WeightOrFault => {
    const weight = names.weight === undefined ? 1 : numberOf(event.weight)
    const quantity = quantityOf(event.quantity)
    if (!Number.isFinite(Math.fround(weight)))
      return 'rows whose rating or weight is no number: skipped'
    if (weight <= 0) return 'rows whose weight is not above 0: skipped'
    if (Number.isNaN(quantity)) return 'rows whose quantity is no number: skipped'
    if (quantity <= 0) return 'rows whose quantity is not above 0 (returns): left out'
    return Math.fround(weight * strength * Math.min(quantity, MAX_QUANTITY))
  }

  return {
    read(event: EventFields): WeightOrFault {
      const strength = strengthOf(event)
      if (typeof strength === 'string') return strength
      return names.rating === undefined ? weightOf(event, strength) : ratingOf(event)
    },
    /** Were there events of more than one strength, and no ratings? */
    hasStrengths(): boolean {
      const strengths = events.counts().map(({ strength }) => strength || undefined)
      const distinct = new Set(strengths.filter((strength) => strength !== undefined))
      return names.rating === undefined && distinct.size > 1
    },
    counts: (): WeightCounts => ({
      events: events.counts(),
      statuses: statuses.counts(),
      unrated,
    }),
  }
}

/** `refunded`; and `true` or 1 in a column named `cancelled`. */
function isUndone(cell: unknown, name: string): boolean {
  const flag = flagOf(cell)
  if (flag !== undefined) return flag && isRemoval(eventKey(name).replace(/^is/, ''))
  return isRemoval(textOf(cell) ?? '')
}

function isRemoval(word: string): boolean {
  return eventKindOf(word)?.name === 'removal'
}

/** A flag is shown by what its column is named. */
function statusWord(cell: unknown, name: string): string {
  return flagOf(cell) === undefined ? textOf(cell)! : name
}

/** 1 where the line has none; `2,00` is 2. */
function quantityOf(cell: unknown): number {
  if (cell === undefined || cell === null || cell === '') return 1
  const isComma = typeof cell === 'string' && /^\s*-?\d+,\d+\s*$/.test(cell)
  return numberOf(isComma ? cell.replace(',', '.') : cell)
}

/** `4.5`, `4,5`, `4/5`, `4 stars`, `80 %`, `★★★★☆` */
function readRating(cell: unknown): number {
  const number = numberOf(cell)
  const text = Number.isNaN(number) ? textOf(cell) : undefined
  if (text === undefined) return number
  const stars = /^(★+)☆*$/.exec(text)?.[1]
  if (stars) return stars.length
  const match = /^(\d+(?:[.,]\d+)?)\s*(?:\/\s*\d+|%|stars?|out of \d+)?$/i.exec(text)
  return match ? Number(match[1]!.replace(',', '.')) : Number.NaN
}

/** Different words of a column that are counted apart: the rest are counted together. */
const MAX_WORDS = 50

function createWordCounter() {
  const words = new Map<string, { count: number; strength: number | undefined }>()
  return {
    add(word: string, strength: number | undefined) {
      const isFull = words.size >= MAX_WORDS && !words.has(word)
      const key = isFull ? 'other words' : word
      const counted = words.get(key) ?? { count: 0, strength }
      counted.count++
      words.set(key, counted)
    },
    counts: (): WordCount[] =>
      [...words].map(([word, { count, strength }]) => ({
        ...{ word, count },
        ...(strength !== undefined && { strength }),
      })),
  }
}

/** Share of the ratings that are -1 from which it is no slip but the word for "none". */
const MIN_UNRATED = 0.02

interface Weights {
  readonly weights: Float32Array
  readonly hasRatings: boolean
  readonly hasUnrated?: true
}

/**
 * Ratings of -1 among others that are all above 0 become NaN, as zeros of Book-Crossing
 * are already: somebody chose the item and did not rate it. Where nothing is rated at all,
 * every row weighs 1.
 */
export function withUnrated(weights: Float32Array, hasRatings: boolean): Weights {
  if (!hasRatings) return { weights, hasRatings }
  const missing = weights.reduce((count, value) => count + (value === -1 ? 1 : 0), 0)
  const isPositive = weights.every((value) => !(value <= 0) || value === -1)
  const isNone = missing > 0 && isPositive && missing >= MIN_UNRATED * weights.length
  const ratings = isNone
    ? weights.map((value) => (value === -1 ? Number.NaN : value))
    : weights
  if (ratings.length > 0 && ratings.every(Number.isNaN)) {
    return { weights: ratings.fill(1), hasRatings: false }
  }
  return ratings.some(Number.isNaN)
    ? { weights: ratings, hasRatings, hasUnrated: true }
    : { weights: ratings, hasRatings }
}
