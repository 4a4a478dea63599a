/**
 * A model that is here is not fetched again. In a browser with a profile folder: a private
 * window keeps no file of some megabytes. The server itself tells what it sent.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { type StaticHost, startStaticHost } from '../bench/static-host.ts'
import { CONTENT_SECURITY_POLICY } from '../vite.config.ts'
import { askHearth, test as base, expect, type Page } from './visit.ts'

const test = base.extend<{ host: StaticHost }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  host: async ({}, use) => {
    const host = await startStaticHost({
      mounts: [
        { at: '/small/hearth/', folder: 'dist/site' },
        { at: '/small/', folder: '.cache/e2e/small' },
      ],
      headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY },
      compress: false,
    })
    await use(host)
    host.close()
  },
  baseURL: async ({ host }, use) => use(host.url),
  context: async ({ baseURL, launchOptions }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'hearth-e2e-'))
    const context = await chromium.launchPersistentContext(folder, {
      ...launchOptions,
      ...(baseURL ? { baseURL } : {}),
      serviceWorkers: 'block',
    })
    await use(context)
    await context.close()
    rmSync(folder, { recursive: true, force: true })
  },
})

async function readText(page: Page) {
  await page.goto('/small/?device=wasm')
  const { mode } = await askHearth(page, 'search', 'a quiet boat', { mode: 'semantic' })
  expect(mode).toBe('semantic')
}

/** Bytes of bodies sent for the encoder since the host last forgot. */
const sentBytes = ({ sent }: StaticHost) =>
  sent
    .filter(({ path }) => /\/(models|runtime)\//.test(path))
    .filter(({ path }) => !path.endsWith('/hearth.json')) // asked for anew on purpose
    .reduce((sum, { bytes }) => sum + bytes, 0)

test('a reload and a second tab use the model and the runtime that are here', async ({
  page,
  context,
  host,
}) => {
  await readText(page)
  expect(sentBytes(host)).toBeGreaterThan(1_000_000)
  host.forget()
  await readText(page)
  expect(sentBytes(host)).toBe(0)
  await readText(await context.newPage())
  expect(sentBytes(host)).toBe(0)
})
