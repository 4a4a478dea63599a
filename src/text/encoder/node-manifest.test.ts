import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goldenTexts } from './golden-vectors.ts'
import { levelFiles, smallSizes } from './level-model.test-data.ts'
import { parseManifest } from './model-manifest.ts'
import { createNodeEncoder, type NodeEncoder, readModelFolder } from './node-encoder.ts'
import { openForeignModel } from './node-foreign.ts'
import { writeWireFolder } from './node-manifest.ts'
import { findLevelTensors } from './node-tensors.ts'
import { lowestCosine } from './self-check.ts'
import { tinyDim, writeTinyModel } from './tiny-model.test-data.ts'

const credits = { name: 'copy', licence: 'Apache-2.0', teacher: 'none' }

let place: string
/** As an exporter leaves a model, and as browsers are given it. */
let plain: string
let wire: string
/** Of the plain folder. */
let encoder: NodeEncoder

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'hearth-encoder-'))
  plain = join(place, 'plain')
  wire = join(place, 'wire')
  await writeTinyModel(plain)
  await writeWireFolder(plain, wire, credits)
  encoder = await createNodeEncoder({ modelFolder: plain, threads: 1 })
})
afterAll(async () => {
  await encoder.dispose()
  await rm(place, { recursive: true })
})

const freshFolder = () => mkdtemp(join(place, 'fresh-'))

test('the tiny model is what it claims to be: the mean of rows, worked by hand', async () => {
  const [x, y, z] = await encoder.encode(['sea']) // [CLS] + sea + [SEP] = (3, 1.5, 0.5)
  const norm = Math.hypot(3, 1.5, 0.5)
  expect(x).toBeCloseTo(3 / norm, 6)
  expect(y).toBeCloseTo(1.5 / norm, 6)
  expect(z).toBeCloseTo(0.5 / norm, 6)
})

describe('a wired model', () => {
  const manifestOf = async (folder: string) =>
    parseManifest(await readFile(join(folder, 'hearth.json'), 'utf8'))

  test('has the fingerprint of the plain files and gives the same vectors', async () => {
    const reopened = await createNodeEncoder({ modelFolder: wire, threads: 1 })
    expect(reopened.fingerprint).toBe(encoder.fingerprint)
    expect(reopened.name).toBe('copy')
    const texts = ['sea', 'a ship on land']
    expect(await reopened.encode(texts)).toEqual(await encoder.encode(texts))
    await reopened.dispose()
  })

  test('holds a golden vector of each of the 32 texts, of 384 numbers in 25 kB at most', async () => {
    const reopened = await createNodeEncoder({ modelFolder: wire, threads: 1 })
    expect(reopened.golden.map(({ text }) => text)).toEqual(goldenTexts)
    expect(await lowestCosine(reopened, reopened.golden)).toBeGreaterThan(0.9999)
    await reopened.dispose()
    const json = await readFile(join(wire, 'hearth.json'))
    const longer = goldenTexts.length * Math.ceil(((384 - tinyDim) * 4) / 3)
    expect(json.length + longer).toBeLessThan(25_000)
  })

  test('lies under names that hold their hashes, and is smaller', async () => {
    const { files } = await manifestOf(wire)
    for (const { file, wireSha256, wireBytes, sizeBytes } of files) {
      expect(file).toMatch(/^[\w-]+\.[0-9a-f]{16}\.bin$/)
      expect(file).toContain(wireSha256.slice(0, 16))
      expect(wireBytes).toBeLessThanOrEqual(sizeBytes)
    }
    const listed = [...files.map(({ file }) => file), 'hearth.json'].sort()
    expect((await readdir(wire)).sort()).toEqual(listed)
  })

  test('is written again with the same bytes, over the last one', async () => {
    const before = await readFile(join(wire, 'hearth.json'), 'utf8')
    await writeWireFolder(plain, wire, credits)
    expect(await readFile(join(wire, 'hearth.json'), 'utf8')).toBe(before)
  })

  test('is written over nothing but a model', async () => {
    for (const to of [place, plain]) {
      const failure = writeWireFolder(plain, to, credits)
      await expect(failure).rejects.toMatchObject({ code: 'bad-input' })
    }
  })
})

test("a model in Hearth's own form runs on the kernel, and its tensors are listed", async () => {
  const folder = await freshFolder()
  await writeTinyModel(folder) // for its tokenizer
  const files = levelFiles(smallSizes, { max_position_embeddings: 10 })
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes)
  const to = join(place, 'levels')
  const { manifest } = await writeWireFolder(folder, to, credits) // no graph to run
  expect(manifest.tensors).toEqual(findLevelTensors(files))
  const own = await createNodeEncoder({ modelFolder: to, threads: 1 })
  expect(await lowestCosine(own, own.golden)).toBeGreaterThan(0.999)
  await own.dispose()
})

