/** What a browser's page processes use, read from Linux; NaN elsewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Browser } from '@playwright/test'

async function pagePids(browser: Browser): Promise<readonly number[]> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
}

/** Resident memory, nothing collected before. */
export async function residentBytes(browser: Browser): Promise<number> {
  return sumOf(await pagePids(browser), (pid) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(status) ?? []
    return Number(kilobytes) * 1024
  })
}

/** Processor time so far, ms: unlike the wall clock it does not count waiting for a core. */
export async function cpuMs(browser: Browser): Promise<number> {
  return sumOf(await pagePids(browser), (pid) =>
    readdirSync(`/proc/${pid}/task`)
      .map((task) => readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8'))
      .reduce((sum, line) => sum + Number(line.split(' ')[0]) / 1e6, 0),
  )
}

function sumOf(pids: readonly number[], of: (pid: number) => number): number {
  if (!existsSync('/proc/self/schedstat')) return Number.NaN
  return pids.reduce((sum, pid) => sum + of(pid), 0)
}
