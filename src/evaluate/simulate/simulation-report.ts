/** Outcomes of policies → figures with paired intervals, as a table and as JSON. */
import {
  bootstrapDifference,
  bootstrapMean,
  type Estimate,
} from '../../build/metrics/ranking.ts'
import { createRandom } from '../../math/random.ts'
import type { PolicyOutcome, SessionOutcome } from './simulate.ts'
import type { Behaviour } from './simulated-visitor.ts'

/** Lists reported together, from the first on, both ends included, counted from 1. */
export interface ListBlock {
  readonly first: number
  readonly last: number
}

export interface PolicyFigures {
  readonly policy: string
  /** Likes opened a visitor. */
  readonly hits: Estimate
  /** Likes opened a visitor, by block of lists. */
  readonly blocks: readonly (ListBlock & {
    readonly hits: Estimate
    /** Against the reference, the same visitors drawn for both. */
    readonly difference: Estimate
  })[]
  /** Hits of this policy / hits of the reference, the same visitors drawn for both. */
  readonly ratio: Estimate
  readonly difference: Estimate
  /** Where tastes drift. */
  readonly afterDrift?: DriftFigures
  /** Share of cards that had been shown before. */
  readonly repeated: number
  /** Lists a visitor stayed for. */
  readonly lists: number
  readonly msPerList: number
}

/** What comes once a visitor has opened `FOLLOWED_AFTER` items since their taste drifted. */
export interface DriftFigures {
  /** Visitors that came so far. */
  readonly visitors: number
  /** Lists that it took, of those visitors. */
  readonly lists: Estimate
  /** Likes opened a list from then on. */
  readonly hits: Estimate
  /** Against the reference in the same lists of the same visitors. */
  readonly difference: Estimate
}

export interface SimulationJson {
  readonly reference: string
  readonly visitors: number
  readonly seed: number
  readonly behaviour: Behaviour
  readonly policies: readonly PolicyFigures[]
}

/** First impressions, finding the way, and the long run. */
const BLOCK_ENDS = [3, 10]
/** Opens within which a drift is to be followed. */
const FOLLOWED_AFTER = 10
const RESAMPLES = 1000
const TAIL = 0.025

export function blocksOf(lists: number): ListBlock[] {
  const ends = [...BLOCK_ENDS.filter((end) => end < lists), lists]
  return ends.map((last, block) => ({ first: (ends[block - 1] ?? 0) + 1, last }))
}

/**
 * @param reference name of the policy that the others are compared with
 */
export function figuresOf(
  outcomes: readonly PolicyOutcome[],
  about: Pick<SimulationJson, 'reference' | 'seed' | 'behaviour'>,
): SimulationJson {
  const { reference, seed, behaviour } = about
  const base = outcomes.find(({ policy }) => policy === reference) ?? outcomes[0]!
  const blocks = blocksOf(behaviour.lists)
  const policies = outcomes.map(({ policy, sessions, msPerList }): PolicyFigures => {
    const total = sessions.map(hitsIn())
    const baseTotal = base.sessions.map(hitsIn())
    return {
      policy,
      hits: bootstrapMean(total, seed),
      ratio: bootstrapRatio(total, baseTotal, seed),
      difference: bootstrapDifference(total, baseTotal, seed),
      blocks: blocks.map((block) => {
        const own = sessions.map(hitsIn(block))
        const others = base.sessions.map(hitsIn(block))
        return {
          ...block,
          hits: bootstrapMean(own, seed),
          difference: bootstrapDifference(own, others, seed),
        }
      }),
      ...driftFigures(sessions, base.sessions, about),
      repeated: meanOf(sessions.map((session) => session.repeated)),
      lists: meanOf(sessions.map((session) => session.lists)),
      msPerList,
    }
  })
  const visitors = base.sessions.length
  return { ...about, reference: base.policy, visitors, policies }
}

function driftFigures(
  sessions: readonly SessionOutcome[],
  others: readonly SessionOutcome[],
  { seed, behaviour: { driftAt } }: Pick<SimulationJson, 'seed' | 'behaviour'>,
): { afterDrift?: DriftFigures } {
  if (driftAt === undefined) return {}
  const followed = sessions.flatMap((session, visitor) => {
    const first = listAfterOpens(session, driftAt)
    if (first >= session.lists) return []
    const lists = session.lists - first
    const block = hitsIn({ first: first + 1, last: session.lists })
    const own = block(session) / lists
    return [{ took: first - driftAt, own, other: block(others[visitor]!) / lists }]
  })
  const own = followed.map(({ own }) => own)
  return {
    afterDrift: {
      visitors: followed.length,
      lists: bootstrapMean(
        followed.map(({ took }) => took),
        seed,
      ),
      hits: bootstrapMean(own, seed),
      difference: bootstrapDifference(
        own,
        followed.map(({ other }) => other),
        seed,
      ),
    },
  }
}

