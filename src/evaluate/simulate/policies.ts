/** The policies by name, as `--policies` gives them. */
import { HearthError } from '../../errors.ts'
import type { RecommendOptions } from '../../index.node.ts'
import { readCatalogue, type SimulationCatalogue } from './catalogue.ts'
import { type CreateHearth, hearthPolicy } from './hearth-policies.ts'
import { linUcbPolicy } from './lin-ucb-policy.ts'
import type { Policy } from './policy.ts'
import { popularityPolicy } from './popularity-policy.ts'

export interface PolicySource {
  /** The pack's folder. */
  readonly pack: string
  /** Libraries by a name that is put before their policies; '' for this build's own. */
  readonly libraries: ReadonlyMap<string, CreateHearth>
  /** Given with every list of Hearth. Default none. */
  readonly recommend?: RecommendOptions
}

/** The policy that others are compared with: it needs nothing of the visitor. */
export const REFERENCE = 'popularity-no-repeats'
/** Lists after which a frozen policy learns no more. */
const FROZEN_AFTER = 3

/** What Hearth can be asked to do, by name. */
const OF_HEARTH = {
  shipped: {},
  'shipped-no-repeats': { withoutRepeats: true },
  frozen: { frozenAfter: FROZEN_AFTER },
  'frozen-no-repeats': { frozenAfter: FROZEN_AFTER, withoutRepeats: true },
} as const

const OF_CATALOGUE: Readonly<
  Record<string, (catalogue: SimulationCatalogue) => Policy>
> = {
  popularity: (catalogue) => popularityPolicy(catalogue),
  [REFERENCE]: (catalogue) => popularityPolicy(catalogue, { withoutRepeats: true }),
  'lin-ucb': (catalogue) => linUcbPolicy(catalogue),
}

export const POLICY_NAMES = [...Object.keys(OF_CATALOGUE), ...Object.keys(OF_HEARTH)]

/**
 * @param names of POLICY_NAMES; those of Hearth are made once for each library
 * @throws HearthError `bad-argument` for an unknown name, `bad-pack`
 */
export async function makePolicies(
  names: readonly string[],
  { pack, libraries, recommend }: PolicySource,
): Promise<Policy[]> {
  const catalogue = await readCatalogue(pack)
  return names.flatMap((name) => {
    const make = OF_CATALOGUE[name]
    if (make) return [make(catalogue)]
    if (!isOfHearth(name)) throw unknown(name)
    return Array.from(libraries, ([label, createHearth]) =>
      hearthPolicy({
        ...OF_HEARTH[name],
        ...{ pack, createHearth, name: label === '' ? name : `${label}:${name}` },
        ...(recommend ? { recommend } : {}),
      }),
    )
  })
}

function isOfHearth(name: string): name is keyof typeof OF_HEARTH {
  return Object.hasOwn(OF_HEARTH, name)
}

function unknown(name: string): HearthError {
  return new HearthError(
    'bad-argument',
    `unknown policy: got ${name}, expected some of ${POLICY_NAMES.join(', ')}.`,
  )
}
