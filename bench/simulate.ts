/**
 * Simulated sessions: how many liked items a visitor opens in 30 lists of ten, policy by policy.
 * Run `npm run build` first: packs are built by it.
 *
 *   npx tsx bench/simulate.ts ../shared/data/kuairec          builds its pack once, in .cache
 *   npx tsx bench/simulate.ts ../shared/data/cf/ml-1m
 *   npx tsx bench/simulate.ts --pack FOLDER --visitors FILE
 *
 *     --only even|odd|all  which people, by their place in the file; default even: odd ones are
 *                          kept aside for the last look
 *     --count N            people, the first of those; default 100
 *     --policies a,b       default all
 *     --library name=PATH  another build of the library (its index.node.ts or dist/node/index.js),
 *                          any number of them, beside this one
 *     --only-libraries     leave this checkout's own build out
 *     --vowpal PYTHON      also VowpalWabbit, by bench/peers/vowpal.py under that python; it has
 *                          learned from the last 20 people of the file's same half
 *     --against NAME       policy that the others are compared with; default popularity-no-repeats
 *     --recommend JSON     options of every list, e.g. '{"surprise":0}'
 *     --behaviour a=b,c=d  e.g. noise=0.02,driftAt=15,patience=5,impressions=looked
 *     --seed N             default 1
 *     --json FILE
 */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { readCatalogue } from '../src/evaluate/simulate/catalogue.ts'
import type { CreateHearth } from '../src/evaluate/simulate/hearth-policies.ts'
import { readVisitors } from '../src/evaluate/simulate/read-visitors.ts'
import { parseBehaviour, simulatePack } from '../src/evaluate/simulate/simulate-pack.ts'
import { createHearth } from '../src/index.node.ts'
import { openVowpal } from './peer-policy.ts'
import { prepareData } from './simulate-data.ts'

/** Learning rate of VowpalWabbit: of .1, .01, .003 and .001 the best over both sets, even people. */
const VOWPAL_RATE = 0.003
const WARM_PEOPLE = 20

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pack: { type: 'string' },
    visitors: { type: 'string' },
    only: { type: 'string', default: 'even' },
    count: { type: 'string', default: '100' },
    policies: { type: 'string' },
    library: { type: 'string', multiple: true, default: [] },
    'only-libraries': { type: 'boolean', default: false },
    against: { type: 'string' },
    vowpal: { type: 'string' },
    recommend: { type: 'string' },
    behaviour: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
})
const [folder] = positionals
const prepared = folder === undefined ? undefined : prepareData(folder)
const pack = values.pack ?? prepared?.pack
const visitors = values.visitors ?? prepared?.visitors
if (!pack || !visitors) {
  console.error(
    'usage: npx tsx bench/simulate.ts <folder> | --pack FOLDER --visitors FILE',
  )
  process.exit(1)
}

const libraries = new Map<string, CreateHearth>()
if (!values['only-libraries']) libraries.set('', createHearth)
for (const given of values.library) {
  const [name = '', path = ''] = given.split('=')
  const loaded = (await import(pathToFileURL(resolve(path)).href)) as {
    createHearth: CreateHearth
  }
  libraries.set(name, loaded.createHearth)
}
const peer = values.vowpal
  ? openVowpal(await readCatalogue(pack), { python: values.vowpal, rate: VOWPAL_RATE })
  : undefined
if (peer) {
  const parity = values.only === 'odd' ? 1 : 0
  const people = (await readVisitors(visitors)).filter((_, n) => n % 2 === parity)
  await peer.warm(people.slice(-WARM_PEOPLE))
}
const { table, json } = await simulatePack(pack, {
  ...{ visitors, libraries, more: peer ? [peer.policy] : [] },
  count: Number(values.count),
  only: values.only as 'even' | 'odd' | 'all',
  behaviour: parseBehaviour(values.behaviour),
  seed: Number(values.seed),
  ...(values.policies ? { policies: values.policies.split(',') } : {}),
  ...(values.against ? { against: values.against } : {}),
  ...(values.recommend ? { recommend: JSON.parse(values.recommend) } : {}),
})
peer?.close()
console.log(table)
if (values.json) writeFileSync(values.json, json)
