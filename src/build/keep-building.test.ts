import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { HearthError } from '../errors.ts'
import { tempFolder } from './input/temp-folder.test-data.ts'
import { keepBuilding } from './keep-building.ts'

const QUIET_MS = 30

/** A place that is watched, with builds to wait for. */
function watching(sources: readonly string[], build = async () => {}) {
  const lines: string[] = []
  let builds = 0
  let stop = () => {}
  const stopped = new Promise<void>((resolve) => {
    stop = resolve
  })
  let onBuild = () => {}
  const ended = keepBuilding(
    async () => {
      builds++
      onBuild()
      await build()
    },
    { sources, ignored: [], quietMs: QUIET_MS, report: (l) => lines.push(l), stopped },
  )
  return {
    lines,
    builds: () => builds,
    /** Changes something, and waits for the build that follows. */
    after: (change: () => void) =>
      new Promise<void>((resolve) => {
        onBuild = resolve
        change()
      }),
    end: async () => {
      stop()
      await ended
    },
  }
}

test('a burst of changes is one build; another one follows the next', async () => {
  const folder = tempFolder()
  const items = folder.write('items.csv', 'a')
  const watched = watching([items])
  await watched.after(() => {
    for (let n = 0; n < 5; n++) writeFileSync(items, `${n}`)
  })
  expect(watched.builds()).toBe(1)
  await watched.after(() => writeFileSync(items, 'more'))
  expect(watched.builds()).toBe(2)
  await watched.end()
})

test('a file that is replaced by another of its name is followed', async () => {
  const folder = tempFolder()
  const items = folder.write('items.csv', 'a')
  const watched = watching([items])
  for (const text of ['b', 'c']) {
    await watched.after(() => renameSync(folder.write('draft', text), items))
  }
  expect(watched.builds()).toBe(2)
  await watched.end()
})

test('a file deep in a folder counts, what packages and the build write does not', async () => {
  const folder = tempFolder()
  const site = join(folder.path, 'site')
  mkdirSync(join(site, 'posts', 'deep'), { recursive: true })
  mkdirSync(join(site, 'node_modules'))
  const watched = watching([site])
  writeFileSync(join(site, 'node_modules', 'x.js'), '')
  await wait(4 * QUIET_MS)
  expect(watched.builds()).toBe(0)
  await watched.after(() => folder.write('site/posts/deep/new.md', 'text'))
  await watched.end()
})

test('a build that fails is one line, and the next change builds again', async () => {
  const folder = tempFolder()
  const items = folder.write('items.csv', 'a')
  let isBroken = true
  const watched = watching([items], async () => {
    if (isBroken) throw new HearthError('bad-input', 'line 3 is cut off.')
  })
  await watched.after(() => writeFileSync(items, 'b'))
  await wait(QUIET_MS)
  expect(watched.lines).toEqual(['hearth: line 3 is cut off. The pack is as it was.'])
  isBroken = false
  await watched.after(() => writeFileSync(items, 'c'))
  expect(watched.builds()).toBe(2)
  await watched.end()
})

test('what is not there cannot be followed', async () => {
  const gone = join(tempFolder().path, 'gone.csv')
  rmSync(gone, { force: true })
  const watched = watching([gone])
  await expect(watched.end()).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining(`cannot watch ${gone}`),
  })
})
