/**
 * Finds a Chromium for the browser tests, or installs one: `CHROMIUM_PATH`, Debian's,
 * Playwright's own, then `apt-get install chromium` where that is allowed, then
 * Playwright's download.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

export const DEBIAN_CHROMIUM = '/usr/bin/chromium'

/** The executable to launch, or undefined if there is none yet. */
export function findChromium(): string | undefined {
  const candidates = [
    process.env.CHROMIUM_PATH,
    DEBIAN_CHROMIUM,
    chromium.executablePath(),
  ]
  return candidates.find((path) => path && existsSync(path))
}

function run(command: string, args: string[]) {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
}

function install() {
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.error('installing Debian’s chromium …')
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  } else {
    console.error('installing Playwright’s chromium …')
    run('npx', ['playwright', 'install', 'chromium'])
  }
}

if (process.argv[1]?.endsWith('ensure-chromium.ts')) {
  if (!findChromium()) install()
  const found = findChromium()
  if (!found) {
    console.error('no Chromium: install one and set CHROMIUM_PATH to its executable.')
    process.exit(1)
  }
  console.error(`browser tests use ${found}`)
}
