import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tempFolder } from '../build/input/temp-folder.test-data.ts'
import { trainPack } from '../build/train-pack.ts'
import { readColumn } from '../pack/column-file.ts'
import { readManifest } from '../pack/read-pack.ts'
import { runHearth } from './command-line.ts'
import { fakeDeps } from './fake-deps.test-data.ts'

const SHOP = [
  'Handle,Title,Tags,Type,Status,Variant SKU,Variant Price,Image Src',
  'blue-shirt,Blue Shirt,"men, summer",Shirt,active,BS-S,19.99,https://shop.example/a.jpg',
  'blue-shirt,,,,,BS-M,19.99,',
  'old-hat,Old Hat,men,Hat,draft,OH,9.99,',
  ...[1, 2, 3].map((n) => `hat-${n},Hat ${n},men,Hat,active,H${n},${n},`),
].join('\n')

async function run(words: readonly string[], content: string, name = 'items.csv') {
  const path = tempFolder().write(name, content)
  const deps = fakeDeps()
  const [command = '', ...options] = words
  const exitCode = await runHearth([command, path, ...options], deps)
  return { exitCode, out: deps.printed(), err: deps.complaints() }
}

test('inspect prints what each column is taken for, and three items as they will be', async () => {
  const { exitCode, out, err } = await run(['inspect'], SHOP)
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
  expect(out.split('\n')[0]).toBe(
    'id ← Handle, title ← Title, categories ← Tags + Type, image ← Image Src, ' +
      'price ← Variant Price, status ← Status, url ← /products/{Handle}; ' +
      'kept as attributes: Variant SKU (text)',
  )
  expect(out).toContain(
    [
      'Blue Shirt',
      '  id           blue-shirt',
      '  url          /products/blue-shirt',
      '  image        https://shop.example/a.jpg',
      '  price        19.99',
      '  categories   men, summer, Shirt',
    ].join('\n'),
  )
  expect(out).toContain('Hat 2\n')
  expect(out).not.toContain('Hat 3')
  expect(out).toContain('1 draft left out; 1 row merged into its product')
})

test('inspect --json gives the same to a program, with all items where asked', async () => {
  const three = await run(['inspect', '--json'], SHOP)
  expect(JSON.parse(three.out)).toMatchObject({
    columns: { id: 'Handle', categories: ['Tags', 'Type'], price: 'Variant Price' },
    unused: [],
    attributes: [{ name: 'Variant SKU', type: 'text' }],
    count: 4,
    leftOut: { drafts: 1, merged: 1 },
    items: [
      {
        id: 'blue-shirt',
        title: 'Blue Shirt',
        categories: ['men', 'summer', 'Shirt'],
        image: 'https://shop.example/a.jpg',
        url: '/products/blue-shirt',
        price: 19.99,
        attributes: { 'Variant SKU': 'BS-S' },
      },
      { id: 'hat-1' },
      { id: 'hat-2' },
    ],
  })
  const all = await run(['inspect', '--json', '--all'], SHOP)
  expect(JSON.parse(all.out).items).toHaveLength(4)
})

test('inspect takes the options that correct it, and names those that are wrong', async () => {
  const rows = 'nr,what,shelf\n7,Lamp,Light\n'
  const named = await run(
    ['inspect', '--json', '--id', 'nr', '--title', 'what', '--categories', 'shelf'],
    rows,
  )
  expect(JSON.parse(named.out).items).toEqual([
    { id: '7', title: 'Lamp', categories: ['Light'] },
  ])
  const wrong = await run(['inspect', '--title', 'no'], rows)
  expect(wrong).toMatchObject({ exitCode: 1, out: '' })
  expect(wrong.err).toContain('no column "no" (--title)')
})

test('inspect shows what it would do with the interactions', async () => {
  const folder = tempFolder()
  const items = folder.write('items.csv', 'id,title\n1,A\n2,B\n')
  const events = folder.write('events.csv', 'user,item\n7,1\n7,3\n')
  const deps = fakeDeps()
  await runHearth(['inspect', items, '--interactions', events, '--json'], deps)
  expect(JSON.parse(deps.printed()).interactions).toMatchObject({
    columns: { user: 'user', item: 'item' },
    understood: ['user ← user, item ← item'],
    rowsRead: 2,
    rowsKept: 1,
  })
})

test('a build begins with the same lines', async () => {
  const out = `${tempFolder().path}/pack`
  const { exitCode, err } = await run(
    ['build', '--out', out, '--no-text'],
    'id,title,colour\nblue-shirt,Blue Shirt,blue\n',
  )
  expect(exitCode).toBe(0)
  expect(err).toContain(
    '  id ← id, title ← title; kept as attributes: colour (category, 1 value)\n' +
      '  no item has an address, so cards lead nowhere: give --url COLUMN or a ' +
      'template, --url "/products/{id}"\n',
  )
})

test('columns that are private are kept only where they are named, again and again', async () => {
  const rows = [
    'id,title,colour,Cost per item,email,note',
    '1,A,red,3,a@x.example,x',
    '2,B,blue,4,b@x.example,y',
  ].join('\n')
  const without = await run(['inspect', '--json'], rows)
  expect(JSON.parse(without.out)).toMatchObject({
    unused: ['Cost per item', 'email'],
    attributes: [
      { name: 'colour', type: 'category', values: 2 },
      { name: 'note', type: 'category', values: 2 },
    ],
  })
  const text = await run(['inspect'], rows)
  expect(text.out).toContain(
    'left out: Cost per item (looks private), email (looks private)',
  )
  const words = ['--keep', 'cost-per-item', '--keep=email', '--drop', 'colour,note']
  const named = await run(['inspect', '--json', ...words], rows)
  expect(JSON.parse(named.out)).toMatchObject({
    unused: ['colour', 'note'],
    attributes: [
      { name: 'Cost per item', type: 'number' },
      { name: 'email', type: 'category' },
    ],
    items: [{ attributes: { 'Cost per item': 3, email: 'a@x.example' } }, {}],
  })
})

test('a column to keep or drop that is not there is an error that names those that are', async () => {
  const { exitCode, err } = await run(['inspect', '--drop', 'x'], 'id,title\n1,A\n')
  expect(exitCode).toBe(1)
  expect(err).toContain('no column "x" (--drop)')
  const both = ['inspect', '--drop', 'note', '--keep', 'note']
  const twice = await run(both, 'id,title,note\n1,A,x\n')
  expect(twice.err).toContain('column "note" is to be kept and dropped')
})

test('a build writes the columns, and what each costs', async () => {
  const out = `${tempFolder().path}/pack`
  const folder = tempFolder()
  const path = folder.write('a.csv', 'id,title,colour\n1,A,red\n2,B,blue\n')
  const deps = fakeDeps({ trainPack })
  await runHearth(['build', path, '--out', out, '--no-text'], deps)
  expect(deps.printed()).toMatch(/ {2}colour \(category\) +\d+ +[\d.]+ B\/item/)
  const read = async (name: string) => new Uint8Array(readFileSync(`${out}/${name}`))
  const manifest = await readManifest(read)
  expect(await readColumn(manifest, 'colour', read)).toEqual({
    name: 'colour',
    type: 'category',
    values: ['red', 'blue'],
  })
})

test('a build makes addresses from a template', async () => {
  const { out } = await run(
    ['inspect', '--json', '--url', '/products/{id}'],
    'id,title\nblue-shirt,Blue Shirt\n',
  )
  expect(JSON.parse(out)).toMatchObject({
    columns: { url: '/products/{id}' },
    notes: [],
    items: [{ url: '/products/blue-shirt' }],
  })
})
