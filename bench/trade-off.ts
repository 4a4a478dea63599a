/**
 * What the page's dial pays in accuracy, and what it buys: the figures of `evaluate` for a
 * ready pack, without building one, in seconds.
 *
 *   npx tsx bench/trade-off.ts <pack folder> <visitors.json> [even | odd] [visitors] [likes known]
 *
 * `visitors.json` is a list of people who are not in the pack, each a list of item ids that
 * they like, or of [item id, rating] (from 4 up a rating is a like). In an order by chance
 * (the same each run) a fifth of their likes is to be found; of the others so many are known,
 * with commas between. What is popular is counted over all people of the file. The row
 * `fusion` is the score alone, `dial-…` the list that a page shows.
 */
import { readFileSync } from 'node:fs'
import { choosersOf } from '../src/evaluate/beyond-accuracy.ts'
import type { MetricName } from '../src/evaluate/json.ts'
import { measureVisitors } from '../src/evaluate/measure-visitors.ts'
import { packScores } from '../src/evaluate/pack-scores.ts'
import { createRandom } from '../src/math/random.ts'
import { prepareScoring } from '../src/scoring/prepare-scoring.ts'
import { openPack } from './open-pack.ts'

const [folder = '', file = '', half = 'even', count = '100', known = '5,20'] =
  process.argv.slice(2)
const LIKED_FROM = 4
/** Fewer likes leave nothing to find behind twenty that are known. */
const MIN_LIKES = 25
const TARGET_SHARE = 0.2
const SEED = 1
const METRICS: readonly MetricName[] = [
  ...([
    'ndcg@20',
    'recall@20',
    'popularity-lift@20',
    'top-50@20',
    'novelty@20',
  ] as const),
  ...(['makers@20', 'ild@20', 'genre-kl@20', 'coverage@20', 'gini@20'] as const),
]

const { pack, items, scanner } = await openPack(folder)

type Given = string | readonly [id: string, rating: number]
const given: readonly (readonly Given[])[] = JSON.parse(readFileSync(file, 'utf8'))
const people = given.map(likesOf)
const visitors = people
  .filter((_, place) => place % 2 === (half === 'odd' ? 1 : 0))
  .filter((likes) => likes.length >= MIN_LIKES)
  .slice(0, Number(count))
  .map((likes, user) => {
    const order = createRandom(user + SEED).shuffleInto([...likes])
    const targets = Math.floor(TARGET_SHARE * order.length)
    return {
      user,
      targets: Uint32Array.from(order.slice(0, targets)),
      history: Uint32Array.from(order.slice(targets)),
    }
  })
const choosers = choosersOf({
  rows: Uint32Array.from(people.flat()),
  rowCount: items.count,
  userCount: people.length,
  indptr: new Uint32Array(0),
})
const scores = packScores(prepareScoring(pack, scanner), {
  components: ['popularity'],
  ablations: {},
  items: Array.from({ length: items.count }, (_, index) => items.record(index)),
})
console.log(`| likes known | list | ${METRICS.join(' | ')} |`)
console.log(`|---|---|${METRICS.map(() => '---').join('|')}|`)
for (const k of known.split(',').map(Number)) {
  const { rows } = measureVisitors(scores, visitors, {
    ...{ k, rows: items.count, seed: SEED, recall: 'of-list' },
    ...{ attributes: pack.attributes, choosers },
  })
  for (const [name, figures] of Object.entries(rows)) {
    const cells = METRICS.map((metric) => figures[metric]?.toFixed(3) ?? '–')
    console.log(`| ${[k, name, ...cells].join(' | ')} |`)
  }
}

/** Item indices, each once; ids that the pack does not hold are left out. */
function likesOf(person: readonly Given[]): number[] {
  const ids = person.flatMap((one) => {
    if (typeof one === 'string') return [one]
    return one[1] >= LIKED_FROM ? [one[0]] : []
  })
  const indices = ids.map((id) => items.indexOf(id))
  return [...new Set(indices.filter((index) => index !== undefined))]
}
