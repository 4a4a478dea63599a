import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runHearth } from '../../cli/command-line.ts'
import { fakeDeps } from '../../cli/fake-deps.test-data.ts'
import { type TempFolder, tempFolder } from '../input/temp-folder.test-data.ts'
import { previewFacts } from './preview-facts.ts'
import { servePreview } from './preview-server.ts'
import { runPreview } from './run-preview.ts'

const HOSTILE = '<img src=x onerror=alert(1)>'

async function packIn(folder: TempFolder) {
  const items = folder.write('items.csv', `id,title,genre\na,${HOSTILE},Sea\nb,B,Sea\n`)
  const pack = join(folder.path, 'pack')
  const words = ['build', items, '--out', pack, '--no-text']
  expect(await runHearth(words, fakeDeps())).toBe(0)
  return { items, pack }
}

/** Folders as the package has them, with a file each. */
function pageFolders(folder: TempFolder) {
  folder.write('index.html', '<!doctype html>the page')
  folder.write('secret.txt', 'not to be read')
  return { page: folder.path, scripts: folder.path, model: folder.path }
}

async function serve(showsPictures = false) {
  const folder = tempFolder()
  const { pack } = await packIn(folder)
  const facts = await previewFacts(pack)
  const server = await servePreview({
    folders: { ...pageFolders(tempFolder()), pack },
    ...{ port: 45_100, showsPictures, facts: () => facts },
  })
  onTestFinished(() => server.close())
  return server
}

/** As it is written: `fetch` would tidy the path. */
function ask(
  url: string,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const asked = request({ hostname, port, path, headers, method }, (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

test('the page, the pack and the facts are served under a strict policy', async () => {
  const { url } = await serve()
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  const page = await fetch(url)
  expect(await page.text()).toContain('the page')
  const policy = page.headers.get('content-security-policy')
  expect(policy).toContain("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'")
  expect(policy).not.toContain('img-src')
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  expect((await (await fetch(`${url}pack/manifest.json`)).json()).items).toBe(2)
  const facts = await fetch(`${url}facts.json`)
  expect(facts.headers.get('content-type')).toBe('application/json')
  expect(await facts.json()).toMatchObject({
    name: 'items',
    components: { on: ['attributes', 'popularity'] },
  })
})

test('pictures of other hosts are loaded where they are asked for', async () => {
  const { url } = await serve(true)
  const policy = (await fetch(url)).headers.get('content-security-policy')
  expect(policy).toContain("img-src 'self' data: http: https:")
})

test('nothing outside its folders, no other host and no other method is answered', async () => {
  const { url } = await serve()
  for (const path of [
    '/pack/../secret.txt',
    '/pack/%2e%2e/secret.txt',
    '/pack/..%2fsecret.txt',
    '/../../etc/passwd',
    '//etc/passwd',
    '/%00',
    '/pack/%',
  ]) {
    const { body } = await ask(url, path)
    expect(body).not.toMatch(/not to be read|root:/)
  }
  expect((await ask(url, '/', { host: 'evil.test' })).status).toBe(403)
  expect((await ask(url, '/', {}, 'POST')).status).toBe(405)
  expect((await ask(url, '/nothing')).status).toBe(404)
})

test('an open page learns that there is another build', async () => {
  const server = await serve()
  const { body } = await fetch(`${server.url}changes`)
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toBe(':\n\n')
  server.reload()
  expect((await reader?.read())?.value).toBe('event: changed\ndata: 1\n\n')
})

test('a port that is taken is passed over, and none that is free is one clear line', async () => {
  const taken = createServer()
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
  onTestFinished(() => void taken.close())
  const { port } = taken.address() as AddressInfo
  const folder = tempFolder()
  const { pack } = await packIn(folder)
  const folders = { ...pageFolders(tempFolder()), pack }
  const facts = await previewFacts(pack)
  const server = await servePreview({ folders, port, facts: () => facts })
  onTestFinished(() => server.close())
  expect(Number(new URL(server.url).port)).toBeGreaterThan(port)
  const none = servePreview({ folders, port: 65_536, facts: () => facts })
  await expect(none).rejects.toMatchObject({
    code: 'bad-argument',
    message: expect.stringContaining('no free port: got 65536 to 65535'),
  })
})

test('a preview builds, prints where it is, and leaves nothing', async () => {
  const folder = tempFolder()
  const { items } = await packIn(folder)
  const deps = fakeDeps()
  let stop = () => {}
  const stopped = new Promise<void>((resolve) => {
    stop = resolve
  })
  let asked = ''
  const print = async (text: string) => {
    const [url] = text.match(/http:\S+/) ?? ['']
    asked = await (await fetch(`${url}facts.json`)).text()
    stop()
  }
  const folders = pageFolders(tempFolder())
  await runPreview(
    {
      source: { build: { items, force: false, training: {} } },
      ...{ port: 45_200, showsPictures: false, isWatching: false, folders },
    },
    { ...deps, print, stopped },
  )
  const facts = JSON.parse(asked)
  expect(facts.read).toContain('id ← id, title ← title, categories ← genre')
  expect(facts.visitors).toEqual([{ likes: 'what comes first', items: ['a', 'b'] }])
})

test.each([
  [['serve'], 'missing <items>: give a source of items'],
  [['serve', 'x.csv', '--port', 'many'], 'bad --port: got many'],
  [['serve', 'x.csv', '--out', 'y'], 'unknown option: got --out'],
])('%j is one clear line', async (words, message) => {
  const deps = fakeDeps()
  expect(await runHearth(words, deps)).toBe(1)
  expect(deps.complaints()).toContain(`hearth: ${message}`)
})

test('a folder whose manifest is no pack is one clear line', async () => {
  const folder = tempFolder()
  folder.write('manifest.json', '{}')
  await expect(previewFacts(folder.path)).rejects.toMatchObject({
    code: 'bad-pack',
    message: expect.stringContaining(`no pack in ${folder.path}`),
  })
})
