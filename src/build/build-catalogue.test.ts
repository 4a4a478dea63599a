import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runHearth } from '../cli/command-line.ts'
import type { CliDeps } from '../cli/deps.ts'
import { fakeDeps, fakeSource } from '../cli/fake-deps.test-data.ts'
import { HearthError } from '../errors.ts'
import { readDataset } from './build-catalogue.ts'
import { type TempFolder, tempFolder } from './input/temp-folder.test-data.ts'

const ITEMS = 'id,title,link\na,"War, The",/a\nb,B,javascript:x\n'
const EVENTS = 'user,item,rating\nu,a,5\nu,zzz,1\nv,b,3\n'

async function build(
  folder: TempFolder,
  { words = ['--no-text'], ...changes }: Partial<CliDeps> & { words?: string[] } = {},
) {
  const items = folder.write('items.csv', ITEMS)
  const events = folder.write('events.csv', EVENTS)
  const out = join(folder.path, 'pack')
  const deps = fakeDeps(changes)
  const all = ['build', items, '--interactions', events, '--out', out, ...words]
  const exitCode = await runHearth(all, deps)
  return { exitCode, out, deps }
}

/** File name → bytes as base64. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder).sort()
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(join(folder, name), 'base64')]),
  )
}

const failing = async () => {
  throw new HearthError('internal', 'the trainer broke.')
}

test('tables go in, a pack and a report come out', async () => {
  const { exitCode, out, deps } = await build(tempFolder())
  expect(deps.complaints()).toBe(
    'reading items …\nreading interactions …\n  id ← id, title ← title, url ← link\nwriting …\n',
  )
  expect(exitCode).toBe(0)
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))
  expect(manifest).toMatchObject({ format: 'hearth-pack', name: 'items', items: 2 })
  const report = deps.printed()
  expect(report).toMatch(/^items +2$/m)
  expect(report).toMatch(
    /^components off: cf, sequence, tower, content, popularity, ratings$/m,
  )
  expect(report).toMatch(/^score-time files .* B\/item .*budget of 280/m)
  expect(report).toMatch(/items\.csv: 2 of 2 rows kept/)
  expect(report).toMatch(/1 × unsafe links: left out \(line 3\)/)
  expect(report).toMatch(
    /1 × rows of items that are not in the catalogue: skipped \(line 3\)/,
  )
})

test("a folder's whole name is the catalogue's; a file's is without its endings", async () => {
  const folder = tempFolder()
  const site = join(folder.path, 'ann.github.io')
  mkdirSync(site)
  for (const page of ['one', 'two']) {
    writeFileSync(
      join(site, `${page}.html`),
      `<html><head><title>Page ${page}</title></head><body><main><p>All about ${page}.</p></main></body></html>`,
    )
  }
  const how = { now: 0, onProgress: () => {} }
  const { dataset } = await readDataset({ items: `${site}/` }, how)
  expect(dataset.name).toBe('ann.github.io')
  const table = folder.write('books.v2.csv', ITEMS)
  expect((await readDataset({ items: table }, how)).dataset.name).toBe('books')
})

test('the trainer is given the clean catalogue and the options of the command line', async () => {
  const words = ['--bytes', '96', '--seed=7', '--threads', '0', '--name', 'Films']
  const { deps } = await build(tempFolder(), { words: [...words, '--licence', 'CC0'] })
  const { dataset, options } = deps.trained[0]!
  expect(dataset.name).toBe('Films')
  expect(dataset.items).toEqual([
    { id: 'a', title: 'The War', url: '/a' },
    { id: 'b', title: 'B' },
  ])
  expect(dataset.interactions?.rows).toEqual(Uint32Array.of(0, 1))
  expect(options).toMatchObject({
    bytesPerItem: 96,
    seed: 7,
    threads: 0,
    licence: 'CC0',
  })
  expect(options.encoder?.fingerprint).toBe('fake')
})

test('--no-text leaves the encoder out', async () => {
  const { deps } = await build(tempFolder())
  expect(deps.trained[0]!.options).not.toHaveProperty('encoder')
})

test('the same input gives the same bytes and the same report, but for a line that states it', async () => {
  const folder = tempFolder()
  const first = await build(folder)
  const before = contents(first.out)
  const second = await build(folder)
  expect(contents(second.out)).toEqual(before)
  const same = "  nothing changed: the pack's files keep their bytes and names\n"
  expect(second.deps.printed()).toContain(same)
  expect(second.deps.printed().replace(same, '')).toBe(first.deps.printed())
})

test.each([
  ['the trainer fails', { trainPack: failing }],
  [
    'the writer fails half-way',
    {
      trainPack: async (dataset) => ({
        source: {
          ...fakeSource(dataset),
          get ratings(): never {
            throw new HearthError('internal', 'the trainer broke.')
          },
        },
      }),
    } satisfies Partial<CliDeps>,
  ],
])('when %s the old pack stays and nothing half-written is left', async (_, broken) => {
  const folder = tempFolder()
  const { out } = await build(folder)
  const before = contents(out)
  const { exitCode, deps } = await build(folder, broken)
  expect(exitCode).toBe(1)
  expect(deps.complaints()).toMatch(/\nhearth: the trainer broke\.\n$/)
  expect(contents(out)).toEqual(before)
  expect(readdirSync(folder.path).sort()).toEqual(['events.csv', 'items.csv', 'pack'])
})

test('a first build that fails leaves no folder at all', async () => {
  const { out } = await build(tempFolder(), { trainPack: failing })
  expect(existsSync(out)).toBe(false)
})

test('an encoder that does not load is an error with advice', async () => {
  const { exitCode, deps } = await build(tempFolder(), {
    words: [],
    createEncoder: async () => {
      throw new HearthError('no-encoder', 'no model in /models.')
    },
  })
  expect(exitCode).toBe(1)
  expect(deps.complaints()).toMatch('hearth: no model in /models. Use --no-text')
})

test('the encoder is disposed of even when training fails', async () => {
  let disposed = 0
  await build(tempFolder(), {
    words: [],
    trainPack: failing,
    createEncoder: async () => ({
      dim: 1,
      fingerprint: '',
      encode: async () => new Float32Array(1),
      dispose: async () => void disposed++,
    }),
  })
  expect(disposed).toBe(1)
})

test('a pack has an empty overlay, and a rebuild keeps what its owner wrote there', async () => {
  const folder = tempFolder()
  const { out } = await build(folder)
  const overlay = join(out, 'overlay.json')
  expect(readFileSync(overlay, 'utf8')).toBe('{}\n')
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))
  expect(manifest.overlay).toBe(true)
  writeFileSync(overlay, '{ "hidden": ["b"] }')
  const again = await build(folder)
  expect(again.exitCode).toBe(0)
  expect(readFileSync(overlay, 'utf8')).toBe('{ "hidden": ["b"] }')
})
