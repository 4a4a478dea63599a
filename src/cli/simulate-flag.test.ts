import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeSamplePack } from '../engine/sample-folder.test-data.ts'
import { runHearth } from './command-line.ts'
import { fakeDeps } from './fake-deps.test-data.ts'

let pack = ''
let people = ''
beforeAll(async () => {
  pack = await writeSamplePack()
  people = join(pack, 'people.json')
  await writeFile(people, JSON.stringify([['dune', 'item-2'], ['item-1'], ['item-3']]))
})
afterAll(() => rm(pack, { recursive: true, force: true }))

test('evaluate --simulate shows lists of a pack and prints the policies side by side', async () => {
  const deps = fakeDeps()
  const json = join(pack, 'figures.json')
  const words = [
    'evaluate',
    pack,
    '--simulate',
    people,
    '--json',
    json,
    '--people',
    '2',
  ]
  const names = 'popularity,popularity-no-repeats,shipped'
  const behaviour = 'lists=3,listLength=4,driftAt=1'
  const code = await runHearth(
    [...words, '--policies', names, '--behaviour', behaviour],
    deps,
  )
  expect(deps.complaints()).toBe('')
  expect(code).toBe(0)
  expect(deps.printed()).toContain('2 visitors, seed 1; 3 lists of 4')
  for (const name of names.split(',')) expect(deps.printed()).toContain(name)
  expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({
    ...{ reference: 'popularity-no-repeats', visitors: 2 },
    behaviour: { lists: 3, listLength: 4, driftAt: 1 },
  })
  expect(deps.evaluated).toEqual([])
})

test('a behaviour that is none is named', async () => {
  const deps = fakeDeps()
  const words = ['evaluate', pack, '--simulate', people, '--behaviour', 'mood=good']
  expect(await runHearth(words, deps)).toBe(1)
  expect(deps.complaints()).toContain('invalid behaviour: got mood=good')
})
