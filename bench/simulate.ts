/**
 * Simulated visits: how many liked items a visitor opens in 30 lists of ten, policy by policy.
 *
 *   npx tsx bench/simulate.ts --pack <pack folder> --visitors <visitors.json>
 *     --only even|odd|all  which people, by their place in the file; default even: odd ones are
 *                          kept aside for the last look
 *     --count N            people, the first of those; default 100
 *     --policies a,b       default all
 *     --library name=PATH  another build of the library (its index.node.ts or dist/node/index.js),
 *                          any number of them, beside this one
 *     --recommend JSON     options of every list, e.g. '{"surprise":0}'
 *     --behaviour JSON     e.g. '{"noise":0.02,"driftAt":15,"patience":5,"impressions":"looked"}'
 *     --seed N             default 1
 *     --json FILE
 */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { CreateHearth } from '../src/evaluate/simulate/hearth-policies.ts'
import {
  makePolicies,
  POLICY_NAMES,
  REFERENCE,
} from '../src/evaluate/simulate/policies.ts'
import { readVisitors } from '../src/evaluate/simulate/read-visitors.ts'
import { resolveBehaviour, simulate } from '../src/evaluate/simulate/simulate.ts'
import {
  figuresOf,
  formatSimulation,
} from '../src/evaluate/simulate/simulation-report.ts'
import { createHearth } from '../src/index.node.ts'

const { values } = parseArgs({
  options: {
    pack: { type: 'string' },
    visitors: { type: 'string' },
    only: { type: 'string', default: 'even' },
    count: { type: 'string', default: '100' },
    policies: { type: 'string', default: POLICY_NAMES.join(',') },
    library: { type: 'string', multiple: true, default: [] },
    recommend: { type: 'string' },
    behaviour: { type: 'string', default: '{}' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
})
if (!values.pack || !values.visitors) {
  console.error('usage: npx tsx bench/simulate.ts --pack FOLDER --visitors FILE')
  process.exit(1)
}

const all = await readVisitors(values.visitors)
const parity = { even: 0, odd: 1 }[values.only]
const visitors = all
  .filter((_, index) => parity === undefined || index % 2 === parity)
  .slice(0, Number(values.count))

const libraries = new Map<string, CreateHearth>([['', createHearth]])
for (const given of values.library) {
  const [name = '', path = ''] = given.split('=')
  const loaded = (await import(pathToFileURL(resolve(path)).href)) as {
    createHearth: CreateHearth
  }
  libraries.set(name, loaded.createHearth)
}
const policies = await makePolicies(values.policies.split(','), {
  ...{ pack: values.pack, libraries },
  ...(values.recommend ? { recommend: JSON.parse(values.recommend) } : {}),
})
const behaviour = resolveBehaviour(JSON.parse(values.behaviour))
const seed = Number(values.seed)
const outcomes = await simulate(policies, visitors, { seed, behaviour })
const json = figuresOf(outcomes, { reference: REFERENCE, seed, behaviour })
console.log(formatSimulation(json))
if (values.json) writeFileSync(values.json, `${JSON.stringify(json, null, 2)}\n`)
