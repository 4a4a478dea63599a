import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../build/input/temp-folder.test-data.ts'
import { runHearth } from './command-line.ts'
import { fakeDeps } from './fake-deps.test-data.ts'

const CONFIG = `export default {
  items: ['products.csv', 'stock.csv'],
  interactions: ['a.csv', 'b.csv'],
  out: 'pack',
  name: 'Shop',
  licence: 'CC0-1.0',
  text: false,
  soldOut: 'mark',
  seed: 7,
  columns: { categories: 'shelf' },
  url: '/p/{id}',
  attributes: { drop: ['secret'] },
  rules: { pin: ['1'] },
}`

function shop() {
  const folder = tempFolder()
  folder.write('products.csv', 'id,title,shelf,secret\n1,Cap,Hats,x\n2,Belt,,y\n')
  folder.write('stock.csv', 'id,stock\n1,0\n2,3\n')
  folder.write('a.csv', 'user,item\nann,1\n')
  folder.write('b.csv', 'user,item\nann,2\nbo,1\n')
  return { folder, config: folder.write('hearth.config.ts', CONFIG) }
}

async function run(words: readonly string[], stdin = '') {
  const deps = fakeDeps({}, stdin)
  const exitCode = await runHearth(words, deps)
  return { exitCode, out: deps.printed(), err: deps.complaints(), deps }
}

test('a config gives a build all it needs', async () => {
  const { config } = shop()
  const { exitCode, deps } = await run(['build', '--config', config])
  expect(exitCode).toBe(0)
  const { dataset, options } = deps.trained[0]!
  expect(dataset).toMatchObject({ name: 'Shop', columns: [] })
  expect(dataset.items).toEqual([
    { id: '1', title: 'Cap', genres: ['Hats'], url: '/p/1', available: false },
    { id: '2', title: 'Belt', url: '/p/2', available: true },
  ])
  expect(dataset.interactions?.userCount).toBe(2)
  expect([...dataset.interactions!.rows]).toEqual([0, 1, 0])
  expect(options).toMatchObject({ licence: 'CC0-1.0', seed: 7, rules: { pin: ['1'] } })
  expect(options.encoder).toBeUndefined()
})

test('words count before the config, and several interactions may be given', async () => {
  const { folder, config } = shop()
  const out = join(folder.path, 'other')
  const more = folder.write('more.csv', 'id,title,shelf,secret\n9,Scarf,,x\n')
  const words = [
    'build',
    more,
    '--config',
    config,
    '--out',
    out,
    '--name',
    'Mine',
    '--text',
  ]
  const two = ['c.csv', 'd.csv'].flatMap((name) => [
    '--interactions',
    folder.write(name, 'user,item\nann,9\n'),
  ])
  const { exitCode, deps } = await run([...words, ...two])
  expect(exitCode).toBe(0)
  const { dataset, options } = deps.trained[0]!
  expect(dataset.name).toBe('Mine')
  expect(dataset.items.map(({ id }) => id)).toEqual(['9'])
  expect(dataset.interactions?.rows).toHaveLength(2)
  expect(options.encoder?.fingerprint).toBe('fake')
})

test('standard input is a source beside others, and is named so', async () => {
  const { folder } = shop()
  const stock = join(folder.path, 'stock.csv')
  const { exitCode, out } = await run(
    ['inspect', '-', stock, '--sold-out'],
    'id,title\n1,Cap\n',
  )
  expect(exitCode).toBe(0)
  expect(out).toContain('standard input: 1 item\n')
  expect(out).toContain(`${stock}: adds available to 1 of 1 items\n`)
})

test('a config that is not right stops before anything is read', async () => {
  const path = tempFolder().write('c.json', '{ "itens": "a.csv" }')
  const { exitCode, err } = await run(['build', '--config', path])
  expect(exitCode).toBe(1)
  expect(err).toBe(`hearth: ${path}: unknown key itens (did you mean items?).\n`)
})
