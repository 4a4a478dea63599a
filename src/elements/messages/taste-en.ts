/** The words of <hearth-taste>: `taste` in a table of messages. */
import type { TasteMessages } from './en.ts'

const COUNTED = { one: 'item', many: 'items' }

export const tasteEn: TasteMessages = {
  relations: {
    author: 'Makers',
    series: 'Series',
    genre: 'Genres',
    tag: 'Tags',
    years: 'Years',
  },
  stated: 'What you asked for',
  nothingStated:
    'Nothing yet. Follow a maker or a genre and it comes sooner; less, and it steps back; never, and it is gone from every list.',
  taste: 'Your taste now',
  noTaste: 'Like, save or rate something and its makers and genres are listed here.',
  liked: 'Liked',
  refused: 'Not for you',
  all: (count) => `All ${count}`,
  held: (count) => `${count} ${count === 1 ? COUNTED.one : COUNTED.many}`,
  unknown: 'not in this catalogue',
  actions: { follow: 'Follow', less: 'Less', never: 'Never' },
  current: { follow: 'following', less: 'less', never: 'never' },
  on: (action, name) => `${action}: ${name}`,
  change: (name) => `Follow, less or never: ${name}`,
  done: {
    follow: (name) => `You follow ${name}.`,
    less: (name) => `Less of ${name} from now on.`,
    never: (name) => `${name} is in no list of yours any more.`,
  },
  undone: (name) => `Nothing is asked of ${name} any more.`,
  ofItem: 'Follow its kind, or see less of it',
}
