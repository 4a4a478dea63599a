/**
 * How much each component counts for a visitor with k events: w(k), a table by bucket of k.
 *
 *   score = Σ over components of w_component(k) · z(component)     (attributes: w · kg)
 */
import {
  FUSED_COMPONENTS,
  FUSION_BUCKETS,
  type FusedComponent,
  type FusionWeights,
  type Pack,
} from '../pack/pack.ts'

export type ComponentWeights = Readonly<Record<FusedComponent, number>>

/** A k inside each bucket of FUSION_BUCKETS, for tables written as functions of k. */
const TYPICAL_EVENTS = [0, 1, 4, 8, 15, 35, 80] as const

/**
 * Used where nothing was fitted but there are interactions. With k events:
 *
 *   tower = 1/(1 + k/20), cf = 1 − tower but no less than a floor: towers lead at first,
 *   item-item memory takes over. A sparse cf component has few items far above the mean, so a
 *   small weight already orders the top; at k ≤ 2 more would fall below popularity, which
 *   beats every personalised model alone at one event. Content and attributes help most
 *   while the history is short.
 *
 * Components of absent blocks count as 0 and the rest are used as they are.
 */
export const defaultFusion: FusionWeights = {
  source: 'default',
  buckets: TYPICAL_EVENTS.map((k) => {
    const tower = 1 / (1 + k / 20)
    return {
      cf: Math.max(k <= 2 ? 0.12 : 0.25, 1 - tower),
      tower,
      content: 0.15 + 0.25 * tower,
      sequence: 0.15,
      popularity: k <= 5 ? 0.8 : 0.1 + 0.4 * tower,
      attributes: 0.2 + 0.6 * tower,
    }
  }),
}

/** The plain blend, ½ CF and ½ content: for a pack with neither towers nor popularity. */
export const halfBlend = constantFusion({ cf: 0.5, content: 0.5 })

/** Which of the two defaults suits a pack with these blocks. */
export function defaultFusionFor(pack: Pick<Pack, 'tower' | 'popularity'>) {
  const hasPopularity = pack.popularity.some((value) => value > 0)
  return pack.tower || hasPopularity ? defaultFusion : halfBlend
}

/** Index into FUSION_BUCKETS: 0, 1–2, 3–5, 6–10, 11–20, 21–50, 51+. NaN and < 0 are 0. */
export function bucketOf(eventCount: number): number {
  const bucket = FUSION_BUCKETS.findIndex((most) => eventCount <= most)
  return Math.max(0, bucket)
}

/** The weights at k events. A number that is missing or not finite counts as 0. */
export function weightsFor(
  fusion: FusionWeights,
  eventCount: number,
): ComponentWeights {
  const { buckets } = fusion
  const bucket = buckets[Math.min(bucketOf(eventCount), buckets.length - 1)]
  const entries = FUSED_COMPONENTS.map((component) => {
    const weight = bucket?.[component] ?? 0
    return [component, Number.isFinite(weight) ? weight : 0]
  })
  return Object.fromEntries(entries) as Record<FusedComponent, number>
}

/** The same weights whatever k is. */
export function constantFusion(weights: Partial<ComponentWeights>): FusionWeights {
  const all = { ...noWeights(), ...weights }
  return { source: 'default', buckets: FUSION_BUCKETS.map(() => all) }
}

function noWeights(): ComponentWeights {
  const entries = FUSED_COMPONENTS.map((component) => [component, 0])
  return Object.fromEntries(entries) as Record<FusedComponent, number>
}

/** The components that a pack has the blocks for, in the order of `FUSED_COMPONENTS`. */
export function presentComponents(pack: Pack): FusedComponent[] {
  const isOn: Record<FusedComponent, boolean> = {
    cf: pack.cf !== undefined,
    tower: pack.tower !== undefined,
    content: pack.content !== undefined,
    sequence: pack.sequence !== undefined,
    popularity: true,
    attributes: pack.attributes.indices.length > 0,
  }
  return FUSED_COMPONENTS.filter((component) => isOn[component])
}
