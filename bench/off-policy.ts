/**
 * Are off-policy estimates right? The Open Bandit Dataset (Saito et al. 2020) has logs of two
 * policies over the same fashion items, uniform at random and Bernoulli Thompson sampling
 * (BTS), for two campaigns. The value of one is estimated from the log of the other; what it
 * should have been is the click rate of its own log.
 *
 *   npx tsx bench/off-policy.ts <folder with random/ and bts/ as in obd>
 *
 * Random's probabilities are 1 / items. BTS's for an item that random showed are not logged
 * (only those of what BTS showed are), so they are the share of its own log that the item has
 * at that position: its actions are read, its clicks are not. The same shares are tried as
 * BTS's propensities in its own log, beside the logged ones. A known value is itself a rate of
 * some fifty clicks: its own interval stands beside it.
 *
 * One log is one draw. So logs are drawn again, 400 times, by the probabilities of the policy
 * that logged (random's, or BTS's shares) and with clicks at the items' own rates: the value is
 * then known exactly. How many of the intervals hold it?
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { createRandom } from '../src/math/random.ts'
import {
  type ExpectedRewards,
  estimateDr,
  estimateIps,
  estimateSnips,
  type OffPolicyEstimate,
  type PolicyLog,
} from '../src/scoring/off-policy.ts'

/** Three places of a list: 1 … 3. */
const POSITIONS = 3
/** A click rate of an item counts as many views at its position's rate besides its own. */
const PRIOR_VIEWS = 200
/** Logs drawn again, to count how often an interval holds what is true there. */
const REDRAWN_LOGS = 400
/** The 97.5th percentile of the standard normal distribution. */
const Z = 1.96
/** Each view's expected click is fitted without its own fold. */
const FOLDS = 5

interface View {
  readonly item: number
  /** 0 … POSITIONS − 1. */
  readonly position: number
  readonly click: number
  readonly propensity: number
}

/** [POSITIONS][items] the probability of each item. */
type Odds = readonly Float64Array[]

/** How the log of one policy is read for the value of another. */
interface Task {
  readonly name: string
  readonly views: readonly View[]
  /** Of the policy that logged, where all of it is known. */
  readonly logging?: Odds
  /** Of the policy whose value is estimated. */
  readonly target: Odds
  readonly known: number
  readonly knownLimits: string
}

type Estimates = Readonly<Record<string, OffPolicyEstimate>>

const [folder = ''] = process.argv.slice(2)
const inThousand = (value: number) => (1000 * value).toFixed(2)
const tasks = ['men', 'women'].flatMap(tasksOf)
printKnownValues()
printRedrawn()

function tasksOf(campaign: string): Task[] {
  const random = readViews('random', campaign)
  const bts = readViews('bts', campaign)
  const items = 1 + Math.max(...random.map(({ item }) => item))
  const uniform = Array.from({ length: POSITIONS }, () =>
    new Float64Array(items).fill(1 / items),
  )
  const shares = sharesOf(bts, items)
  const byShares = bts.map((view) => ({
    ...view,
    propensity: shares[view.position]![view.item]!,
  }))
  const toBts = { target: shares, ...ownValue(bts) }
  const toRandom = { target: uniform, ...ownValue(random) }
  return [
    { name: `${campaign}, random → BTS`, views: random, logging: uniform, ...toBts },
    { name: `${campaign}, BTS → random`, views: bts, ...toRandom },
    {
      name: `${campaign}, BTS by shares → random`,
      ...{ views: byShares, logging: shares, ...toRandom },
    },
  ]
}

function readViews(policy: string, campaign: string): View[] {
  const file = join(folder, policy, `${campaign}.csv.gz`)
  const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(file)), {
    columns: true,
  })
  return rows.map((row) => ({
    item: Number(row.item_id),
    position: Number(row.position) - 1,
    click: Number(row.click),
    propensity: Number(row.propensity_score),
  }))
}

/** What a policy showed at each position: the share of each item. */
function sharesOf(views: readonly View[], items: number): Odds {
  return Array.from({ length: POSITIONS }, (_, position) => {
    const there = views.filter((view) => view.position === position)
    const share = new Float64Array(items)
    for (const { item } of there) share[item] += 1 / there.length
    return share
  })
}

/** The click rate of a policy's own log, and its interval. */
function ownValue(views: readonly View[]) {
  const ones = views.map(() => 1)
  const rewards = views.map(({ click }) => click)
  const own = estimateIps({ rewards, propensities: ones, targets: ones })
  return { known: own.estimate, knownLimits: limitsOf(own) }
}

function estimatesOf(
  { views, target }: Pick<Task, 'views' | 'target'>,
  rewards = views.map(({ click }) => click),
): Estimates {
  const log: PolicyLog = {
    rewards,
    propensities: views.map(({ propensity }) => propensity),
    targets: views.map(({ item, position }) => target[position]![item]!),
  }
  return {
    IPS: estimateIps(log),
    SNIPS: estimateSnips(log),
    'SNIPS, clip 10': estimateSnips(log, { clip: 10 }),
    DR: estimateDr(log, expectedRewards(views, target, rewards)),
  }
}

