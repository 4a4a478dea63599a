/** The bookshop's own words, where the elements' are for a catalogue of anything. */
import { type ElementMessages, en } from '../elements/messages/en.ts'
import { pair, shortTitle } from '../explain/messages/en.ts'

export const bookshop: ElementMessages = {
  ...en,
  reasons: {
    ...en.reasons,
    sequence: (params) =>
      params.items.length === 0
        ? en.reasons.sequence(params)
        : `readers of ${pair(params.items.map(({ title }) => shortTitle(title)))} go on to it`,
    taste: (params) =>
      params.item
        ? `for the same readers as ${shortTitle(params.item.title)}`
        : en.reasons.taste(params),
    popular: () => 'widely read',
    'new-likely-popular': () => 'new, and likely to be widely read',
  },
  shelves: {
    ...en.shelves,
    popular: (isByPopularity) =>
      isByPopularity ? 'Widely read' : en.shelves.popular(isByPopularity),
  },
  chance: (chance) =>
    chance
      ? `about ${chance.of} in ${chance.among} readers in your place chose it`
      : 'a long shot: fewer than 1 in 20 readers in your place chose it',
}
