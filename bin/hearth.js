#!/usr/bin/env node
import { existsSync } from 'node:fs'

const built = new URL('../dist/node/cli.js', import.meta.url)

if (existsSync(built)) {
  await import(built.href)
} else {
  console.error('hearth: not built yet. Run "npm run build" first.')
  process.exitCode = 1
}
