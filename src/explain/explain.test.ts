import { describe, expect, test } from 'vitest'
import type { PositiveKind } from '../feedback/item-feedback.ts'
import type { Reaction } from '../feedback/reactions.ts'
import type { ItemRecord } from '../pack/item.ts'
import { FLAG_COLD_START, type Pack } from '../pack/pack.ts'
import { samplePack, tasteOf } from '../scoring/sample-pack.test-data.ts'
import { type Component, NO_COMPONENTS, type RankedItem } from '../scoring/score.ts'
import { commonReasons } from './common-reasons.ts'
import { createExplainer } from './explain.ts'
import type { ExplainedList } from './explained-list.ts'
import type { ShelfRule } from './headline.ts'
import { en } from './messages/en.ts'
import { reasonText } from './messages/messages.ts'

const COUNT = 30
const places = Array.from({ length: COUNT }, (_, index) => index)
const [DUNE, MESSIAH, SEQUEL, EMMA, ANON, OTHER_ANON, PICK, POEMS] = places
const known: Readonly<Record<number, Partial<ItemRecord>>> = {
  [DUNE!]: {
    title: 'Dune (Dune #1)',
    authors: ['Frank Herbert', 'A Translator'],
    series: { name: 'Dune', position: 1 },
    description: 'sandworms and spice',
  },
  [MESSIAH!]: {
    title: 'Dune',
    authors: ['Frank Herbert'],
    year: 1999, // another edition
  },
  [SEQUEL!]: {
    title: 'Dune Messiah',
    authors: ['Frank Herbert', 'A Translator'],
    series: { name: 'Dune', position: 2 },
  },
  [EMMA!]: { title: 'Emma', authors: ['Jane Austen'] },
  [ANON!]: { title: 'Beowulf', authors: ['Anonymous'] },
  [OTHER_ANON!]: { title: 'Gilgamesh', authors: ['Anonymous'] },
  [PICK!]: { title: 'A pick', description: 'more spice, more sandworms' },
  [POEMS!]: { title: 'Odes', genres: ['poetry'] },
  8: { title: 'Ariel', genres: ['poetry'] },
}
const records: ItemRecord[] = places.map((index) => ({
  id: `id${index}`,
  title: `Title ${index}`,
  ...known[index],
}))
const matrix = (value: (a: number, b: number) => number) =>
  places.map((a) => places.map((b) => value(a, b)))
const made = samplePack({
  items: records,
  cf: matrix((a, b) => (a === DUNE && b > 0 ? 5 : 0)),
  sequence: matrix((a, b) => (a < 2 && b > 1 ? 5 : 0)),
  popularity: places.map((index) => 1 - index / COUNT),
})
const pack: Pack = {
  ...made,
  flags: Uint8Array.from(places, (index) => (index === 9 ? FLAG_COLD_START : 0)),
  manifest: {
    ...made.manifest,
    provenance: { ...made.manifest.provenance, interactions: 100 },
  },
}
const table = {
  count: COUNT,
  record: (i: number) => records[i]!,
  indexOf: () => undefined,
}
const explainer = createExplainer(pack, table)

function ranked(
  index: number,
  components: Partial<Record<Component, number>> = {},
  more: Partial<RankedItem> = {},
): RankedItem {
  const all = { ...NO_COMPONENTS, ...components }
  return { index, score: 0, match: 0.5, components: all, isGuess: false, ...more }
}

interface Visitor extends Partial<ExplainedList> {
  readonly history?: never
  readonly mine?: readonly number[]
  readonly event?: PositiveKind
  readonly reaction?: Reaction
  readonly rule?: ShelfRule
}

function reasonsOf(item: RankedItem, visitor: Visitor = {}) {
  const { mine = [DUNE!], event = 'like', reaction, rule = 'score', ...list } = visitor
  const request = { taste: tasteOf([...mine]) }
  const explain = explainer.of({
    ...{ request, reactionOf: () => reaction },
    kindOf: (index) => (mine.includes(index) ? event : undefined),
    ...list,
  })
  return explain(item, rule)
}
const textsOf = (...args: Parameters<typeof reasonsOf>) =>
  reasonsOf(...args).map((reason) => reasonText(reason, en))

