import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fakeDeps } from '../cli/fake-deps.test-data.ts'
import { buildCatalogue } from './build-catalogue.ts'
import { tempFolder } from './input/temp-folder.test-data.ts'
import { unknownRuleIds } from './unknown-rule-ids.ts'

const items = [{ id: 'a' }, { id: 'b' }]

test('ids that the catalogue holds are no news', () => {
  expect(unknownRuleIds({ pin: ['b', 'a'], hide: ['a'] }, items)).toEqual([])
  expect(unknownRuleIds({ onlyInStock: true }, items)).toEqual([])
})

test('the others are counted once each for each rule, and the first few are named', () => {
  const hide = ['1', '2', '3', '4', '5', '6', '7', '7', 'a']
  expect(unknownRuleIds({ pin: ['x', 'a', 'y'], hide }, items)).toEqual([
    '2 ids of rules.pin are not in the catalogue: x, y',
    '7 ids of rules.hide are not in the catalogue: 1, 2, 3, 4, 5 and 2 more',
  ])
})

test('a build names them and is made all the same', async () => {
  const { path } = tempFolder()
  const table = join(path, 'items.csv')
  writeFileSync(table, 'id,title\na,Sea\nb,Ship\n')
  const deps = fakeDeps()
  const rules = { pin: ['b', 'gone'], hide: ['a'] }
  const out = join(path, 'pack')
  await buildCatalogue({ items: table, out, force: false, training: { rules } }, deps)
  expect(deps.complaints()).toContain(
    '\n  1 id of rules.pin is not in the catalogue: gone\n',
  )
  expect(deps.complaints()).not.toContain('rules.hide')
  expect(deps.trained).toHaveLength(1)
})
