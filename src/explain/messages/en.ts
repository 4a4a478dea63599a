/** English, for a catalogue of anything: plain, short, and nothing that was not measured. */

import type { PositiveKind } from '../../feedback/item-feedback.ts'
import type { AttributeValue } from '../../pack/pack.ts'
import { bareTitle } from '../bare-title.ts'
import type { FoundField, ReasonParams } from '../reason.ts'
import type { Messages } from './messages.ts'

export const en: Messages = {
  reasons: {
    'because-chosen': ({ item, event }) =>
      `because you ${verbs[event]} ${shortTitle(item.title)}`,
    'goes-with': ({ item }) =>
      item ? `often chosen with ${shortTitle(item.title)}` : 'often chosen together',
    'new-like': ({ item }) =>
      `like ${item ? shortTitle(item.title) : 'it'}, and not chosen by anyone yet`,
    sequence: ({ items }) =>
      items.length === 0
        ? 'often comes next'
        : `people who chose ${pair(items.map(({ title }) => shortTitle(title)))} go on to it`,
    'content-like': ({ item }) =>
      item ? `its text is close to ${shortTitle(item.title)}` : 'its text is close',
    'typed-text': ({ text }) =>
      text === undefined
        ? 'close in meaning to what you typed'
        : `close to “${shortText(text)}”, which you searched for`,
    found: ({ words, field }) =>
      `“${shortText(words.join(' '))}” in its ${foundFields[field]}`,
    'similar-attributes': sharedText,
    'next-in-series': ({ series, item }) =>
      item
        ? `comes after ${shortTitle(item.title)} in ${series}`
        : `comes next in ${series}`,
    edition: ({ item }) =>
      item ? `another edition of ${shortTitle(item.title)}` : 'another edition',
    'shared-words': ({ words, item }) =>
      `shares ${words.map((word) => `“${word}”`).join(' and ')}${
        item ? ` with ${shortTitle(item.title)}` : ''
      }`,
    'same-taste': ({ item }) =>
      `for the same taste${item ? ` as ${shortTitle(item.title)}` : ''}`,
    taste: () => 'fits your taste as a whole',
    followed: ({ attribute: { name, relation } }) =>
      `you follow ${relation === 'years' ? `the ${name}` : name}`,
    chosen: ({ event }) => `you ${event ? verbs[event] : 'showed interest in'} it`,
    refused: ({ event }) =>
      event === 'dislike' ? 'you said: not for me' : 'you rated it low',
    popular: ({ among }) => `among the ${grouped(among)} most chosen`,
    'lesser-known': () => 'not widely chosen',
    'new-likely-popular': () => 'not chosen by anyone yet, but likely to be',
    unlike: ({ attribute }) => `${attribute.name}, unlike what you chose`,
    'from-catalogue': ({ attribute }) => catalogueText(attribute),
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
  chance: (chance) =>
    chance
      ? `about ${chance.of} in ${chance.among} people in your place chose it`
      : 'a long shot: fewer than 1 in 20 people in your place chose it',
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

const foundFields: Readonly<Record<FoundField, string>> = {
  title: 'title',
  maker: 'maker’s name',
  series: 'series',
  category: 'category',
}

/**
 * How an attribute is named: an author and a series need no "like". Names stay as the
 * catalogue writes them: nobody can tell "Fantasy" from "French literature".
 */
function sharedText(params: ReasonParams['similar-attributes']): string {
  const { name, relation } = params.attribute
  if (relation === 'author') return `also by ${name}`
  if (relation === 'series') return `also in ${name}`
  if (params.items.length === 0) return `also ${ofAttribute(params.attribute)}`
  return `${ofAttribute(params.attribute)}, like ${likeOf(params)}`
}

function ofAttribute({ name, relation }: AttributeValue): string {
  return relation === 'years' ? `from the ${name}` : name
}

/** What an item is, where no more is known. */
function catalogueText(attribute: AttributeValue | undefined): string {
  if (!attribute) return 'from this catalogue'
  const { name, relation } = attribute
  if (relation === 'author') return `by ${name}`
  if (relation === 'series') return `in ${name}`
  if (relation === 'years') return `from the ${name}`
  return `from this catalogue’s ${name}`
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

/** 1000 → "1,000". */
export const grouped = (count: number) => count.toLocaleString('en')

/** A title short enough for a sentence, without the series in brackets at its end. */
export const shortTitle = (title: string) => shortText(bareTitle(title))

/** Cut at a word where it is too long for a sentence. */
function shortText(text: string): string {
  if (text.length <= TITLE_LENGTH) return text
  const cut = text.slice(0, TITLE_LENGTH - 1)
  const lastSpace = cut.lastIndexOf(' ')
  return `${lastSpace > TITLE_LENGTH / 2 ? cut.slice(0, lastSpace) : cut}…`
}
