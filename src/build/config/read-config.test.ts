import { execFileSync, spawnSync } from 'node:child_process'
import { relative } from 'node:path'
import { expect, expectTypeOf, test } from 'vitest'
import { ITEM_COLUMNS } from '../input/columns.ts'
import { INTERACTION_COLUMNS } from '../input/interaction-columns.ts'
import { tempFolder } from '../input/temp-folder.test-data.ts'
import { checkConfig } from './check-config.ts'
import type {
  HearthConfig,
  InteractionColumnNames,
  ItemColumnNames,
} from './define-config.ts'
import { readConfig } from './read-config.ts'

const TYPED = `
import { defineConfig, type HearthConfig } from 'hearth-recommender/config'
import { licence } from './licence.ts'
enum Folder { Out = 'site/pack' }
const columns: HearthConfig['columns'] = { id: 'Handle' }
export default defineConfig({ items: ['a.csv', '/b.csv'], out: Folder.Out, licence, columns })
`

test('a TypeScript config is run, with what it imports; its paths are relative to it', async () => {
  const folder = tempFolder()
  folder.write('licence.ts', "export const licence: string = 'CC0-1.0'")
  folder.write('hearth.config.ts', TYPED)
  expect(await readConfig(undefined, folder.path)).toEqual({
    items: [relative('.', `${folder.path}/a.csv`), relative('.', '/b.csv')],
    out: relative('.', `${folder.path}/site/pack`),
    licence: 'CC0-1.0',
    columns: { id: 'Handle' },
  })
})

test.each([
  ['hearth.config.js', "export default { name: 'A' }"],
  ['hearth.config.mjs', "export default { name: 'A' }"],
  ['hearth.config.json', '{ "name": "A" }'],
])('%s is read', async (name, text) => {
  const folder = tempFolder()
  folder.write(name, text)
  expect(await readConfig(undefined, folder.path)).toEqual({ name: 'A' })
})

test('without a config there is none', async () => {
  expect(await readConfig(undefined, tempFolder().path)).toBeUndefined()
})

test.each([
  ['a.ts', 'export default {', 'cannot load'],
  ['a.json', '{ "name": }', 'cannot load'],
  ['a.ts', 'export const config = {}', 'no default export'],
  ['a.ts', "throw new Error('no database')", 'no database'],
  ['a.json', '[]', 'got "[]", expected an object of options'],
])('%s that holds %j is one clear error', async (name, text, message) => {
  const path = tempFolder().write(name, text)
  const reading = readConfig(path, '.')
  await expect(reading).rejects.toMatchObject({ code: 'bad-argument' })
  await expect(reading).rejects.toThrow(message)
  await expect(reading).rejects.toThrow(path)
})

test('two configs are one too many', async () => {
  const folder = tempFolder()
  folder.write('hearth.config.ts', 'export default {}')
  folder.write('hearth.config.json', '{}')
  await expect(readConfig(undefined, folder.path)).rejects.toThrow(
    'got hearth.config.ts, hearth.config.json, expected one. Choose with --config FILE.',
  )
})

test.each([
  [{ item: 'a.csv' }, 'unknown key item (did you mean items?)'],
  [{ column: { id: 'a' } }, 'unknown key column (did you mean columns?)'],
  [
    { columns: { genres: 'a' } },
    'unknown key columns.genres (expected one of id, title',
  ],
  [{ rules: { pins: ['1'] } }, 'unknown key rules.pins (did you mean pin?)'],
  [{ soldOut: 'keep' }, 'soldOut is "keep", expected "drop" or "mark"'],
  [{ items: 7 }, 'items is 7, expected a text or a list of texts'],
  [{ items: [] }, 'items is [], expected a text or a list of texts'],
  [{ columns: { id: 3 } }, 'columns.id is 3, expected a text'],
  [{ text: 'no' }, 'text is "no", expected true or false'],
  [{ bytes: 4 }, 'bytes is 4, expected at least 8'],
  [{ seed: 1.5 }, 'seed is 1.5, expected a whole number'],
  [{ rules: { hide: '1' } }, 'rules.hide is "1", expected a list of texts'],
  [
    { rules: { maxPerAuthor: 0 } },
    'c.ts: invalid rule maxPerAuthor: got 0, expected a whole number from 1 to 1000.',
  ],
  [{ rules: { boost: [{ filter: 'a' }] } }, 'rules.boost.0.by is missing'],
  [{ name: 1, out: 2 }, 'c.ts: out is 2, expected a text; name is 1, expected a text.'],
])('%j is refused by its path', (config, message) => {
  expect(() => checkConfig('c.ts', config)).toThrow(message)
})

test('every key of the type passes', () => {
  const config = {
    ...{ items: 'a', interactions: ['b'], out: 'c', name: 'd', licence: 'e' },
    ...{ attribution: 'f', url: '/{id}', columns: { id: 'g', categories: 'h' } },
    ...{ interactionColumns: { user: 'i' }, table: 'j', soldOut: 'mark', text: false },
    attributes: { keep: ['k'], drop: [] },
    rules: {
      ...{ filter: 'l', hide: ['1'], pin: ['2'], bury: 'm', onlyInStock: true },
      boost: [{ filter: 'n', by: -0.5 }],
      ...{
        notOlderThanDays: 30,
        maxPerAuthor: 2,
        maxPerCategory: 3,
        onePerGroup: true,
      },
    },
    ...{ encoder: 'o/p', base: '/q', allPages: true, bytes: 64, seed: 1, threads: 0 },
  } as const satisfies Required<HearthConfig>
  expect(checkConfig('c.ts', config)).toBe(config)
})

test('columns go by the names the command line has for them', () => {
  type Item = keyof typeof ITEM_COLUMNS
  type Shown = Exclude<keyof ItemColumnNames, 'categories'>
  expectTypeOf<Shown>().toExtend<Item>()
  expectTypeOf<keyof InteractionColumnNames>().toExtend<
    keyof typeof INTERACTION_COLUMNS
  >()
  expect(Object.keys(ITEM_COLUMNS)).toContain('genres')
  expect(Object.keys(INTERACTION_COLUMNS)).toContain('user')
})

test('the door of the config loads nothing else', () => {
  const code =
    "import('./src/build/config/define-config.ts').then((m) => console.log(Object.keys(m)))"
  const out = execFileSync(process.execPath, ['--import', 'tsx', '-e', code], {
    encoding: 'utf8',
  })
  expect(out).toContain("[ 'defineConfig' ]")
})

test.each(['process.exit(0)', 'await new Promise(() => {})'])(
  'a config that ends by itself (%s) is stated, and no success',
  (code) => {
    const path = tempFolder().write('hearth.config.mjs', code)
    const read = `import('./src/build/config/read-config.ts').then((m) => m.readConfig(${JSON.stringify(path)}, '.'))`
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '-e', read],
      { encoding: 'utf8' },
    )
    expect(status).not.toBe(0)
    expect(stderr).toContain('it ended the program, or waits for what never comes')
  },
)
