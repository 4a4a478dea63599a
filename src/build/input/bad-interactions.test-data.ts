/** Interactions as owners have them, good and bad, and the messages they should get. */

const HEADER = 'user,item,rating,time'
const NOW = 1_767_225_600 // the fake clock's, Unix s
const DAY = 86_400

interface Event {
  readonly user: string
  readonly item: string
  readonly rating: number
  /** Unix s. */
  readonly time: number
}

/** Items of two authors. */
export function itemTable(count: number): string {
  const lines = Array.from({ length: count }, (_, n) => `i${n},T${n},A${n % 2}`)
  return ['id,title,author', ...lines].join('\n')
}

/** Twenty users and twelve items, each pair once in 240 events. */
const usual = (n: number): Event => ({
  user: `u${n % 20}`,
  item: `i${(Math.floor(n / 20) + n) % 12}`,
  rating: 1 + ((n * 7) % 5),
  time: NOW - DAY * (n + 1),
})

/** A table of `count` events, each the usual one but for `change`. */
function events(count: number, change: (n: number) => Partial<Event> = () => ({})) {
  const lines = Array.from({ length: count }, (_, n) => {
    const { user, item, rating, time } = { ...usual(n), ...change(n) }
    return [user, item, rating, time].join(',')
  })
  return [HEADER, ...lines].join('\n')
}

const bot = (n: number) => ({
  user: 'bot',
  item: `i${n % 12}`,
  rating: 5,
  time: NOW - n,
})

export interface Case {
  readonly name: string
  /** Default 12. */
  readonly items?: number
  readonly interactions?: string
  /** Found in the report of an accepted pack, or in the one complaint of a refusal. */
  readonly messages: readonly RegExp[]
}

export const accepted: readonly Case[] = [
  {
    name: 'one user',
    interactions: events(8, (n) => ({ user: 'u', item: `i${n}`, rating: 5 })),
    messages: [
      /^users +1$/m,
      /Towers are off: fewer than 50 users/,
      /Fusion is the default/,
    ],
  },
  {
    name: 'a catalogue of one item',
    items: 1,
    interactions: events(30, (n) => ({ user: `u${n}`, item: 'i0', rating: 5 })),
    messages: [
      /CF is off: no user likes two items\./,
      /^components on: attributes, popularity$/m,
    ],
  },
  {
    name: 'one item of many',
    interactions: events(30, (n) => ({ user: `u${n}`, item: 'i3', rating: 5 })),
    messages: [
      /CF is off: no user likes/,
      /11 items have no positive interactions, and no rows: CF is off/,
    ],
  },
  {
    name: 'ratings that are all equal',
    interactions: events(120, () => ({ rating: 3 })),
    messages: [
      /Ratings from 3 up are likes; 0 are below/,
      /off: all ratings are the same/,
    ],
  },
  {
    name: 'only dislikes but one',
    interactions: events(120, (n) => ({ rating: n === 0 ? 5 : 1 })),
    messages: [
      /Ratings from 4 up are likes; 119 are below/,
      /11 items have no positive interactions, and no rows/,
    ],
  },
  {
    name: 'duplicate rows',
    interactions: events(240, (n) => usual(n % 120)),
    messages: [/\d+ repeats of a user's like of an item count once/],
  },
  {
    name: 'some future times',
    interactions: events(120, (n) => (n < 9 ? { time: NOW + 9 * DAY } : {})),
    messages: [/111 of 120 rows kept/, /9 × rows whose time is in the future/],
  },
  {
    name: 'future times only',
    interactions: events(120, () => ({ time: NOW + 9 * DAY })),
    messages: [
      /120 × times in the future .*the time column is ignored/,
      /have no times/,
    ],
  },
  {
    name: 'a bot with 50,000 events',
    interactions: events(50_120, (n) => (n < 120 ? {} : bot(n))),
    messages: [/50000 likes of 1 user were left out/, /CF/],
  },
  {
    name: 'some items that are unknown',
    interactions: events(120, (n) => (n < 7 ? { item: `gone${n}` } : {})),
    messages: [/7 × rows of items that are not in the catalogue: skipped/],
  },
  {
    name: 'ratings that are slips',
    interactions: events(120, (n) =>
      n === 3 ? { rating: 1e38 } : n === 4 ? { rating: -99 } : {},
    ),
    messages: [/Ratings from 4 up are likes/, /components on: cf/],
  },
  {
    name: 'a catalogue of ten items',
    items: 10,
    interactions: events(200, (n) => ({ item: `i${(Math.floor(n / 20) + n) % 10}` })),
    messages: [/^items +10$/m, /components on: cf/, /within the budget of 280/],
  },
  {
    name: 'no text and no interactions',
    messages: [
      /Content is off: no text encoder was given/,
      /predicted ratings are off: there are no positive interactions/,
      /^components off: cf, sequence, tower, content, popularity, ratings$/m,
    ],
  },
]

export const refused: readonly Case[] = [
  {
    name: 'unknown items only',
    interactions: events(120, () => ({ item: 'gone' })),
    messages: [/read 120 rows and could use none/, /An unknown item is "gone"/],
  },
  {
    name: 'nothing below the header',
    interactions: HEADER,
    messages: [/no interactions in .*: read 0 rows/],
  },
  { name: 'an empty file', interactions: '', messages: [/the file is empty/] },
  {
    name: 'a catalogue without items',
    items: 0,
    interactions: events(5),
    messages: [/no items in .*items\.csv/],
  },
]
