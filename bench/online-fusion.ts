/**
 * How strong should the prior of a visitor's own fusion be? Simulated visitors see 30 lists of
 * ten, nothing twice; before each list the fusion is learned from the lists before it, under
 * several priors, and orders that list.
 *
 *   npx tsx bench/online-fusion.ts --pack FOLDER --visitors FILE [--only odd] [--count 100]
 *
 * The figure is the share of pairs of a list that are in the right order: of an item opened and
 * one that is not. Places further down are looked at less, so an opening counts 1/.95^place, and
 * not being opened 1 − opened/.95^place: the share as if all of the list had been looked at.
 * Intervals are over visitors; a prior of 0 is the pack's own fusion.
 */
import { parseArgs } from 'node:util'
import { observationsOf } from '../src/engine/fusion-observations.ts'
import { readVisitors } from '../src/evaluate/simulate/read-visitors.ts'
import {
  behaviourDefaults,
  createVisitor,
  uniform,
} from '../src/evaluate/simulate/simulated-visitor.ts'
import { createHearth, type LoggedEvent } from '../src/index.node.ts'
import { learnFusion, type Observation } from '../src/scoring/online-fusion.ts'

const SDS = [1e-6, 0.1, 0.2, 0.3, 0.5, 0.8]
const { lists: LISTS, listLength: LENGTH, attention: ATTENTION } = behaviourDefaults
const START = Date.UTC(2026, 0, 1)

const { values } = parseArgs({
  options: {
    pack: { type: 'string' },
    visitors: { type: 'string' },
    only: { type: 'string', default: 'even' },
    count: { type: 'string', default: '100' },
  },
})
if (!values.pack || !values.visitors) {
  console.error('usage: npx tsx bench/online-fusion.ts --pack FOLDER --visitors FILE')
  process.exit(1)
}
const half = values.only === 'odd' ? 1 : 0
const people = (await readVisitors(values.visitors))
  .filter((_, i) => i % 2 === half)
  .slice(0, Number(values.count))

const shares = SDS.map((): number[] => [])
for (const [index, likes] of people.entries()) {
  const byList = await visit(values.pack, likes, index)
  SDS.forEach((sd, s) => {
    let [right, all] = [0, 0]
    for (let list = 2; list < byList.length; list++) {
      const { mean } = learnFusion(byList.slice(0, list).flat(), sd)
      const scores = byList[list]!.map((seen) => scoreOf(seen, mean))
      const pairs = pairsOf(byList[list]!, scores)
      right += pairs.right
      all += pairs.all
    }
    shares[s]!.push(right, all)
  })
}
console.log(`${people.length} visitors (${values.only}), ${values.pack}`)
const base = ratios(shares[0]!)
SDS.forEach((sd, s) => {
  const own = ratios(shares[s]!)
  const gains = own.each.map((weighted, i) => weighted - base.each[i]!)
  const mean = gains.reduce((sum, x) => sum + x, 0) / gains.length
  const variance =
    gains.reduce((sum, x) => sum + (x - mean) ** 2, 0) / gains.length ** 2
  const [gain, half95] = [own.total - base.total, 1.96 * Math.sqrt(variance)]
  console.log(
    `sd ${s === 0 ? 0 : sd}: ${own.total.toFixed(4)}, gain ${gain.toFixed(4)} ± ${half95.toFixed(4)}`,
  )
})

/** Each list as it was seen, but those of a stranger, which the fusion does not rank. */
async function visit(pack: string, likes: readonly string[], index: number) {
  const seed = Math.floor(uniform(1, `visitor:${index}`) * 2 ** 31)
  const visitor = createVisitor(likes, likes, { seed, behaviour: behaviourDefaults })
  let at = START
  const hearth = await createHearth({ pack, storage: 'memory', now: () => at, seed })
  const exclude: string[] = []
  const lists: Observation[][] = []
  for (let list = 0; list < LISTS; list++, at += 60_000) {
    const { items, slate } = await hearth.recommend({ count: LENGTH, exclude })
    const answer = visitor.answer(items.map(({ id }) => id))
    exclude.push(...answer.seen)
    const views = answer.seen.map(
      (item) => ({ kind: 'impression', item, slate, at }) as const,
    )
    const clicks = answer.opened.flatMap(({ id: item, isLiked }) => [
      { kind: 'click', item, slate, at: at + 1 } as const,
      ...(isLiked ? [{ kind: 'like', item, at: at + 2 } as const] : []),
    ])
    const logged: readonly LoggedEvent[] = await hearth.record([...views, ...clicks])
    const seen = observationsOf(logged)
    if (seen.length > 0) lists.push(seen)
  }
  await hearth.close()
  return lists
}

function scoreOf(
  { components }: Observation,
  multipliers: Readonly<Record<string, number>>,
) {
  return Object.entries(components).reduce(
    (sum, [name, value]) => sum + value * (multipliers[name] ?? 1),
    0,
  )
}

function pairsOf(seen: readonly Observation[], scores: readonly number[]) {
  let [right, all] = [0, 0]
  const openings = seen.map(({ isTaken, place }) =>
    isTaken ? 1 / ATTENTION ** place : 0,
  )
  for (let i = 0; i < seen.length; i++) {
    for (let j = 0; j < seen.length; j++) {
      if (i === j) continue
      const weight = openings[i]! * (1 - openings[j]!)
      all += weight
      if (scores[i]! > scores[j]!) right += weight
      else if (scores[i] === scores[j]) right += weight / 2
    }
  }
  return { right, all }
}

/** Σ right / Σ all, and each visitor's part of its deviation (a ratio, to first order). */
function ratios(sums: readonly number[]) {
  const pairs = Array.from({ length: sums.length / 2 }, (_, i) => ({
    right: sums[2 * i]!,
    all: sums[2 * i + 1]!,
  }))
  const all = pairs.reduce((sum, pair) => sum + pair.all, 0)
  const total = pairs.reduce((sum, pair) => sum + pair.right, 0) / all
  const each = pairs.map(
    (pair) => (pair.right - total * pair.all) / (all / pairs.length),
  )
  return { total, each }
}
