import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../build/input/temp-folder.test-data.ts'

/** Starts to write a folder, prints that it has, and never ends. */
const WRITER = `
const { replaceFolder } = await import(process.argv[1])
setInterval(() => {}, 1000)
await replaceFolder(process.argv[2], async (sink) => {
  await sink.write('half.bin', new Uint8Array(9))
  console.log('writing')
  await new Promise(() => {})
})
`

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while writing leaves nothing behind',
  async (signal) => {
    const { path } = tempFolder()
    const out = join(path, 'pack')
    const module = new URL('../build/replace-folder.ts', import.meta.url).href
    const words = ['--import', 'tsx', '--input-type=module', '-e', WRITER, module, out]
    const child = spawn(process.execPath, words)
    await once(child.stdout, 'data')
    expect(readdirSync(path)).toEqual(['pack.lock', `pack.tmp-${child.pid}`])
    child.kill(signal)
    const [exitCode] = await once(child, 'exit')
    expect(exitCode).toBe(signal === 'SIGINT' ? 130 : 143)
    expect(readdirSync(path)).toEqual([])
    expect(existsSync(out)).toBe(false)
  },
)
