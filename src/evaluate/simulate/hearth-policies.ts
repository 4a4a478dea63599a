/**
 * Hearth as a page would use it: its public library alone, with a log in memory.
 *
 * Each list is asked for with `recommend`; what the page sees of the visitor goes back with
 * `record`: impressions in the list's order, then for each opened item a click and, where it is
 * liked, a like.
 */
import type {
  EventInput,
  Hearth,
  HearthOptions,
  RecommendOptions,
} from '../../index.node.ts'
import { type Policy, SessionMemory } from './policy.ts'
import type { ListFeedback } from './simulated-visitor.ts'

/** The library's door: this build's, or another's. */
export type CreateHearth = (options: HearthOptions) => Promise<Hearth>

export interface HearthPolicyOptions {
  readonly name: string
  /** The pack's folder. */
  readonly pack: string
  readonly createHearth: CreateHearth
  /** What was seen is not asked for again. Default false. */
  readonly withoutRepeats?: boolean
  /** Lists after which nothing more is recorded. Default: never. */
  readonly frozenAfter?: number
  /** Given with every list, e.g. `surprise`. Default none. */
  readonly recommend?: RecommendOptions
}

/** Between what a visitor does with a list, ms. */
const STEP_MS = 2000

export function hearthPolicy({
  name,
  pack,
  createHearth,
  withoutRepeats = false,
  frozenAfter = Number.POSITIVE_INFINITY,
  recommend = {},
}: HearthPolicyOptions): Policy {
  return {
    name,
    start: async ({ seed, now }) => {
      const hearth = await createHearth({ pack, storage: 'memory', now, seed })
      const memory = new SessionMemory()
      let slate: string | undefined
      return {
        list: async (count) => {
          // a frozen log does not know what was liked since
          const exclude = withoutRepeats ? memory.seen : memory.liked
          const made = await hearth.recommend({
            ...recommend,
            count,
            exclude: [...exclude, ...(recommend.exclude ?? [])],
          })
          slate = made.slate
          return made.items.map(({ id }) => id)
        },
        observe: async (feedback) => {
          memory.add(feedback)
          if (feedback.list < frozenAfter) {
            await hearth.record(eventsOf(feedback, now(), slate))
          }
        },
        end: () => hearth.close(),
      }
    },
  }
}

/** What a page records of one list. */
function eventsOf(
  { seen, opened }: ListFeedback,
  start: number,
  slate: string | undefined,
): EventInput[] {
  const of = slate === undefined ? {} : { slate }
  const impressions = seen.map((item) => ({
    ...({ kind: 'impression', item, at: start, ...of } as const),
  }))
  const reactions = opened.flatMap(({ id: item, isLiked }, step): EventInput[] => {
    const at = start + (step + 1) * STEP_MS
    const click: EventInput = { kind: 'click', item, at, ...of }
    return isLiked ? [click, { kind: 'like', item, at: at + STEP_MS / 2 }] : [click]
  })
  return [...impressions, ...reactions]
}
