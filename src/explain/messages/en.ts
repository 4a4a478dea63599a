/** The few words reasons are made of. Plain, short, and nothing that was not measured. */
import type { Relation } from '../../pack/pack.ts'

const TITLES = {
  'for-you': 'For you',
  trending: 'Widely read', // it is popularity over all time, and says no more than that
  start: 'A place to start', // nobody's reading is known: the catalogue's own order
  different: 'Something different',
  continue: 'Pick up again',
} as const

/** The title over a shelf that speaks of no item. */
export function shelfTitle(kind: keyof typeof TITLES): string {
  return TITLES[kind]
}

/** The title over a shelf made from one item: "Because you liked Dune". */
export function because(kind: DeedKind | undefined, title: string): string {
  const deed = deedOf(kind)
  return deed
    ? `Because you ${deed} ${shortTitle(title)}`
    : `Goes with ${shortTitle(title)}`
}

/** What a visitor did to an item, as `profile` tells it. */
export type DeedKind = 'click' | 'dwell' | 'like' | 'save' | 'rate'

const DEEDS: Readonly<Record<DeedKind, string>> = {
  click: 'opened',
  dwell: 'looked into', // time was spent on its page; whether it was read is not known
  like: 'liked',
  save: 'saved',
  rate: 'rated',
}

/** Letters a title may take in a sentence. */
const TITLE_LENGTH = 48

const COUNTS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
]

/** "liked", "saved", …; undefined if the deed is not known. */
export function deedOf(kind: DeedKind | undefined): string | undefined {
  return kind && DEEDS[kind]
}

/** 3 → "three", 10 → "10". */
export function countWord(count: number): string {
  return COUNTS[count] ?? String(count)
}

/** "A", "A and B"; more are left out. */
export function pair(names: readonly string[]): string {
  return names.slice(0, 2).join(' and ')
}

/** A title short enough for a sentence, without the series in brackets at its end. */
export function shortTitle(title: string): string {
  const bare = title.replace(/\s*\([^()]*\)\s*$/, '') || title
  if (bare.length <= TITLE_LENGTH) return bare
  const cut = bare.slice(0, TITLE_LENGTH - 1)
  const lastSpace = cut.lastIndexOf(' ')
  return `${lastSpace > TITLE_LENGTH / 2 ? cut.slice(0, lastSpace) : cut}…`
}

/** How an attribute is named in a reason: an author and a series say enough by themselves. */
export function sharedPhrase(relation: Relation, name: string, like: string): string {
  if (relation === 'author') return `also by ${name}`
  if (relation === 'series') return `also in ${name}`
  if (relation === 'years') return `from the ${name}, like ${like}`
  return `${name.toLowerCase()}, like ${like}`
}
