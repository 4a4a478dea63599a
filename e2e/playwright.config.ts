/**
 * Real browsers against the built site, served with the strict CSP of the README: Chromium,
 * and Firefox and WebKit wherever they are, which run what tells something about a browser.
 */
import { defineConfig, type Project } from '@playwright/test'
import { findChromium, findFirefox, hasWebKit } from './browsers.ts'
import { SITE, SITE_WITHOUT_WORKER } from './site-server-places.ts'

const executablePath = findChromium()

/** Chromium never calls home on its own during a test. */
const QUIET = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** WebGPU in software: the real API, the real shaders, slowly. */
const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']

const launch = (args: string[]) => ({
  launchOptions: { args, ...(executablePath ? { executablePath } : {}) },
})

/**
 * Pages, elements, storage, workers, offline, privacy and accessibility. What the other
 * specs try (recipes, the command, figures, what is learned) is the same code everywhere.
 */
const ABOUT_BROWSERS = [
  'access',
  'bookshop',
  'everywhere',
  'frames',
  'offline',
  'plain',
  'preferences',
  'features',
].map((name) => `**/${name}.spec.ts`)

/** Of these, what every run tries in Firefox; `E2E_BROWSERS=all` runs them all, in WebKit too. */
const IN_EVERY_RUN = ['everywhere', 'frames', 'features'].map(
  (name) => `**/${name}.spec.ts`,
)
const areAllTried = process.env.E2E_BROWSERS === 'all'

const firefox = findFirefox()
const others: Project[] = [
  ...(firefox
    ? [
        {
          name: 'firefox',
          testMatch: areAllTried ? ABOUT_BROWSERS : IN_EVERY_RUN,
          use: {
            browserName: 'firefox' as const,
            channel: 'moz-firefox',
            launchOptions: { executablePath: firefox },
          },
        },
      ]
    : []),
  ...(areAllTried && hasWebKit()
    ? [
        {
          name: 'webkit',
          testMatch: ABOUT_BROWSERS,
          use: { browserName: 'webkit' as const, baseURL: SITE_WITHOUT_WORKER },
        },
      ]
    : []),
]

export default defineConfig({
  testDir: '.',
  globalSetup: './global-setup.ts',
  outputDir: '../test-results',
  reporter: [['list'], ['./reasons-reporter.ts']],
  fullyParallel: false,
  workers: 1, // two cores, and each page has three workers of its own
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  use: { baseURL: SITE, serviceWorkers: 'block' },
  webServer: {
    command: 'npx tsx e2e/site-server.ts',
    cwd: '..',
    url: `${SITE}/`,
    reuseExistingServer: false,
  },
  projects: [
    { name: 'chromium', testIgnore: '**/webgpu.spec.ts', use: launch(QUIET) },
    ...others,
    {
      name: 'webgpu',
      testMatch: '**/webgpu.spec.ts',
      timeout: 240_000,
      use: launch([...QUIET, ...SOFTWARE_GPU]),
    },
  ],
})