/** Clicks expected by item, each fold's fitted on the other folds. */
function expectedRewards(
  views: readonly View[],
  target: Odds,
  rewards: readonly number[],
): ExpectedRewards {
  const folds = Array.from({ length: FOLDS }, (_, fold) => {
    const isOther = (i: number) => i % FOLDS !== fold
    const rates = ratesOf(views, rewards, isOther, target[0]!.length)
    const values = target.map((odds) =>
      odds.reduce((sum, p, i) => sum + p * rates[i], 0),
    )
    return { rates, values }
  })
  return {
    shown: views.map(({ item }, i) => folds[i % FOLDS]!.rates[item]!),
    target: views.map(({ position }, i) => folds[i % FOLDS]!.values[position]!),
  }
}

/** [items] the click rate of each, drawn to the mean by `PRIOR_VIEWS`. */
function ratesOf(
  views: readonly View[],
  rewards: readonly number[],
  isUsed: (i: number) => boolean,
  items: number,
): Float64Array {
  const [seen, clicked] = [new Float64Array(items), new Float64Array(items)]
  views.forEach(({ item }, i) => {
    if (!isUsed(i)) return
    seen[item]++
    clicked[item] += rewards[i]!
  })
  const sum = (values: Float64Array) =>
    values.reduce((total, value) => total + value, 0)
  const mean = sum(clicked) / sum(seen)
  return seen.map((n, item) => (clicked[item] + PRIOR_VIEWS * mean) / (n + PRIOR_VIEWS))
}

function printKnownValues() {
  let held = 0
  let all = 0
  console.log('Clicks in 1,000 views.\n')
  console.log(
    '| log → policy | known | by | estimate | holds it | n_eff | mean weight |',
  )
  console.log('|---|---|---|---|---|---|---|')
  for (const task of tasks) {
    for (const [by, estimate] of Object.entries(estimatesOf(task))) {
      const isHeld = holds(estimate, task.known)
      held += isHeld ? 1 : 0
      all += 1
      const cells = [
        ...[task.name, `${inThousand(task.known)} (${task.knownLimits})`, by],
        ...[
          `${inThousand(estimate.estimate)} (${limitsOf(estimate)})`,
          isHeld ? 'yes' : 'no',
        ],
        ...[estimate.effectiveSize.toFixed(0), estimate.meanWeight.toFixed(2)],
      ]
      console.log(`| ${cells.join(' | ')} |`)
    }
  }
  console.log(`\n${held} of ${all} intervals hold the known value.\n`)
}

/** The log drawn anew by what is known of its policy: how often does an interval hold? */
function printRedrawn() {
  console.log(
    `${REDRAWN_LOGS} logs drawn again: % of intervals that hold the value; in`,
  )
  console.log('brackets, of normal intervals of the same standard error.\n')
  console.log('| log → policy | IPS | SNIPS | SNIPS, clip 10 | DR |')
  console.log('|---|---|---|---|---|')
  for (const { name, views, logging, target } of tasks) {
    if (!logging) continue
    const cells = countHeld(views, logging, target)
    console.log(`| ${[name, ...cells].join(' | ')} |`)
  }
}

function countHeld(views: readonly View[], logging: Odds, target: Odds): string[] {
  const random = createRandom(1)
  const clicks = views.map(({ click }) => click)
  const rates = ratesOf(views, clicks, () => true, target[0]!.length)
  const values = target.map((odds) => odds.reduce((sum, p, i) => sum + p * rates[i], 0))
  const truth =
    views.reduce((sum, { position }) => sum + values[position]!, 0) / views.length
  const held = new Map<string, { ours: number; normal: number }>()
  for (let log = 0; log < REDRAWN_LOGS; log++) {
    const again = views.map(({ position }) => {
      const item = drawItem(logging[position]!, random.next())
      const click = random.next() < rates[item] ? 1 : 0
      return { item, position, click, propensity: logging[position]![item]! }
    })
    for (const [by, estimate] of Object.entries(
      estimatesOf({ views: again, target }),
    )) {
      const half = Z * estimate.standardError
      const counts = held.get(by) ?? { ours: 0, normal: 0 }
      if (holds(estimate, truth)) counts.ours += 100 / REDRAWN_LOGS
      if (Math.abs(estimate.estimate - truth) <= half)
        counts.normal += 100 / REDRAWN_LOGS
      held.set(by, counts)
    }
  }
  return [...held.values()].map(
    ({ ours, normal }) => `${ours.toFixed(0)} (${normal.toFixed(0)})`,
  )
}

/** The item at `at`, 0 … 1, of the sum of probabilities; the last possible one at its end. */
function drawItem(odds: Float64Array, at: number): number {
  let sum = 0
  for (let item = 0; item < odds.length; item++) {
    sum += odds[item]
    if (at < sum) return item
  }
  return odds.findLastIndex((p) => p > 0)
}

function limitsOf({ lower, upper }: OffPolicyEstimate): string {
  return `${inThousand(lower)}–${inThousand(upper)}`
}

function holds({ lower, upper }: OffPolicyEstimate, value: number): boolean {
  return lower <= value && value <= upper
}