/** The list, from 0, before which `FOLLOWED_AFTER` items were opened since the drift. */
function listAfterOpens({ opens }: SessionOutcome, driftAt: number): number {
  let opened = 0
  let list = driftAt
  while (list < opens.length && opened < FOLLOWED_AFTER) opened += opens[list++]!
  return opened < FOLLOWED_AFTER ? opens.length : list
}

function hitsIn(block?: ListBlock) {
  return ({ hits }: SessionOutcome) =>
    hits
      .subarray(block ? block.first - 1 : 0, block?.last ?? hits.length)
      .reduce((sum, x) => sum + x, 0)
}

/**
 * Σ a / Σ b with the percentile bootstrap's 95 % interval, the same users drawn for both.
 * @returns NaN where b is all zero
 */
export function bootstrapRatio(
  a: readonly number[],
  b: readonly number[],
  seed: number,
): Estimate {
  const random = createRandom(seed)
  const ratios = new Float64Array(RESAMPLES)
  for (let sample = 0; sample < RESAMPLES; sample++) {
    let over = 0
    let under = 0
    for (let n = 0; n < a.length; n++) {
      const user = random.integer(a.length)
      over += a[user]!
      under += b[user]!
    }
    ratios[sample] = over / under
  }
  ratios.sort()
  const sum = (values: readonly number[]) => values.reduce((total, x) => total + x, 0)
  return {
    mean: sum(a) / sum(b),
    low: ratios[Math.floor(TAIL * RESAMPLES)]!,
    high: ratios[Math.ceil((1 - TAIL) * RESAMPLES) - 1]!,
  }
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, x) => sum + x, 0) / Math.max(1, values.length)

/** The table that a person reads. */
export function formatSimulation(json: SimulationJson): string {
  const { policies, reference, visitors, seed, behaviour } = json
  const blocks = policies[0]?.blocks ?? []
  const header = [
    'policy',
    'likes opened',
    `× ${reference}`,
    'difference',
    ...blocks.map(({ first, last }) => `lists ${first}–${last}`),
    'repeated',
    'lists',
    'ms/list',
  ]
  const lines = policies.map((each) => [
    each.policy,
    withHalf(each.hits),
    withRange(each.ratio, 3),
    withRange(each.difference, 2),
    ...each.blocks.map(
      ({ hits, difference }) => `${fixed(hits.mean, 2)} (${signed(difference)})`,
    ),
    `${Math.round(100 * each.repeated)} %`,
    fixed(each.lists, 1),
    fixed(each.msPerList, 1),
  ])
  return [
    `${visitors} visitors, seed ${seed}; ${describeBehaviour(behaviour)}`,
    `Likes opened a visitor; differences and ratios against ${reference}, paired, with 95 % intervals.`,
    '',
    ...asTable([header, ...lines]),
    ...driftLines(policies, reference),
    '',
  ].join('\n')
}

function driftLines(policies: readonly PolicyFigures[], reference: string): string[] {
  const lines = policies.flatMap(({ policy, afterDrift }) => {
    if (!afterDrift) return []
    const { visitors, lists, hits, difference } = afterDrift
    const figures = [`${visitors}`, withHalf(lists), withHalf(hits)]
    return [[policy, ...figures, withRange(difference, 2)]]
  })
  if (lines.length === 0) return []
  const header = [
    `after ${FOLLOWED_AFTER} opens since the drift`,
    ...['visitors', 'lists until then', 'likes a list from then on'],
    `against ${reference}`,
  ]
  return ['', ...asTable([header, ...lines])]
}

function describeBehaviour(behaviour: Behaviour): string {
  const { lists, listLength, attention, openLiked, openOther, noise } = behaviour
  const { driftAt, driftShare, patience, impressions } = behaviour
  return [
    `${lists} lists of ${listLength}`,
    `attention ${attention} a place`,
    `opens ${openLiked} of what is liked, ${openOther} of the rest`,
    ...(noise > 0 ? [`${noise} of looks mixed up`] : []),
    ...(driftAt === undefined
      ? []
      : [`${driftShare} of the taste exchanged at list ${driftAt + 1}`]),
    ...(patience === undefined
      ? []
      : [`leaves after ${patience} lists without an open`]),
    impressions === 'screen'
      ? 'every card of a list is reported as seen'
      : 'only cards looked at are reported as seen',
  ].join(', ')
}

const fixed = (value: number, digits: number) => value.toFixed(digits)
const withHalf = ({ mean, low, high }: Estimate) =>
  `${fixed(mean, 2)} ± ${fixed((high - low) / 2, 2)}`
const withRange = ({ mean, low, high }: Estimate, digits: number) =>
  `${fixed(mean, digits)} [${fixed(low, digits)}, ${fixed(high, digits)}]`
const signed = ({ mean, low, high }: Estimate) =>
  `${mean < 0 ? '−' : '+'}${fixed(Math.abs(mean), 2)}${low > 0 || high < 0 ? '*' : ''}`

function asTable(lines: readonly (readonly string[])[]): string[] {
  const widths = lines[0]!.map((_, column) =>
    Math.max(...lines.map((line) => line[column]!.length)),
  )
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
}
