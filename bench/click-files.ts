/**
 * Which source files does one click run through, from the press to the drawn list? The
 * demo is served unbundled, a card's "like" is pressed, and the browser reports which
 * functions ran meanwhile: on the page, and in the engine's worker.
 *
 *   npx tsx bench/click-files.ts
 */
import { chromium } from '@playwright/test'
import { createServer } from 'vite'
import { findChromium } from '../e2e/browsers.ts'

interface Script {
  readonly url: string
  readonly functions: readonly {
    readonly functionName: string
    readonly ranges: readonly { readonly count: number }[]
  }[]
}

const server = await createServer({ logLevel: 'error', server: { port: 5199 } })
await server.listen()
const executablePath = findChromium()
const browser = await chromium.launch({
  args: ['--no-sandbox'],
  ...(executablePath ? { executablePath } : {}),
})
const page = await browser.newPage()
await page.goto('http://localhost:5199/')
await page.getByRole('button', { name: /^Like/ }).first().waitFor({ timeout: 60_000 })
await page.waitForTimeout(4000)

type Call = (method: string, params?: object) => Promise<unknown>
const cdp = await page.context().newCDPSession(page)
const workers = new Map<string, string>()
cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
  workers.set(targetInfo.url, sessionId)
})
await cdp.send('Target.setAutoAttach', {
  autoAttach: true,
  waitForDebuggerOnStart: false,
  flatten: false,
})
const own = [...workers].find(([url]) => /engine-worker/.test(url))
if (!own) throw new Error('no engine worker to watch')
const answers = new Map<number, (value: unknown) => void>()
cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
  const { id, result } = JSON.parse(message) as { id?: number; result: unknown }
  if (id !== undefined) answers.get(id)?.(result)
})
let lastId = 0
const sides: Record<string, Call> = {
  page: (method, params) => cdp.send(method as 'Profiler.enable', params as never),
  worker: async (method, params = {}) => {
    const id = ++lastId
    const answer = new Promise((resolve) => answers.set(id, resolve))
    const message = JSON.stringify({ id, method, params })
    await cdp.send('Target.sendMessageToTarget', { sessionId: own[1], message })
    return answer
  },
}
for (const call of Object.values(sides)) {
  await call('Profiler.enable')
  await call('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  await call('Profiler.takePreciseCoverage') // what ran until now is not the click's
}
await page.getByRole('button', { name: /^Like/ }).nth(3).dispatchEvent('click')
await page.waitForTimeout(350)
const all = new Set<string>()
for (const [side, call] of Object.entries(sides)) {
  const { result } = (await call('Profiler.takePreciseCoverage')) as {
    result: Script[]
  }
  const files = result
    .filter(
      ({ url, functions }) =>
        /\/src\/[^?]*\.ts/.test(url) &&
        functions.some(({ ranges }) => ranges[0]!.count > 0),
    )
    .map(({ url }) => /\/src\/([^?]*\.ts)/.exec(url)![1]!)
  for (const file of files) all.add(file)
  console.log(`${side}: ${new Set(files).size} files`)
  if (process.argv.includes('--list'))
    console.log([...new Set(files)].sort().join('\n'))
}
console.log(`in all: ${all.size} files`)
await browser.close()
await server.close()
process.exit(0)
