/** What most chose, for everyone alike, from the pack's own table. */
import type { SimulationCatalogue } from './catalogue.ts'
import { type Policy, SessionMemory } from './policy.ts'

export function popularityPolicy(
  { ids, popularity }: SimulationCatalogue,
  { withoutRepeats = false }: { readonly withoutRepeats?: boolean } = {},
): Policy {
  const order = ids
    .map((id, index) => ({ id, worth: popularity[index] }))
    .sort((a, b) => b.worth - a.worth) // stable: ties keep the catalogue's order
    .map(({ id }) => id)
  return {
    name: withoutRepeats ? 'popularity-no-repeats' : 'popularity',
    start: async () => {
      const memory = new SessionMemory()
      return {
        list: async (count) => {
          const known = withoutRepeats ? memory.seen : memory.liked
          return order.filter((id) => !known.has(id)).slice(0, count)
        },
        observe: async (feedback) => memory.add(feedback),
        end: async () => {},
      }
    },
  }
}
