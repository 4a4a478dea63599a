/**
 * How many of an item's related ones a held-out reader likes who likes the item: 150 people,
 * one of their likes each, lists of twelve.
 *
 *   npx tsx bench/related.ts PACK visitors.json [even|odd]
 *
 * `visitors.json` is a list of people, each a list of [item id, rating] or of liked ids.
 */
import { readFileSync } from 'node:fs'
import { createHearth } from '../src/index.node.ts'

const [pack = '', file = '', half = 'even'] = process.argv.slice(2)
const PEOPLE = 150
const MIN_LIKES = 10
const COUNT = 12

type Entry = string | readonly [id: string, rating: number]
const people: readonly (readonly Entry[])[] = JSON.parse(readFileSync(file, 'utf8'))
const hearth = await createHearth({ pack, storage: 'memory' })
const tried = people
  .map((entries) =>
    entries.flatMap((entry) => {
      if (typeof entry === 'string') return [entry]
      return entry[1] >= 4 ? [entry[0]] : []
    }),
  )
  .map((likes, at) => ({ likes, anchor: likes[(at * 7) % likes.length] }))
  .filter(({ likes }, at) => at % 2 === +(half === 'odd') && likes.length >= MIN_LIKES)
  .slice(0, PEOPLE)
let hits = 0
for (const { likes, anchor } of tried) {
  const { items } = await hearth.related(anchor!, { count: COUNT })
  hits += items.filter(({ id }) => likes.includes(id)).length
}
await hearth.close()
console.log(
  `${tried.length} people: ${(hits / tried.length).toFixed(3)} of ${COUNT} related items liked`,
)
