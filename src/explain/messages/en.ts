/** English, for a catalogue of anything: plain, short, and nothing that was not measured. */

import type { PositiveKind } from '../../feedback/item-feedback.ts'
import type { ReasonParams } from '../explain.ts'
import type { Messages } from './messages.ts'

export const en: Messages = {
  reasons: {
    'because-chosen': ({ item, event }) =>
      `because you ${verbs[event]} ${shortTitle(item.title)}`,
    'goes-with': ({ item }) =>
      `goes with ${item ? shortTitle(item.title) : 'what you chose'}`,
    sequence: ({ items }) =>
      items.length === 0
        ? 'often comes next'
        : `people who chose ${pair(items.map(({ title }) => shortTitle(title)))} go on to it`,
    'content-like': ({ item }) =>
      `its text is close to ${item ? shortTitle(item.title) : 'your taste'}`,
    'typed-text': () => 'close to what you typed',
    'similar-attributes': sharedText,
    taste: ({ item }) =>
      item
        ? `people who chose ${shortTitle(item.title)} also choose it`
        : 'fits your taste as a whole',
    chosen: ({ event }) => `you ${event ? verbs[event] : 'showed interest in'} it`,
    followed: ({ attribute: { name, relation } }) =>
      `you follow ${relation === 'years' ? `the ${name}` : name}`,
    popular: () => 'widely chosen',
    'new-likely-popular': () => 'new, and likely to be widely chosen',
    pinned: () => 'picked by this site',
    boosted: () => 'put forward by this site',
    guess: (because) => (because ? `a guess: ${because}` : 'a guess, to learn from'),
  },
  shelves: {
    'for-you': () => 'For you',
    because: ({ item, event }) =>
      `Because you ${verbs[event]} ${shortTitle(item.title)}`,
    // popularity over all time, and no claim to more than that
    popular: (isByPopularity) =>
      isByPopularity ? 'Widely chosen' : 'A place to start',
    different: () => 'Something different',
    continue: () => 'Pick up again',
  },
}

/** What a visitor did to an item: "you liked it". */
export const verbs: Readonly<Record<PositiveKind, string>> = {
  click: 'opened',
  dwell: 'looked into', // time was spent on its page; whether it was read is not known
  finish: 'finished',
  like: 'liked',
  save: 'saved',
  rate: 'rated',
}

/** How an attribute is named: an author and a series need no "like". */
function sharedText(params: ReasonParams['similar-attributes']): string {
  const { attribute } = params
  if (!attribute) return 'has much in common with what you chose'
  const { name, relation } = attribute
  if (relation === 'author') return `also by ${name}`
  if (relation === 'series') return `also in ${name}`
  if (relation === 'years') return `from the ${name}, like ${likeOf(params)}`
  return `${inSentence(name)}, like ${likeOf(params)}`
}

/** Lower case, but for names whose capitals mean something: `LED Tubes`, `iPods`. */
function inSentence(name: string): string {
  return /[\p{L}\p{N}]\p{Lu}/u.test(name) ? name : name.toLowerCase()
}

/** "Dune" for one item, "three you saved" for several of one kind, else "three of yours". */
function likeOf({ items, count, event }: ReasonParams['similar-attributes']): string {
  const [first] = items
  if (!first) return 'others you chose'
  if (count === 1) return shortTitle(first.title)
  return `${countWord(count)} ${event ? `you ${verbs[event]}` : 'of yours'}`
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
