/** Real Chromium against the built site, served with the strict CSP of the README. */
import { defineConfig } from '@playwright/test'
import { findChromium } from './ensure-chromium.ts'

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

export default defineConfig({
  testDir: '.',
  globalSetup: './global-setup.ts',
  outputDir: '../test-results',
  reporter: [['list']],
  fullyParallel: false,
  workers: 1, // two cores, and each page has three workers of its own
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  use: { baseURL: 'http://127.0.0.1:4180', serviceWorkers: 'block' },
  webServer: {
    command: 'npx tsx e2e/site-server.ts',
    cwd: '..',
    url: 'http://127.0.0.1:4180/',
    reuseExistingServer: false,
  },
  projects: [
    { name: 'chromium', testIgnore: '**/webgpu.spec.ts', use: launch(QUIET) },
    {
      name: 'webgpu',
      testMatch: '**/webgpu.spec.ts',
      timeout: 240_000,
      use: launch([...QUIET, ...SOFTWARE_GPU]),
    },
  ],
})
