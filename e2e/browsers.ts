/**
 * Finds the browsers of the tests, or installs them where `apt-get` may: Chromium, without
 * which there are no tests, Firefox ESR and WebKitGTK, which are named where they cannot be
 * had. `CHROMIUM_PATH` and `FIREFOX_PATH` name others.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

export const DEBIAN_CHROMIUM = '/usr/bin/chromium'
const DEBIAN_FIREFOX = '/usr/bin/firefox-esr'
/** The window of `webkit/`, in Python, and a screen for it. */
const WEBKIT_PACKAGES = ['xvfb', 'python3-gi', 'gir1.2-webkit2-4.1']

const first = (paths: readonly (string | undefined)[]) =>
  paths.find((path) => path && existsSync(path))

/** The executable to launch, or undefined if there is none yet. */
export const findChromium = () =>
  first([process.env.CHROMIUM_PATH, DEBIAN_CHROMIUM, chromium.executablePath()])

/** An unpatched Firefox: Playwright drives it over WebDriver BiDi. */
export const findFirefox = () => first([process.env.FIREFOX_PATH, DEBIAN_FIREFOX])

/** Whether Python can open a window of WebKitGTK, and Xvfb a screen for it. */
export function hasWebKit(): boolean {
  const program = "import gi; gi.require_version('WebKit2', '4.1')"
  return existsSync('/usr/bin/Xvfb') && runs('/usr/bin/python3', ['-c', program])
}

/** One line for each browser that the tests go without, and how to have it. */
export function missingBrowsers(): string[] {
  return [
    ...(findFirefox() ? [] : ['not tried in Firefox: apt-get install firefox-esr']),
    ...(hasWebKit()
      ? []
      : [`not tried in WebKitGTK: apt-get install ${WEBKIT_PACKAGES.join(' ')}`]),
  ]
}

function runs(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** @returns whether it could be installed: there is apt, the right to use it, and a source */
function installDebian(packages: readonly string[]): boolean {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return false
  console.error(`installing Debian’s ${packages.join(', ')} …`)
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages]
  return runs('apt-get', ['update', '-qq']) && runs('apt-get', install)
}

function ensureAll() {
  if (!findChromium() && !installDebian(['chromium'])) {
    console.error('installing Playwright’s chromium …')
    runs('npx', ['playwright', 'install', 'chromium'])
  }
  if (!findFirefox()) installDebian(['firefox-esr'])
  // the tests run in WebKit only when they are asked to
  if (process.env.E2E_BROWSERS === 'all' && !hasWebKit()) installDebian(WEBKIT_PACKAGES)
  const found = findChromium()
  if (!found) {
    console.error('no Chromium: install one and set CHROMIUM_PATH to its executable.')
    process.exit(1)
  }
  const firefox = findFirefox()
  const others = [...(firefox ? [firefox] : []), ...(hasWebKit() ? ['WebKitGTK'] : [])]
  console.error(`browser tests use ${[found, ...others].join(', ')}`)
  for (const line of missingBrowsers()) console.error(line)
}

if (process.argv[1]?.endsWith('browsers.ts')) ensureAll()
