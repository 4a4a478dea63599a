/** What lists made here looked like, by slate: an impression is stored with its place in one. */

import { HearthError } from '../errors.ts'
import type { IdentifiedEvent } from '../feedback/event.ts'
import { PART_LIMIT, type Shown } from '../feedback/shown.ts'
import { createRandom } from '../math/random.ts'
import type { Multipliers } from '../scoring/online-fusion.ts'
import { COMPONENTS, type Component, type RankedItem } from '../scoring/score.ts'

/** One list of a slate. */
export interface SlateList {
  /** What chose its items, where neither chance nor the owner did. */
  readonly policy: string
  readonly ranked: readonly RankedItem[]
  /** What the components are multiplied by, beside the pack's weights. Default nothing. */
  readonly used?: Multipliers | undefined
}

export interface Slates {
  add(slate: string, lists: readonly SlateList[]): void
  /** The event with what is known of its place; itself where nothing is, or it has it. */
  withShown(event: IdentifiedEvent, index: number | undefined): IdentifiedEvent
}

/** Slates kept: more than a page shows at once. */
const KEPT = 200
/** Parts are stored in thousandths. */
const STEPS = 1000

export function createSlates(): Slates {
  const slates = new Map<string, readonly SlateList[]>()
  return {
    add: (slate, lists) => {
      slates.set(slate, lists)
      if (slates.size > KEPT) slates.delete(slates.keys().next().value!)
    },
    withShown: (event, index) => {
      const { kind, slate = '', shown } = event
      if (kind !== 'impression' || shown) return event
      for (const list of slates.get(slate) ?? []) {
        const { ranked } = list
        const place = ranked.findIndex((item) => item.index === index)
        if (place >= 0) return { ...event, shown: shownOf(ranked[place]!, place, list) }
      }
      return event
    },
  }
}

function shownOf(item: RankedItem, place: number, { policy, used }: SlateList): Shown {
  const { isGuess, isPinned, propensity = 1, chances, team } = item
  const drawn = isGuess && propensity < 1 ? 'guess' : policy
  return {
    place,
    propensity,
    policy: team ?? (isPinned ? 'pinned' : drawn),
    parts: partsOf(item, used),
    ...(chances ? { chances } : {}),
  }
}

/** Those that are not 0, rounded. */
function partsOf(
  { components }: RankedItem,
  used: Partial<Record<Component, number>> = {},
): Record<string, number> {
  const parts: Record<string, number> = {}
  for (const name of COMPONENTS) {
    const part = Math.round((components[name] / (used[name] ?? 1)) * STEPS) / STEPS
    if (part !== 0) parts[name] = Math.max(-PART_LIMIT, Math.min(PART_LIMIT, part))
  }
  return parts
}

/** Names of lists: a few letters of this engine's own, then a count. */
export function slateNamer(seed: number): () => string {
  const letters = createRandom(seed ^ SLATE_SEED)
    .integer(36 ** 6)
    .toString(36)
  let count = 0
  return () => `${letters}-${(++count).toString(36)}`
}
/** Apart from the seed of the exploration, whose draws stay as they are. */
const SLATE_SEED = 0x51a7e

export function unknownList(slate: string): HearthError {
  return new HearthError(
    'bad-argument',
    `unknown list: got ${JSON.stringify(slate)}, expected the slate of a list made here.`,
  )
}
