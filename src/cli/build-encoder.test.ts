import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../build/input/temp-folder.test-data.ts'
import { trainPack } from '../build/train-pack.ts'
import { modelPlaceOf } from '../engine/worker/protocol.ts'
import { httpReader } from '../pack/read-file.ts'
import { readManifest } from '../pack/read-pack.ts'
import { fetchModel } from '../text/encoder/browser-encoder.ts'
import { openChosenEncoder, openModel } from '../text/encoder/node-encoder.ts'
import { lowestCosine } from '../text/encoder/self-check.ts'
import { writeTinyModel } from '../text/encoder/tiny-model.test-data.ts'
import { runHearth } from './command-line.ts'
import { fakeDeps, fakeEncoder } from './fake-deps.test-data.ts'

const ITEMS = 'id,title\na,Sea\nb,Ship and sea\nc,Land\nd,A ship\n'
const packUrl = 'https://shop.test/pack/'

/** Builds with the encoder at `choice`; the hub is `hub`, or unreachable. */
async function build(choice: (folder: string) => string, hub?: typeof fetch) {
  const folder = tempFolder()
  const items = folder.write('items.csv', ITEMS)
  const model = join(folder.path, 'model')
  await writeTinyModel(model)
  const out = join(folder.path, 'pack')
  const deps = fakeDeps({
    trainPack,
    createEncoder: (chosen) =>
      openChosenEncoder(chosen, {
        fetch: hub ?? (async () => Promise.reject(new TypeError('no network'))),
        cacheFolder: join(folder.path, 'cache'),
      }),
  })
  const words = ['build', items, '--out', out, '--encoder', choice(model)]
  return { exitCode: await runHearth(words, deps), out, deps, model, words }
}

/** A host of one folder. */
const hostOf =
  (folder: string): typeof fetch =>
  async (input) =>
    new Response(readFileSync(join(folder, new URL(String(input)).pathname.slice(6))))

test("a pack brings another's model, and the page reads with the very same", async () => {
  const { exitCode, out, deps } = await build((model) => model)
  expect(deps.complaints()).not.toContain('hearth:')
  expect(exitCode).toBe(0)
  const host = hostOf(out)
  const manifest = await readManifest(httpReader(packUrl, host))
  expect(manifest.encoder).toMatchObject({ name: 'model' })
  expect(manifest.dims).toMatchObject({ encoder: 3, content: 3 })

  const place = modelPlaceOf(manifest, { packUrl, assetsUrl: 'https://shop.test/' })
  expect(place.modelUrl).toBe(packUrl) // nothing comes from another origin
  const { modelUrl: modelBase, ...rest } = place
  const fetched = await fetchModel({ modelBase, ...rest, fetch: host })
  const encoder = await openModel(fetched, 1)
  expect(encoder.fingerprint).toBe(manifest.encoder!.fingerprint)
  expect(await lowestCosine(encoder, encoder.golden)).toBeGreaterThan(0.9999)
  await encoder.dispose()

  expect(deps.printed()).toMatch(/^text encoder model +[\d,]+ +B$/m)
  expect(deps.printed()).toMatch(/^components on: content, attributes$/m)
})

test('a pack that brings its model can be replaced by the next build', async () => {
  const { out, deps, words } = await build((model) => model)
  const before = readdirSync(out).sort()
  expect(await runHearth(words, deps)).toBe(0)
  expect(readdirSync(out).sort()).toEqual(before)
})

test('a hub id is fetched from the hub, and named in the pack', async () => {
  let folder = ''
  const requested: string[] = []
  const hub: typeof fetch = async (input) => {
    const url = String(input)
    requested.push(url)
    const file = url.split('/resolve/main/')[1]!
    try {
      return new Response(readFileSync(join(folder, file)))
    } catch {
      return new Response('no', { status: 404 })
    }
  }
  const { exitCode, out } = await build((model) => {
    folder = model
    return 'org/tiny'
  }, hub)
  expect(exitCode).toBe(0)
  expect(
    requested.every((url) => url.startsWith('https://huggingface.co/org/tiny/')),
  ).toBe(true)
  const manifest = await readManifest(httpReader(packUrl, hostOf(out)))
  expect(manifest.encoder?.name).toBe('org/tiny')
  expect(manifest.encoder?.model).toBeDefined()
})

test.each([
  ['a hub that does not answer', () => 'org/tiny', 'got no network'],
  ['a folder that is not there', () => './nowhere', 'no encoder: got ./nowhere'],
])('%s is one clear error', async (_, choice, message) => {
  const { exitCode, deps } = await build(choice)
  expect(exitCode).toBe(1)
  expect(deps.complaints()).toContain(message)
  expect(deps.complaints()).toContain('Use --no-text to build without it.')
})

test("Hearth's own model is not copied, and the report has its speed", async () => {
  const folder = tempFolder()
  const items = folder.write('items.csv', ITEMS)
  const out = join(folder.path, 'pack')
  let time = 0
  const deps = fakeDeps({
    trainPack: async (dataset, options) => {
      options.onProgress?.('reading texts', 1)
      time += 2_000
      return { source: (await trainPack(dataset)).source }
    },
    clock: () => time,
    createEncoder: async () => ({
      ...fakeEncoder,
      usage: () => ({ texts: 3_000, tokens: 40_000 }),
      wire: () => Promise.reject(new Error('asked for the wire form')),
    }),
  })
  expect(await runHearth(['build', items, '--out', out], deps)).toBe(0)
  expect(readdirSync(out).some((name) => name.startsWith('encoder.'))).toBe(false)
  expect(deps.printed()).toMatch(/^texts a second +1,500$/m)
  expect(deps.printed()).toMatch(/^tokens a second +20,000$/m)
})
