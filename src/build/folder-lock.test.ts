import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isMountPoint, lockFolder, recoverFolder } from './folder-lock.ts'
import { tempFolder } from './input/temp-folder.test-data.ts'
import { checkReplaceable, replaceFolder } from './replace-folder.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function leave(folder: string, file: string) {
  mkdirSync(folder)
  writeFileSync(join(folder, file), file)
}

const lockedBy = (path: string, writer: object) =>
  writeFileSync(`${path}.lock`, JSON.stringify(writer))

/** Of no process: above what Linux gives. */
const DEAD = 2 ** 30

test('what a killed build of the same process number left stops no later build', async () => {
  const { path } = tempFolder()
  const out = join(path, 'pack')
  leave(`${out}.tmp-${process.pid}`, 'half.bin')
  leave(`${out}.old-7`, 'old.bin')
  leave(out, 'whole.bin')
  lockedBy(out, { process: process.pid, host: hostname() })
  await replaceFolder(out, (sink) => sink.write('new.bin', bytes('new')))
  expect(readdirSync(path)).toEqual(['pack'])
  expect(readdirSync(out)).toEqual(['new.bin'])
})

test('a build killed between its two renames gets its old folder back', () => {
  const { path } = tempFolder()
  const out = join(path, 'pack')
  leave(`${out}.old-1`, 'old.bin')
  leave(`${out}.tmp-1`, 'new.bin')
  lockedBy(out, { process: DEAD, host: hostname() })
  recoverFolder(out)
  expect(readFileSync(join(out, 'old.bin'), 'utf8')).toBe('old.bin')
})

test('a folder beside with a name alike is not swept', () => {
  const { path } = tempFolder()
  const out = join(path, 'pack')
  for (const name of ['pack.tmp-a', 'pack.old', 'packs.tmp-1'])
    mkdirSync(join(path, name))
  lockFolder(out)()
  expect(readdirSync(path)).toEqual(['pack.old', 'pack.tmp-a', 'packs.tmp-1'])
})

test('two at once: the second refuses with who writes, before its work and at its start', async () => {
  const { path } = tempFolder()
  const out = join(path, 'pack')
  await replaceFolder(out, async (sink) => {
    await sink.write('a.bin', bytes('a'))
    const who = `process ${process.pid} on ${hostname()} writes there now`
    expect(() => checkReplaceable(out, { keep: [] })).toThrow(who)
    await expect(replaceFolder(out, async () => {})).rejects.toThrow(who)
  })
  expect(readdirSync(out)).toEqual(['a.bin'])
})

test('a lock of another machine holds while it is touched, and not after', () => {
  const { path } = tempFolder()
  const out = join(path, 'pack')
  lockedBy(out, { process: 1, host: 'other' })
  expect(() => lockFolder(out)).toThrow('process 1 on other writes there now')
  const before = new Date(Date.now() - 200_000)
  utimesSync(`${out}.lock`, before, before)
  lockFolder(out)()
  expect(existsSync(`${out}.lock`)).toBe(false)
})

test('a mount point is known, and a plain folder is none', () => {
  expect(isMountPoint('/')).toBe(true)
  expect(isMountPoint(tempFolder().path)).toBe(false)
  expect(isMountPoint(join(tempFolder().path, 'no'))).toBe(false)
})
