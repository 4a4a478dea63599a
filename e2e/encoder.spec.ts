/** The text encoder in a real browser: when it loads, what it answers, how it fails. */
import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { goldenTexts } from '../src/text/encoder/golden-vectors.ts'
import type { ModelManifest } from '../src/text/encoder/model-manifest.ts'
import { fingerprintOf } from '../src/text/encoder/model-manifest.ts'
import { minGoldenCosine } from '../src/text/encoder/self-check.ts'
import { act, askHearth, expect, type Page, shelf, test, titlesIn } from './visit.ts'

const MODEL = 'public/models/hearth-encoder'

async function openSmall(page: Page) {
  await page.goto('/small/')
  await expect(shelf(page, 'Widely chosen')).toBeVisible()
}

test('picks, an item and its neighbours need no file of a model or a runtime', async ({
  page,
  watched,
}) => {
  await page.goto('/')
  await page.locator('hearth-feed[state=ready]').waitFor()
  const feed = await askHearth(page, 'shelves')
  const { id } = feed.shelves[0]!.items[0]!
  await page.goto(`/#/item/${id}`)
  await expect(page.locator('h1:visible').first()).toBeVisible()
  expect((await askHearth(page, 'related', id)).items.length).toBeGreaterThan(0)
  await askHearth(page, 'search', 'a quiet house', { mode: 'keyword' })
  const heavy = watched.asked.filter((url) =>
    /\/(runtime|models)\/|encoder-worker/.test(new URL(url).pathname),
  )
  expect(heavy).toEqual([])
  expect((await askHearth(page, 'state')).encoder.state).toBe('idle')
})

test('half a character, a null byte and a pasted megabyte are answered', async ({
  page,
}) => {
  await page.goto('/')
  await page.locator('hearth-feed[state=ready]').waitFor()
  const box = page.getByRole('combobox')
  for (const { code, times } of [
    { code: 0xd83d, times: 1 },
    { code: 0, times: 1 },
    { code: 0x20, times: 150_000 },
  ]) {
    await box.evaluate(
      (input, [code, times]) => {
        // made here: half a character does not survive the way into the page
        const text = `a story${String.fromCharCode(code)}${' at sea'.repeat(times)}`
        ;(input as HTMLInputElement).value = text
        input.dispatchEvent(new Event('input'))
      },
      [code, times] as const,
    )
    await expect(page.getByText('By keywords and meaning')).toBeVisible()
    await expect(page.getByRole('option').first()).toBeVisible()
    await box.fill('')
  }
})

test('a megabyte asked of the engine itself is answered too', async ({ page }) => {
  await openSmall(page)
  const typed = 'a quiet boat on the water. '.repeat(40_000)
  const { mode, items } = await askHearth(page, 'search', typed, { mode: 'semantic' })
  expect(mode).toBe('semantic')
  expect(items.length).toBeGreaterThan(0)
})

test('all golden texts are read on WASM as the build did; You says so, why there and how fast', async ({
  page,
}) => {
  await page.goto('/')
  await page.locator('hearth-feed[state=ready]').waitFor()
  await page.goto('/#/you')
  const line = page.locator('.device div').filter({ hasText: 'Text reader' })
  await expect(line).toContainText('not needed yet')
  const { lowest, texts } = await askHearth(page, 'checkEncoder')
  expect(texts).toBe(goldenTexts.length)
  expect(lowest).toBeGreaterThanOrEqual(minGoldenCosine)
  const { name } = readModelManifest()
  await expect(line).toContainText('ready, on WebAssembly')
  await expect(line).toContainText(new RegExp(`${name}, \\d+\\.\\d MB`))
  await expect(line).toContainText(/webgpu: .+/)
  const check = `(1|0\\.999\\d?) cosine to the reference, the worst of ${texts} texts`
  await expect(line).toContainText(new RegExp(`self-check: ${check}`))
  await askHearth(page, 'search', 'a slow book about the sea', { mode: 'semantic' })
  await expect(line).toContainText(/[\d.,]+ ms a text on this device/)
  const { violations } = await new AxeBuilder({ page }).include('.device').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
})

