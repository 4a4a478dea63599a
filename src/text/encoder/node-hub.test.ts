import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HearthError } from '../../errors.ts'
import { openChosenEncoder } from './node-encoder.ts'
import { downloadFromHub } from './node-hub.ts'

let cacheFolder: string
beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'hearth-hub-'))
})
afterAll(() => rm(cacheFolder, { recursive: true }))

/** A hub with these files of one model; anything else is `status`. */
function hubOf(files: Readonly<Record<string, string>>, status = 404) {
  const asked: string[] = []
  const fetch: typeof globalThis.fetch = async (input) => {
    const url = String(input)
    asked.push(url)
    const name = Object.keys(files).find(
      (file) => url.endsWith(`/main/${file}`) || url.endsWith(`/v2/${file}`),
    )
    return name ? new Response(files[name]!) : new Response('no', { status })
  }
  return { fetch, asked }
}

const whole = {
  'config.json': '{"hidden_size":8}',
  'tokenizer.json': '{}',
  'tokenizer_config.json': '{}',
  '1_Pooling/config.json': '{"pooling_mode_mean_tokens":true}',
  'onnx/model.onnx': 'fp32',
  'onnx/model_quantized.onnx': 'q8',
}

test('takes the files of a feature extractor, of its models the smallest', async () => {
  const { fetch, asked } = hubOf(whole)
  const folder = await downloadFromHub('org/name', { fetch, cacheFolder })
  expect(await readdir(join(folder, 'onnx'))).toEqual(['model_quantized.onnx'])
  expect(await readFile(join(folder, '1_Pooling/config.json'), 'utf8')).toContain(
    'mean',
  )
  const base = 'https://huggingface.co/org/name/resolve/main/'
  expect(asked.every((url) => url.startsWith(base))).toBe(true)
})

test('asks the hub once, and again only for another revision', async () => {
  const { fetch, asked } = hubOf(whole)
  const first = await downloadFromHub('org/twice', { fetch, cacheFolder })
  const before = asked.length
  expect(await downloadFromHub('org/twice', { fetch, cacheFolder })).toBe(first)
  expect(asked).toHaveLength(before)
  await downloadFromHub('org/twice@v2', { fetch, cacheFolder })
  expect(asked.at(-1)).toContain('/org/twice/resolve/v2/onnx/')
})

test.each([
  ['no such model', {}, 404, 'nor a model of the hub with config.json'],
  [
    'no ONNX file',
    { ...whole, 'onnx/model.onnx': undefined, 'onnx/model_quantized.onnx': undefined },
    404,
    'nor a model of the hub with onnx/model_quantized.onnx',
  ],
  ['a model it keeps to itself', {}, 401, 'got status 401'],
])(
  'a hub with %s is one clear error, and leaves nothing',
  async (name, files, status, message) => {
    const id = `org/${name.replaceAll(' ', '-')}`
    const there = Object.fromEntries(
      Object.entries(files).flatMap(([file, text]) => (text ? [[file, text]] : [])),
    )
    const { fetch } = hubOf(there, status)
    const failure = openChosenEncoder(id, { fetch, cacheFolder })
    await expect(failure).rejects.toMatchObject({ code: 'no-encoder' })
    await expect(failure).rejects.toThrow(message)
    const left = (await readdir(cacheFolder)).filter((each) =>
      each.includes(id.slice(4)),
    )
    expect(left).toEqual([])
  },
)

test('nothing is downloaded for a model that no installed package could read', async () => {
  const { fetch, asked } = hubOf(whole)
  const failure = openChosenEncoder('org/model', { fetch, cacheFolder }, () =>
    Promise.reject(new HearthError('no-encoder', 'Run `npm i`.')),
  )
  await expect(failure).rejects.toThrow('Run `npm i`.')
  expect(asked).toEqual([])
})

test('what is neither a folder nor a hub id asks nobody', async () => {
  const { fetch, asked } = hubOf(whole)
  for (const choice of [
    './nowhere',
    '/no/such/folder',
    'name',
    'a/b/c',
    '../no-such-folder',
  ]) {
    expect(existsSync(choice)).toBe(false)
    const failure = openChosenEncoder(choice, { fetch, cacheFolder })
    await expect(failure).rejects.toThrow('expected the folder of a model or a hub id')
  }
  expect(asked).toEqual([])
})