describe('reasons of the score', () => {
  test('name the item that leads to it and what was done to it', () => {
    expect(textsOf(ranked(EMMA!, { cf: 1 }))).toEqual(['because you liked Dune'])
    expect(textsOf(ranked(EMMA!, { cf: 1 }), { event: 'save' })).toEqual([
      'because you saved Dune',
    ])
  })

  test('have shares of all that is positive, with or without a reason', () => {
    const reasons = reasonsOf(ranked(EMMA!, { cf: 3, tower: 1, content: -2 }))
    expect(reasons.map(({ component, share }) => [component, share])).toEqual([
      ['cf', 0.75],
    ])
  })

  test('do not claim that people chose what nobody chose', () => {
    expect(textsOf(ranked(9, { cf: 1, sequence: 1 }))).toEqual([
      'like Dune, and not chosen by anyone yet',
    ])
  })

  test('name the first maker that both have, and no Anonymous', () => {
    const shared = { attributes: 1 }
    const mine = [DUNE!]
    expect(textsOf(ranked(SEQUEL!, shared), { mine })).toEqual([
      'comes after Dune in Dune',
    ])
    expect(textsOf(ranked(DUNE!, shared), { mine: [SEQUEL!] })[0]).toBe('also in Dune')
    expect(textsOf(ranked(OTHER_ANON!, shared), { mine: [ANON!] })).toEqual([
      'from this catalogue',
    ])
  })

  test('call another edition what it is, and explain no edition by another', () => {
    expect(textsOf(ranked(MESSIAH!, { cf: 1, attributes: 1 }))).toEqual([
      'another edition of Dune',
    ])
  })

  test('put the owner’s boost beside them, and the pin in their place', () => {
    const reasons = reasonsOf(ranked(EMMA!, { cf: 1 }, { boost: 1 }))
    expect(reasons.map(({ kind, share }) => [kind, share])).toEqual([
      ['because-chosen', 0.5],
      ['boosted', 0.5],
    ])
    expect(textsOf(ranked(EMMA!, { cf: 1 }, { isPinned: true }))).toEqual([
      'picked by this site',
    ])
  })

  test('call popular what is of the most chosen, whatever lifted it', () => {
    expect(textsOf(ranked(EMMA!, { popularity: 1 }))).toEqual([
      'among the 10 most chosen',
    ])
    // the weight is negative: obscurity lifted it
    expect(textsOf(ranked(25, { popularity: 1 }))).toEqual(['not widely chosen'])
    expect(textsOf(ranked(12, { popularity: 1 }))).toEqual(['from this catalogue'])
  })
})

describe('reasons of the records and the log', () => {
  test('a refused item states the refusal and nothing else', () => {
    const item = ranked(EMMA!, { cf: 1, popularity: 1 })
    expect(textsOf(item, { reaction: { disliked: 3 } })).toEqual([
      'you said: not for me',
    ])
    expect(textsOf(item, { reaction: { rated: { seq: 1, stars: 1 } } })).toEqual([
      'you rated it low',
    ])
    const liked = { rated: { seq: 1, stars: 1 }, liked: 2 }
    expect(textsOf(item, { reaction: liked })[0]).toBe('because you liked Dune')
  })

  test('rare words that texts share, where nothing else is named', () => {
    expect(textsOf(ranked(PICK!))).toEqual(['shares “spice” and “sandworms” with Dune'])
    expect(textsOf(ranked(PICK!, { cf: 1 }))).toEqual(['because you liked Dune'])
  })

  test('a maker in common, whatever the score makes of it', () => {
    const [reason] = reasonsOf(ranked(SEQUEL!), { mine: [DUNE!] })
    expect(reason).toMatchObject({ component: 'record', share: 0 })
  })

  test('a guess is of a category that nothing chosen is of', () => {
    const guess = ranked(POEMS!, {}, { isGuess: true })
    expect(textsOf(guess, { rule: 'chance' })).toContain(
      'poetry, unlike what you chose',
    )
    expect(textsOf(guess, { rule: 'chance', mine: [8] }).join()).not.toContain('unlike')
  })

  test('the category, where there is nothing more', () => {
    expect(textsOf(ranked(POEMS!))).toEqual(['from this catalogue’s poetry'])
  })

  test('the words that a search found, and where', () => {
    const search = 'herbert'
    expect(textsOf(ranked(SEQUEL!, { content: 1 }), { search })).toContain(
      '“herbert” in its maker’s name',
    )
    expect(textsOf(ranked(EMMA!, { content: 1 }), { search, mine: [] })).toEqual([
      'by Jane Austen',
    ])
  })
})

describe('a list about one item', () => {
  const about = { anchor: DUNE!, request: { taste: tasteOf([DUNE!]) } }

  test('does not name it again', () => {
    const item = ranked(SEQUEL!, { cf: 3, sequence: 2, attributes: 1 })
    expect(textsOf(item, about)).toEqual([
      'often chosen together',
      'often comes next',
      'comes next in Dune',
    ])
  })
})

describe('a stranger', () => {
  test('sees how popular an item is, or what it is', () => {
    const textOf = (item: RankedItem) =>
      commonReasons(pack, item).map((reason) => reasonText(reason, en))
    expect(textOf(ranked(EMMA!, { popularity: 1 }))).toEqual([
      'among the 10 most chosen',
    ])
    expect(textOf(ranked(POEMS!))).toEqual(['among the 10 most chosen'])
    expect(textOf(ranked(25, { popularity: -1 }))).toEqual(['from this catalogue'])
    expect(textOf(ranked(25, {}, { boost: 1 }))).toEqual([
      'put forward by this site',
      'from this catalogue',
    ])
  })
})