test.describe('a host without the kernel', () => {
  test.use({ expectedErrors: /404|Failed to load resource/ })

  test('search goes by keywords and gives the reason, picks continue', async ({
    page,
    context,
  }) => {
    await page.goto('/small/?device=wasm')
    await askHearth(page, 'search', 'a quiet boat on the water', { mode: 'semantic' })
    const { encoder } = await askHearth(page, 'state')
    expect(encoder.tried.join()).toBe('wasm: in use, by own kernel')
    await context.route('**/bert*.wasm', (route) => route.fulfill({ status: 404 }))
    await expectPicksWithoutText(page, /bert.*status 404/)
  })
})

/** What arrives instead of a file of the model. */
type Damage = (bytes: Buffer) => { status?: number; contentType?: string; body: Buffer }

const damages: readonly (readonly [string, Damage])[] = [
  ['missing', () => ({ status: 404, body: Buffer.alloc(0) })],
  ['truncated', (bytes) => ({ body: bytes.subarray(0, bytes.length >> 1) })],
  ['altered by one bit', (bytes) => ({ body: flipped(bytes) })],
  [
    'an HTML page',
    () => ({
      contentType: 'text/html',
      body: Buffer.from('<!doctype html><h1>Hi</h1>'),
    }),
  ],
]

function flipped(bytes: Buffer): Buffer {
  const body = Buffer.from(bytes)
  body[body.length >> 1]! ^= 1
  return body
}

/** The file with the weights, as the manifest names it on the wire. */
function weightsFile(): string {
  const { files } = readModelManifest()
  const weights = files.find(({ name }) => name.endsWith('.onnx'))!
  return weights.file ?? weights.name
}

function readModelManifest(): ModelManifest {
  return JSON.parse(readFileSync(`${MODEL}/hearth.json`, 'utf8')) as ModelManifest
}

test.describe('a model that is not the one built', () => {
  test.use({ expectedErrors: /404|Failed to load resource/ })

  for (const [what, damage] of damages) {
    test(`weights ${what}: search goes by keywords and says why, picks go on`, async ({
      page,
      context,
    }) => {
      await context.route(
        `**/models/hearth-encoder/${weightsFile()}`,
        async (route) => {
          const response = await route.fetch()
          await route.fulfill({ response, ...damage(await response.body()) })
        },
      )
      await expectPicksWithoutText(page, /model|download/)
    })
  }

  test('a model of another fingerprint is refused, and its weights not fetched', async ({
    page,
    context,
    watched,
  }) => {
    await context.route('**/models/hearth-encoder/hearth.json', async (route) => {
      const response = await route.fetch()
      const manifest = (await response.json()) as ModelManifest
      const other = { ...manifest, maxTokens: manifest.maxTokens / 2 }
      const pooling = other.pooling ?? 'mean'
      const fingerprint = fingerprintOf({ ...other, pooling })
      await route.fulfill({ response, json: { ...other, fingerprint } })
    })
    await expectPicksWithoutText(page, /wrong encoder for this catalogue/)
    expect(watched.asked.filter((url) => url.endsWith(weightsFile()))).toEqual([])
  })
})

async function expectPicksWithoutText(page: Page, reason: RegExp) {
  await openSmall(page)
  const { mode, note, items } = await askHearth(page, 'search', 'boat', {
    mode: 'semantic',
  })
  expect(mode).toBe('keyword')
  expect(note).toMatch(reason)
  expect(items.length).toBeGreaterThan(0)
  const { encoder } = await askHearth(page, 'state')
  expect(encoder.state).toBe('failed')
  expect(encoder.tried.join('\n')).toMatch(reason)
  const [title] = await titlesIn(page, 'Widely chosen')
  await act(page, 'Like', title!)
  await expect(shelf(page, 'For you')).toBeVisible()
}
