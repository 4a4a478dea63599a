/** A pack and a file of people whose tastes are known → policies side by side. */
import { HearthError } from '../../errors.ts'
import { createHearth, type RecommendOptions } from '../../index.node.ts'
import type { Evaluation } from '../evaluate-task.ts'
import type { CreateHearth } from './hearth-policies.ts'
import { makePolicies, POLICY_NAMES, REFERENCE } from './policies.ts'
import type { Policy } from './policy.ts'
import { readVisitors } from './read-visitors.ts'
import { resolveBehaviour, type SimulationOptions, simulate } from './simulate.ts'
import { behaviourDefaults } from './simulated-visitor.ts'
import { figuresOf, formatSimulation } from './simulation-report.ts'

export interface SimulatePackOptions extends SimulationOptions {
  /** JSON: see `readVisitors`. */
  readonly visitors: string
  /** People taken, the first of those there are. Default 100. */
  readonly count?: number
  /**
   * By their place in the file from 0, so that settings can be chosen on one half and read on
   * the other. Default all.
   */
  readonly only?: 'even' | 'odd' | 'all'
  /** Of POLICY_NAMES. Default all. */
  readonly policies?: readonly string[]
  /** Policies beside those, e.g. one of another process. Default none. */
  readonly more?: readonly Policy[]
  /** Policy that the others are compared with. Default popularity without repeats. */
  readonly against?: string
  /** Libraries by name. Default: this build's own, unnamed. */
  readonly libraries?: ReadonlyMap<string, CreateHearth>
  /** Given with every list of Hearth. Default none. */
  readonly recommend?: RecommendOptions
}

const PEOPLE = 100

/**
 * @param pack the pack's folder, built without these people
 * @throws HearthError `bad-pack`, `bad-input` for the file of people, `bad-argument` for an
 *   unknown policy, a behaviour out of range or fewer than two people
 */
export async function simulatePack(
  pack: string,
  options: SimulatePackOptions,
): Promise<Evaluation> {
  const { seed = 1, onProgress, recommend, against = REFERENCE } = options
  const behaviour = resolveBehaviour(options.behaviour)
  const visitors = await peopleOf(options)
  const named = await makePolicies(options.policies ?? POLICY_NAMES, {
    ...{ pack, libraries: options.libraries ?? new Map([['', createHearth]]) },
    ...(recommend ? { recommend } : {}),
  })
  const policies = [...named, ...(options.more ?? [])]
  if (!policies.some(({ name }) => name === against)) {
    throw new HearthError(
      'bad-argument',
      `nothing to compare with: got ${against}, expected one of ${policies.map(({ name }) => name).join(', ')}.`,
    )
  }
  const outcomes = await simulate(policies, visitors, {
    ...{ seed, behaviour },
    ...(onProgress ? { onProgress } : {}),
  })
  const figures = figuresOf(outcomes, { reference: against, seed, behaviour })
  return {
    table: formatSimulation(figures),
    json: `${JSON.stringify(figures, null, 2)}\n`,
  }
}

async function peopleOf({
  visitors,
  count = PEOPLE,
  only = 'all',
}: SimulatePackOptions) {
  const people = await readVisitors(visitors)
  const parity = { even: 0, odd: 1, all: undefined }[only]
  return people
    .filter((_, place) => parity === undefined || place % 2 === parity)
    .slice(0, count)
}

/** Fields of a behaviour that are numbers; `impressions` is a word. */
const NUMBERS = new Set([
  ...['lists', 'listLength', 'attention', 'openLiked', 'openOther', 'noise'],
  ...['driftAt', 'driftShare', 'patience', 'spacingMs'],
])

/**
 * `noise=0.02,driftAt=15,impressions=looked` → fields of a behaviour; ranges are checked later.
 * @throws HearthError `bad-argument` for an unknown name, or no number where one is due
 */
export function parseBehaviour(
  text: string,
): NonNullable<SimulationOptions['behaviour']> {
  const entries = text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
    .map((each): [string, number | string] => {
      const [name = '', value = ''] = each.split('=').map((piece) => piece.trim())
      if (name === 'impressions' && (value === 'screen' || value === 'looked')) {
        return [name, value]
      }
      const number = value === '' ? Number.NaN : Number(value)
      if (NUMBERS.has(name) && Number.isFinite(number)) return [name, number]
      throw new HearthError(
        'bad-argument',
        `invalid behaviour: got ${each}, expected name=value of ${Object.keys(behaviourDefaults).join(', ')}.`,
      )
    })
  return Object.fromEntries(entries)
}