describe('a model of someone else', () => {
  test('needs no hearth.json and wires itself', async () => {
    const foreign = await createNodeEncoder({ modelFolder: plain, threads: 1 })
    expect(foreign).toMatchObject({ dim: 3, name: 'plain', golden: [] })
    const { manifest, files } = await foreign.wire()
    expect(manifest.fingerprint).toBe(foreign.fingerprint)
    expect(manifest.golden).toHaveLength(32)
    expect([...files.keys()].sort()).toEqual(
      manifest.files.map(({ file }) => file).sort(),
    )
    await foreign.dispose()
  })

  test('is pooled and cut as its folder states', async () => {
    const folder = await freshFolder()
    await writeTinyModel(folder, {
      '1_Pooling/config.json': '{"pooling_mode_cls_token":true}',
      'sentence_bert_config.json': '{"max_seq_length":5}',
    })
    const other = await createNodeEncoder({ modelFolder: folder, threads: 1 })
    const { manifest } = await other.wire()
    expect(manifest).toMatchObject({ pooling: 'cls', maxTokens: 5 })
    expect(other.fingerprint).not.toBe(encoder.fingerprint)
    const [x, y, z] = await other.encode(['ship']) // its [CLS] is (0, 0, 0.5)
    expect([x, y, z]).toEqual([0, 0, 1])
    await other.dispose()
  })

  test('that is replaced while it is in use is not wired', async () => {
    const folder = await freshFolder()
    await writeTinyModel(folder)
    const before = await createNodeEncoder({ modelFolder: folder, threads: 1 })
    await writeTinyModel(folder, {
      'sentence_bert_config.json': '{"max_seq_length":5}',
    })
    await expect(before.wire()).rejects.toThrow('changed while it was in use')
    await before.dispose()
  })

  const refusals: [string, string, string, string][] = [
    [
      'pooling that is not done here',
      '1_Pooling/config.json',
      '{"pooling_mode_lasttoken":true}',
      'got pooling by pooling_mode_lasttoken',
    ],
    [
      'a layer behind the pooling',
      'modules.json',
      '[{"type":"sentence_transformers.models.Dense"}]',
      'got a module sentence_transformers.models.Dense',
    ],
    ['a broken config', 'config.json', '{', 'got a broken config.json'],
    ['a config without a length', 'config.json', '{}', 'without hidden_size'],
    [
      'weights in a file of their own',
      'onnx/model.onnx_data',
      '',
      'got the fp32 model keeps its weights apart',
    ],
  ]
  test.each(refusals)('is refused with %s', async (_, file, text, message) => {
    const folder = await freshFolder()
    await writeTinyModel(folder, { [file]: text })
    const failure = createNodeEncoder({ modelFolder: folder })
    await expect(failure).rejects.toMatchObject({ code: 'no-encoder' })
    await expect(failure).rejects.toThrow(message)
  })
})

describe('the package that a foreign model needs', () => {
  const loaded = () => readModelFolder(plain)
  const missing = Object.assign(
    new Error("Cannot find package '@xenova/transformers'"),
    {
      code: 'ERR_MODULE_NOT_FOUND',
    },
  )

  test('is asked for in one line where it is not installed', async () => {
    const importRuntime = () => Promise.reject(missing)
    const failure = openForeignModel(await loaded(), { threads: 1, importRuntime })
    await expect(failure).rejects.toMatchObject({ code: 'no-encoder', cause: missing })
    await expect(failure).rejects.toThrow(
      'reading text with plain needs the package @xenova/transformers: got none ' +
        'installed. Run `npm i @xenova/transformers@npm:@huggingface/transformers@4.3.1`.',
    )
  })

  test('that breaks while it is loaded is not taken for missing', async () => {
    const importRuntime = () => Promise.reject(new Error('no native addon'))
    const failure = openForeignModel(await loaded(), { threads: 1, importRuntime })
    await expect(failure).rejects.toThrow('no native addon')
  })

  test('is the release that the message names', async () => {
    const { dependencies, devDependencies } = JSON.parse(
      await readFile(new URL('../../../package.json', import.meta.url), 'utf8'),
    )
    const all = { ...dependencies, ...devDependencies }
    expect(all['@xenova/transformers']).toBe('npm:@huggingface/transformers@4.3.1')
  })
})

describe('createNodeEncoder refuses', () => {
  test('a folder without a model', async () => {
    const failure = createNodeEncoder({ modelFolder: place })
    await expect(failure).rejects.toMatchObject({ code: 'no-encoder' })
    await expect(failure).rejects.toThrow('onnx/model.onnx')
  })

  test.each([
    ['with one bit changed', (bytes: Buffer) => bytes.with(9, bytes[9]! ^ 1)],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['that is a page', () => Buffer.from('<!doctype html><title>404</title>')],
  ])('a model file %s', async (_, damage) => {
    const folder = await freshFolder()
    await writeWireFolder(plain, folder, credits)
    const file = (await readdir(folder)).find((name) => name.startsWith('model'))!
    const bytes = await readFile(join(folder, file))
    await writeFile(join(folder, file), damage(bytes))
    const failure = createNodeEncoder({ modelFolder: folder })
    await expect(failure).rejects.toMatchObject({ code: 'no-encoder' })
    await expect(failure).rejects.toThrow('is damaged or altered')
  })

  test('a file that is whole and hashed but no model', async () => {
    const broken = await freshFolder()
    await writeTinyModel(broken, { 'onnx/model.onnx': 'not a model' })
    const failure = writeWireFolder(broken, join(place, 'broken'), credits)
    await expect(failure).rejects.toMatchObject({ code: 'no-device' })
  })
})
