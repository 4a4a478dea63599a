/**
 * What an owner gets: the package packed, installed into an empty folder, and used in each
 * of its ways. Nothing of this repository is within reach of what is tested.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sirv from 'sirv'
import type { Hearth } from '../src/engine/hearth.ts'
import { CONTENT_SECURITY_POLICY } from '../vite.config.ts'
import { act, expect, pageless, shelf, test, titlesIn } from './visit.ts'

const PORT = 4181
const FIXTURES = resolve('e2e/package-fixtures')
const VITE = resolve('node_modules/vite/bin/vite.js')
const TSC = resolve('node_modules/typescript/bin/tsc')
/** What the site owner has: made by `global-setup.ts`. */
const OWNERS = resolve('.cache/e2e')

let folder: string
let server: Server

test.use({ baseURL: `http://127.0.0.1:${PORT}` })
test.describe.configure({ mode: 'serial' })

function run(
  command: string,
  words: readonly string[],
  options: { input?: string } = {},
) {
  return execFileSync(command, [...words], {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
    ...options,
  })
}

const hearth = (...words: string[]) => run('npx', ['hearth-recommender', ...words])

test.beforeAll(async () => {
  test.setTimeout(240_000)
  folder = mkdtempSync(join(tmpdir(), 'hearth-package-'))
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
  const tarball = execFileSync('npm', pack, { encoding: 'utf8' }).trim()
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }\n')
  run('npm', ['i', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`])
  cpSync(FIXTURES, join(folder, 'src'), { recursive: true })
  mkdirSync(join(folder, 'public'))
  cpSync('public/favicon.svg', join(folder, 'public/favicon.svg'))
  cpSync(join(FIXTURES, 'plain/index.html'), join(folder, 'public/index.html'))
  const files = sirv(join(folder, 'public'), { dev: true, etag: true })
  server = createServer((request, response) => {
    response.setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY)
    request.url = request.url!.replace(/^\/shop\//, '/')
    files(request, response, () => void response.writeHead(404).end('not found'))
  })
  await new Promise<void>((done) => server.listen(PORT, '127.0.0.1', done))
})

test.afterAll(() => {
  server?.close()
  rmSync(folder, { recursive: true, force: true })
})

pageless.describe('without a page', () => {
  pageless('the command makes a pack and a copy', () => {
    pageless.setTimeout(180_000)
    const interactions = ['--interactions', join(OWNERS, 'interactions.csv')]
    const items = join(OWNERS, 'items.csv')
    const built = hearth('build', items, ...interactions, '--out', 'public/pack')
    expect(built).toContain('60 of 60 rows kept')
    const copied = hearth('copy', 'public/hearth')
    expect(copied).toContain('src="/hearth/hearth.js"')
    hearth('copy', 'public/hearth') // its own copy may be replaced
    writeFileSync(join(folder, 'public/hearth/mine.txt'), 'mine')
    expect(() => hearth('copy', 'public/hearth')).toThrow('mine.txt')
    rmSync(join(folder, 'public/hearth/mine.txt'))
    expect(() => hearth('copy', 'public')).toThrow('neither empty nor a Hearth copy')
  })

  pageless('a config in TypeScript is all that a build needs', () => {
    const config = [
      "import { defineConfig, type HearthConfig } from 'hearth-recommender/config'",
      `const items: HearthConfig['items'] = ${JSON.stringify(join(OWNERS, 'items.csv'))}`,
      "export default defineConfig({ items, out: 'configured', text: false })",
    ]
    writeFileSync(join(folder, 'hearth.config.ts'), config.join('\n'))
    try {
      expect(hearth('build')).toContain('60 of 60 rows kept')
      expect(hearth('inspect', '--json')).toContain('"count": 60')
    } finally {
      rmSync(join(folder, 'hearth.config.ts'))
    }
  })

  pageless('texts become vectors', () => {
    const words = ['hearth-recommender', 'encode']
    const lines = run('npx', words, { input: 'a ship\na garden\n' }).trim().split('\n')
    const vectors = lines.map((line) => JSON.parse(line) as number[])
    expect(vectors).toHaveLength(2)
    for (const vector of vectors) {
      const square = vector.reduce((sum, value) => sum + value * value, 0)
      expect(square).toBeCloseTo(1, 3)
    }
  })

  pageless('a Node script recommends from the folder of a pack', () => {
    const printed = run('node', ['src/recommend.mjs', 'public/pack', 's1'])
    const { before, after } = JSON.parse(printed) as Record<string, string[]>
    expect(before).toHaveLength(5)
    expect(after).toHaveLength(5)
    expect(after).not.toEqual(before)
  })

  for (const module of ['bundler', 'node16']) {
    pageless(`its types hold with moduleResolution ${module}`, () => {
      const how = module === 'node16' ? ['node16', 'node16'] : ['esnext', 'bundler']
      const flags = ['--module', how[0]!, '--moduleResolution', how[1]!]
      const strict = ['--strict', '--noEmit', '--skipLibCheck', 'false']
      const lib = ['--target', 'es2022', '--lib', 'es2024,dom,dom.iterable,esnext']
      run('node', [
        TSC,
        ...flags,
        ...strict,
        ...lib,
        '--types',
        '',
        'src/typed-owner.ts',
      ])
    })
  }
})

test('a hand-written page stands on the copied folder alone', async ({
  page,
  watched,
}) => {
  await page.goto('/shop/')
  await expect(shelf(page, 'Widely chosen')).toBeVisible()
  const [title] = await titlesIn(page, 'Widely chosen')
  await act(page, 'Like', title!)
  await expect(shelf(page, 'For you')).toBeVisible()
  const outside = watched.asked
    .map((url) => new URL(url).pathname)
    .filter((path) => !/^\/shop\/($|favicon.svg|hearth\/|pack\/)/.test(path))
  expect(outside).toEqual([])
})

test('the copied folder finds by meaning, on the kernel alone', async ({ page }) => {
  await page.goto('/shop/')
  await expect(shelf(page, 'Widely chosen')).toBeVisible()
  const { found, state } = await page.locator('hearth-feed').evaluate(async (feed) => {
    const { hearth } = feed as unknown as { hearth: Hearth }
    const found = await hearth.search('a vessel on the ocean', { count: 5 })
    return { found, state: await hearth.state() }
  })
  expect(found.mode).toBe('semantic')
  expect(found.items[0]!.genres).toContain('sea stories')
  expect(state.encoder).toMatchObject({ state: 'ready', backend: 'wasm' })
  expect(state.encoder.tried.join()).toContain('webgpu: no runtime is served here')
})

test('the copied folder learns on WASM', async ({ page }) => {
  await page.goto('/shop/')
  await expect(shelf(page, 'Widely chosen')).toBeVisible()
  const towers = () =>
    page.locator('hearth-feed').evaluate(async (feed) => {
      const { hearth } = feed as unknown as { hearth: Hearth }
      return (await hearth.state()).towers
    })
  await page.locator('hearth-feed').evaluate(async (feed) => {
    const { hearth } = feed as unknown as { hearth: Hearth }
    const { items } = await hearth.recommend({ count: 8 })
    await hearth.record(items.map(({ id }) => ({ kind: 'like', item: id })))
  })
  await expect.poll(towers).toMatchObject({ state: 'ready', backend: 'wasm' })
})

function buildPage(name: string) {
  const out = join(folder, 'public', name)
  const flags = ['--base', './', '--outDir', out, '--logLevel', 'warn']
  run('node', [VITE, 'build', `src/${name}`, ...flags])
}

test('a page of Vite on the library records a click and shows another list', async ({
  page,
}) => {
  buildPage('library')
  await page.goto('/shop/library/')
  const entries = page.locator('li button')
  await expect(entries).toHaveCount(8)
  const before = await entries.allInnerTexts()
  await entries.nth(2).click()
  await expect(page.locator('output')).toHaveText('1 events')
  expect(await entries.allInnerTexts()).not.toEqual(before)
})

test('a page of Vite shows the elements', async ({ page }) => {
  buildPage('elements')
  await page.goto('/shop/elements/')
  await expect(shelf(page, 'Widely chosen')).toBeVisible()
  const [title] = await titlesIn(page, 'Widely chosen')
  await act(page, 'Like', title!)
  await expect(shelf(page, 'For you')).toBeVisible()
})
