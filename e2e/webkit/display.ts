/** An X server of the tests' own for windows that nobody looks at. */
import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

/** @returns its name, as ":7", and what ends it */
export async function openDisplay(): Promise<{ display: string; close(): void }> {
  const args = ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp']
  const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const display = await new Promise<string>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error('Xvfb ended at once')))
    const said = child.stdio[3] as Readable
    said.once('data', (number) => resolve(`:${String(number).trim()}`))
  })
  return { display, close: () => void child.kill('SIGTERM') }
}
