/**
 * Are the first questions worth asking? Visitors whose likes are known answer one screen, then
 * the list made from their answers is compared with the rest of what they like.
 *
 *   npx tsx bench/first-questions.ts <pack> <visitors.json> [even|odd] [most visitors]
 *
 * visitors.json: for each visitor a list of liked ids, or of [id, rating], 4 and up liked. The
 * pack must not have seen them. Even places are for trying, odd ones are read once.
 */
import { readFileSync } from 'node:fs'
import { createHearth, type Hearth } from '../src/index.node.ts'
import { createRandom } from '../src/math/random.ts'

const COUNT = 12
const LIST = 20
/** Bootstrap draws over visitors. */
const DRAWS = 1_000

const [pack = '', file = '', half = 'even', most = '100'] = process.argv.slice(2)
if (!pack || !file) {
  console.error(
    'usage: npx tsx bench/first-questions.ts <pack> <visitors.json> [even|odd] [most]',
  )
  process.exit(1)
}
const given = JSON.parse(readFileSync(file, 'utf8')) as (
  | readonly string[]
  | readonly (readonly [string, number])[]
)[]
const visitors = given
  .filter((_, place) => place % 2 === (half === 'odd' ? 1 : 0))
  .slice(0, Number(most))
  .map(
    (likes) =>
      new Set(
        likes.flatMap((each) =>
          typeof each === 'string' ? [each] : each[1] >= 4 ? [each[0]] : [],
        ),
      ),
  )
  .filter((likes) => likes.size >= 5)

/** Shows one screen, or two of half the size; likes what is liked. @returns ids shown */
type Policy = (hearth: Hearth, likes: ReadonlySet<string>) => Promise<string[]>

async function answer(
  hearth: Hearth,
  ids: readonly string[],
  likes: ReadonlySet<string>,
) {
  const known = ids.filter((id) => likes.has(id))
  await hearth.record(known.map((item) => ({ kind: 'like', item }) as const))
}

const asked =
  (screens: number): Policy =>
  async (hearth, likes) => {
    const shown: string[] = []
    for (let screen = 0; screen < screens; screen++) {
      const { items } = await hearth.elicit({ count: COUNT / screens, exclude: shown })
      const ids = items.map(({ id }) => id)
      shown.push(...ids)
      await answer(hearth, ids, likes)
    }
    return shown
  }

const policies: Readonly<Record<string, Policy>> = {
  'nothing asked': async () => [],
  'most popular': async (hearth, likes) => {
    const { items } = await hearth.recommend({ count: COUNT })
    const ids = items.map(({ id }) => id)
    await answer(hearth, ids, likes)
    return ids
  },
  'elicit, one screen': asked(1),
  'elicit, two screens of half': asked(2),
}

const hearth = await createHearth({ pack, seed: 1, now: () => Date.UTC(2026, 0, 1) })
const figures = Object.keys(policies).map((name) => ({
  ...{ name, picks: [] as number[], ndcg: [] as number[] },
}))
for (const likes of visitors) {
  const shown = new Map<string, string[]>()
  for (const [name, policy] of Object.entries(policies)) {
    await hearth.profile.erase()
    shown.set(name, await policy(hearth, likes))
  }
  // one set of targets for all: what none of them has shown
  const all = new Set([...shown.values()].flat())
  const targets = new Set([...likes].filter((id) => !all.has(id)))
  if (targets.size === 0) continue
  for (const figure of figures) {
    await hearth.profile.erase()
    const ids = shown.get(figure.name)!
    await answer(hearth, ids, likes)
    const list = await hearth.recommend({ count: LIST, exclude: [...all] })
    figure.picks.push(ids.filter((id) => likes.has(id)).length)
    figure.ndcg.push(
      ndcg(
        list.items.map(({ id }) => id),
        targets,
      ),
    )
  }
}

function ndcg(list: readonly string[], targets: ReadonlySet<string>): number {
  const gain = (place: number) => 1 / Math.log2(place + 2)
  let best = 0
  for (let place = 0; place < Math.min(LIST, targets.size); place++) best += gain(place)
  return (
    list.reduce((sum, id, place) => sum + (targets.has(id) ? gain(place) : 0), 0) / best
  )
}

const mean = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length

function interval(xs: readonly number[]): string {
  const random = createRandom(7)
  const means = Array.from({ length: DRAWS }, () =>
    mean(xs.map(() => xs[random.integer(xs.length)]!)),
  ).sort((a, b) => a - b)
  return `[${means[Math.floor(DRAWS * 0.025)]!.toFixed(4)}, ${means[Math.floor(DRAWS * 0.975)]!.toFixed(4)}]`
}

const base = figures.find(({ name }) => name === 'most popular')!
console.log(
  `${base.ndcg.length} visitors (${half}), NDCG@${LIST} after ${COUNT} items asked`,
)
for (const { name, picks, ndcg: each } of figures) {
  const none = picks.filter((count) => count === 0).length / picks.length
  const gain = each.map((x, i) => x - base.ndcg[i]!)
  console.log(
    `${name.padEnd(28)} picks ${mean(picks).toFixed(2)}, none ${(100 * none).toFixed(0)} %, NDCG ${mean(each).toFixed(4)}, against most popular ${mean(gain).toFixed(4)} ${interval(gain)}`,
  )
}
