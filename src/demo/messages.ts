/** The bookshop's own words, where the elements' are for a catalogue of anything. */
import { type ElementMessages, en } from '../elements/messages/en.ts'
import { grouped, pair, shortTitle } from '../explain/messages/en.ts'

export const bookshop: ElementMessages = {
  ...en,
  reasons: {
    ...en.reasons,
    sequence: (params) =>
      params.items.length === 0
        ? en.reasons.sequence(params)
        : `readers of ${pair(params.items.map(({ title }) => shortTitle(title)))} go on to it`,
    'goes-with': ({ item }) =>
      item
        ? `for the same readers as ${shortTitle(item.title)}`
        : 'for the same readers',
    'new-like': ({ item }) =>
      `like ${item ? shortTitle(item.title) : 'it'}, and not read by anyone here yet`,
    found: (params) =>
      params.field === 'maker'
        ? `“${params.words.join(' ')}” in its author’s name`
        : en.reasons.found(params),
    popular: ({ among }) => `among the ${grouped(among)} most read`,
    'lesser-known': () => 'not widely read',
    'new-likely-popular': () => 'not read by anyone here yet, but likely to be',
    'from-catalogue': (params) => {
      const { attribute } = params
      return attribute?.relation === 'genre'
        ? `from the ${attribute.name} shelf`
        : en.reasons['from-catalogue'](params)
    },
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
