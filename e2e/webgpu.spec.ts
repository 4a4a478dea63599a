/** The real WebGPU paths, on Chromium's software adapter and a small catalogue. */
import { goldenTexts } from '../src/text/encoder/golden-vectors.ts'
import { minGoldenCosine } from '../src/text/encoder/self-check.ts'
import { askHearth, askProfile, expect, type Page, test } from './visit.ts'

test.beforeEach(async ({ page }) => {
  await page.goto('/small/')
  const adapter = await page.evaluate(async () => {
    const found = await navigator.gpu?.requestAdapter()
    return found ? { isFallback: found.info.isFallbackAdapter } : undefined
  })
  expect(adapter, 'this Chromium must offer a WebGPU adapter').toBeDefined()
})

/** Likes eight items, waits for the towers to have learned, and reads everything back. */
async function visitOn(page: Page, device: 'webgpu' | 'wasm') {
  await page.goto(`/small/?device=${device}`)
  await askProfile(page, 'erase')
  const items = Array.from({ length: 20 }, (_, i) => `s${i}`)
  const at = Date.UTC(2026, 0, 1)
  const likes = items
    .filter((_, i) => i % 3 === 0 || i === 1)
    .map((item, i) => ({
      ...{ kind: 'like' as const, item, at: at + i },
    }))
  await askHearth(page, 'record', likes)
  await expect
    .poll(async () => (await askHearth(page, 'state')).towers.state, {
      timeout: 120_000,
    })
    .toBe('ready')
  await expect.poll(() => hasLearned(page), { timeout: 60_000 }).toBe(true)
  const state = await askHearth(page, 'state')
  const scores = await Promise.all(
    items.map(async (id) => (await askHearth(page, 'item', id))!.item.components.tower),
  )
  return { state, scores }
}

/** The learned tower is kept as a snapshot once it is in use. */
function hasLearned(page: Page) {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
    const name = names.find((each) => each.includes('small'))
    if (!name) return false
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const open = indexedDB.open(name)
      open.onsuccess = () => resolve(open.result)
      open.onerror = () => reject(open.error)
    })
    const stored = await new Promise<number>((resolve) => {
      const count = db.transaction('snapshots').objectStore('snapshots').count()
      count.onsuccess = () => resolve(count.result)
    })
    db.close()
    return stored > 0
  })
}

test('the towers learn on WebGPU and agree with WASM', async ({ page }) => {
  const gpu = await visitOn(page, 'webgpu')
  expect(gpu.state.towers).toMatchObject({ state: 'ready', backend: 'webgpu' })
  expect(gpu.state.towers.selfCheck).toBeLessThanOrEqual(1e-4)
  const wasm = await visitOn(page, 'wasm')
  expect(wasm.state.towers).toMatchObject({ state: 'ready', backend: 'wasm' })
  expect(gpu.scores.some((score) => score !== 0)).toBe(true)
  for (const [i, score] of gpu.scores.entries()) {
    expect(score).toBeCloseTo(wasm.scores[i]!, 3)
  }
})

/** What a visitor may type; the software adapter takes a second or more over each. */
const TYPED = ['a quiet boat on the water', 'how to grow roses']

/** The ids that each text finds first on a backend, which must be the one in use. */
async function searchOn(page: Page, backend: 'webgpu' | 'wasm') {
  const found: string[][] = []
  for (const text of TYPED) {
    const result = await askHearth(page, 'search', text, {
      count: 10,
      mode: 'semantic',
    })
    expect(result.mode, result.note).toBe('semantic')
    found.push(result.items.map(({ id }) => id))
  }
  const { encoder } = await askHearth(page, 'state')
  expect(encoder, encoder.tried.join('; ')).toMatchObject({ state: 'ready', backend })
  return found
}

test('the encoder on WebGPU reads all golden texts as the build did, and finds the same ten as WASM', async ({
  page,
}) => {
  await page.goto('/small/?device=webgpu')
  const check = await askHearth(page, 'checkEncoder')
  expect(check.texts).toBe(goldenTexts.length)
  expect(check.lowest).toBeGreaterThanOrEqual(minGoldenCosine)
  const onGpu = await searchOn(page, 'webgpu')
  expect(onGpu.map((ids) => ids.length)).toEqual(TYPED.map(() => 10))
  expect(new Set(onGpu.map(String)).size).toBe(TYPED.length) // each its own ten
  await page.goto('/small/?device=wasm')
  expect(await searchOn(page, 'wasm')).toEqual(onGpu)
})

test('a software adapter is not used unless it is asked for, and the state says why', async ({
  page,
}) => {
  const result = await askHearth(page, 'search', 'boat', { mode: 'semantic' })
  expect(result.mode, result.note).toBe('semantic')
  const { encoder } = await askHearth(page, 'state')
  expect(encoder.backend).toBe('wasm')
  expect(encoder.tried[0]).toMatch(/^webgpu: .*software|fallback/i)
})
