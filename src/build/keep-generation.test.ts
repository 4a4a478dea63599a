import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runHearth } from '../cli/command-line.ts'
import { fakeDeps } from '../cli/fake-deps.test-data.ts'
import { type TempFolder, tempFolder } from './input/temp-folder.test-data.ts'
import { keepGeneration, namedBy } from './keep-generation.ts'

async function build(folder: TempFolder, title: string, words: readonly string[] = []) {
  const items = folder.write('items.csv', `id,title\na,${title}\n`)
  const out = join(folder.path, 'pack')
  const deps = fakeDeps()
  const all = ['build', items, '--out', out, '--no-text', ...words]
  expect(await runHearth(all, deps)).toBe(0)
  return { out, named: namedBy(out), names: readdirSync(out), deps }
}

test('what the replaced manifest names is there for one build more, and then gone', async () => {
  const folder = tempFolder()
  const first = await build(folder, 'Sea')
  const second = await build(folder, 'Land')
  expect(second.named).not.toEqual(first.named)
  for (const name of first.named) expect(second.names).toContain(name)
  const third = await build(folder, 'Desert')
  for (const name of second.named) expect(third.names).toContain(name)
  const expected = new Set([
    'manifest.json',
    'overlay.json',
    ...third.named,
    ...second.named,
  ])
  expect(new Set(third.names)).toEqual(expected)
})

test('a build that changes nothing keeps names, bytes, times and the generation before', async () => {
  const folder = tempFolder()
  await build(folder, 'Sea')
  const { out, names } = await build(folder, 'Land')
  const files = () =>
    readdirSync(out).map((name) => {
      const path = join(out, name)
      return { name, time: statSync(path).mtimeMs, bytes: readFileSync(path, 'hex') }
    })
  for (const name of names) utimesSync(join(out, name), 1000, 1000)
  const before = files()
  const { deps } = await build(folder, 'Land')
  expect(files()).toEqual(before)
  expect(deps.printed()).toMatch(
    /^ {2}nothing changed: the pack's files keep their bytes and names$/m,
  )
})

test('what a host compressed of a kept file stays beside it', async () => {
  const folder = tempFolder()
  const { out, named } = await build(folder, 'Sea')
  const [name] = named
  folder.write(`pack/${name}.br`, 'squeezed')
  folder.write('pack/manifest.json.br', 'of the old manifest')
  await build(folder, 'Land')
  expect(readdirSync(out)).toContain(`${name}.br`)
  expect(readdirSync(out)).not.toContain('manifest.json.br')
})

test('--drop-former leaves the new pack alone', async () => {
  const folder = tempFolder()
  await build(folder, 'Sea')
  const { names, named } = await build(folder, 'Land', ['--drop-former'])
  expect(new Set(names)).toEqual(new Set(['manifest.json', 'overlay.json', ...named]))
})

test('the files of the encoder that a pack brings are kept too', () => {
  const folder = tempFolder()
  const [old, draft] = ['old', 'draft'].map((name) => join(folder.path, name))
  mkdirSync(old)
  mkdirSync(draft)
  const [manifest, model] = [
    'encoder.0123456789abcdef.json',
    'model.fedcba9876543210.bin',
  ]
  folder.write('old/manifest.json', JSON.stringify({ encoder: { model: manifest } }))
  folder.write(`old/${manifest}`, JSON.stringify({ files: [{ file: model }] }))
  folder.write(`old/${model}`, 'weights')
  folder.write('old/stray.1111111111111111.bin', 'of a build before')
  folder.write('draft/manifest.json', '{}')
  expect(keepGeneration(old, draft)).toBe(false)
  expect(readdirSync(draft).sort()).toEqual([manifest, 'manifest.json', model])
})
