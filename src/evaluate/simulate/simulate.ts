/**
 * Policies side by side over the same visitors → what each visitor opened and liked, list by
 * list. The clock is the simulation's own, so a run of a day takes as long as its lists.
 */
import { HearthError } from '../../errors.ts'
import type { Policy } from './policy.ts'
import {
  type Behaviour,
  behaviourDefaults,
  createVisitor,
  uniform,
} from './simulated-visitor.ts'

export interface SimulationOptions {
  /** Of all draws, an integer. Default 1. */
  readonly seed?: number
  readonly behaviour?: Partial<Behaviour>
  /** Called after each session. */
  readonly onProgress?: (policy: string, share: number) => void
}

/** One session. */
export interface SessionOutcome {
  /** [lists] liked items opened; 0 for lists after the visitor left */
  readonly hits: Uint8Array
  /** [lists] items opened, liked or not */
  readonly opens: Uint8Array
  /** Lists seen before the visitor left, or all. */
  readonly lists: number
  /** Cards shown that had been shown before, a share 0–1. */
  readonly repeated: number
}

export interface PolicyOutcome {
  readonly policy: string
  /** [visitors], in the order of the visitors given */
  readonly sessions: readonly SessionOutcome[]
  /** ms a list, everything in it */
  readonly msPerList: number
}

/** Where simulated time begins: 1 January 2026. */
const START_AT = Date.UTC(2026, 0, 1)

/** Fills in what was left out. @throws HearthError `bad-argument`, naming the field */
export function resolveBehaviour(given: Partial<Behaviour> = {}): Behaviour {
  const behaviour = { ...behaviourDefaults, ...given }
  const { lists, listLength, patience, driftAt, spacingMs } = behaviour
  checkWhole('lists', lists, 1, 10_000)
  checkWhole('list length', listLength, 1, 50)
  if (patience !== undefined) checkWhole('patience', patience, 1, 10_000)
  if (driftAt !== undefined) checkWhole('drift', driftAt, 0, 10_000)
  for (const name of [
    'attention',
    'openLiked',
    'openOther',
    'noise',
    'driftShare',
  ] as const) {
    const value = behaviour[name]
    if (!(value >= 0 && value <= 1)) throw wrong(name, value, 'a share from 0 to 1')
  }
  if (!(spacingMs >= 0)) throw wrong('spacing', spacingMs, 'ms of 0 or more')
  return behaviour
}

/**
 * @param visitors [visitors] ids each one likes; after a drift a visitor has the taste of the
 *   one after, the last that of the first
 * @throws HearthError `bad-argument` for fewer than two visitors, or a behaviour out of range
 */
export async function simulate(
  policies: readonly Policy[],
  visitors: readonly (readonly string[])[],
  { seed = 1, behaviour: given, onProgress }: SimulationOptions = {},
): Promise<PolicyOutcome[]> {
  if (visitors.length < 2) {
    throw wrong('visitors', visitors.length, 'two or more: one has no interval')
  }
  const behaviour = resolveBehaviour(given)
  const outcomes: PolicyOutcome[] = []
  for (const policy of policies) {
    const start = performance.now()
    const sessions: SessionOutcome[] = []
    for (const [index, likes] of visitors.entries()) {
      const next = visitors[(index + 1) % visitors.length]!
      sessions.push(await runSession(policy, { likes, next, seed, index, behaviour }))
      onProgress?.(policy.name, (index + 1) / visitors.length)
    }
    const lists = sessions.reduce((sum, session) => sum + session.lists, 0)
    const msPerList = (performance.now() - start) / Math.max(1, lists)
    outcomes.push({ policy: policy.name, sessions, msPerList })
  }
  return outcomes
}

interface Session {
  readonly likes: readonly string[]
  readonly next: readonly string[]
  readonly seed: number
  /** Of the visitor. */
  readonly index: number
  readonly behaviour: Behaviour
}

async function runSession(
  policy: Policy,
  { likes, next, seed, index, behaviour }: Session,
): Promise<SessionOutcome> {
  const own = Math.floor(uniform(seed, `visitor:${index}`) * 2 ** 31)
  const visitor = createVisitor(likes, next, { seed: own, behaviour })
  let at = START_AT
  const session = await policy.start({ seed: own, now: () => at })
  const hits = new Uint8Array(behaviour.lists)
  const opens = new Uint8Array(behaviour.lists)
  const shown = new Set<string>()
  let cards = 0
  let repeated = 0
  let list = 0
  try {
    for (; list < behaviour.lists && !visitor.hasLeft(); list++) {
      const ids = await session.list(behaviour.listLength)
      cards += ids.length
      repeated += ids.filter((id) => shown.has(id)).length
      for (const id of ids) shown.add(id)
      const feedback = visitor.answer(ids)
      opens[list] = feedback.opened.length
      hits[list] = feedback.opened.filter(({ isLiked }) => isLiked).length
      await session.observe(feedback)
      at += behaviour.spacingMs
    }
  } finally {
    await session.end()
  }
  return { hits, opens, lists: list, repeated: repeated / Math.max(1, cards) }
}

function checkWhole(name: string, value: number, least: number, most: number) {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw wrong(name, value, `an integer from ${least} to ${most}`)
}

function wrong(name: string, value: number, expected: string): HearthError {
  return new HearthError(
    'bad-argument',
    `invalid ${name}: got ${value}, expected ${expected}.`,
  )
}
