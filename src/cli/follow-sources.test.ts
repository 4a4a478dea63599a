import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../build/input/temp-folder.test-data.ts'
import { runHearth } from './command-line.ts'
import { type FakeDeps, fakeDeps } from './fake-deps.test-data.ts'

/** Resolves with each line that matches, however it comes. */
function followed(words: readonly string[]) {
  const lines: string[] = []
  let onLine = (_: string) => {}
  const take = (text: string) => {
    lines.push(text)
    onLine(text)
  }
  let stop = () => {}
  const stopped = new Promise<void>((resolve) => {
    stop = resolve
  })
  const deps: FakeDeps = fakeDeps({
    print: async (text) => take(text),
    stderr: { write: take },
    untilStopped: () => stopped,
  })
  const ended = runHearth(words, deps)
  return {
    lines,
    until: (pattern: RegExp) =>
      new Promise<void>((resolve) => {
        if (lines.some((line) => pattern.test(line))) return resolve()
        onLine = (line) => {
          if (pattern.test(line)) resolve()
        }
      }),
    end: () => {
      stop()
      return ended
    },
  }
}

test('--watch builds again at each change, and a bad one leaves the pack as it was', async () => {
  const folder = tempFolder()
  const items = folder.write('items.csv', 'id,title\na,Sea\n')
  const out = join(folder.path, 'pack')
  const run = followed(['build', items, '--out', out, '--no-text', '--watch'])
  await run.until(/^Following .*items\.csv; Ctrl-C ends it\.\n$/)
  writeFileSync(items, 'id,title\na,Sea\nb,Land\n')
  await run.until(
    /^Built .*pack: items against the pack before: 1 added, 0 removed, 0 changed\n$/,
  )
  const manifest = readFileSync(join(out, 'manifest.json'), 'utf8')
  writeFileSync(items, 'id,title\n')
  await run.until(/^hearth: .* The pack is as it was\.\n$/)
  expect(readFileSync(join(out, 'manifest.json'), 'utf8')).toBe(manifest)
  writeFileSync(items, 'id,title\na,Sea\nb,Island\n')
  await run.until(/0 added, 0 removed, 1 changed\n$/)
  expect(await run.end()).toBe(0)
})
