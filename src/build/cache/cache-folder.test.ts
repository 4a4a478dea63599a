import { existsSync, mkdirSync, readdirSync, utimesSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../input/temp-folder.test-data.ts'
import { cacheFolder, openCache } from './cache-folder.ts'

const bytes = (count: number) => new Uint8Array(count).fill(7)

test('what was written is read, and nothing where all is made anew', async () => {
  const folder = join(tempFolder().path, 'made', 'on', 'writing')
  const cache = openCache({ folder, report: () => {} })
  expect(await cache.read('a')).toBeUndefined()
  await cache.write('a', bytes(5))
  expect(await cache.read('a')).toEqual(bytes(5))
  const anew = openCache({ folder, makesAnew: true, report: () => {} })
  expect(await anew.read('a')).toBeUndefined()
  expect(readdirSync(folder)).toEqual(['a.hearth'])
})

test('the longest unused files go when there are too many bytes, and no file of others', async () => {
  const { path, write } = tempFolder()
  write('notes.txt', 'mine')
  const cache = openCache({ folder: path, maxBytes: 300, report: () => {} })
  await cache.write('a', bytes(100))
  utimesSync(join(path, 'a.hearth'), 1, 1)
  await cache.write('b', bytes(100))
  utimesSync(join(path, 'b.hearth'), 2, 2)
  await cache.read('a') // used: now the newest
  await cache.write('c', bytes(100))
  expect(readdirSync(path).sort()).toEqual(['a.hearth', 'c.hearth', 'notes.txt'])
})

test('a folder that cannot be written costs one line and no build', async () => {
  const lines: string[] = []
  const file = tempFolder().write('file', '')
  const cache = openCache({
    folder: join(file, 'below'),
    report: (line) => lines.push(line),
  })
  await cache.write('a', bytes(1))
  expect(await cache.read('a')).toBeUndefined()
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^nothing is kept for the next build: .*ENOTDIR/)
})

test('the project keeps it in node_modules, else the user does', () => {
  const { path, write } = tempFolder()
  const inside = join(path, 'site', 'pages')
  mkdirSync(inside, { recursive: true })
  const env = { XDG_CACHE_HOME: '/cache' }
  write('site/package.json', '{}')
  expect(cacheFolder(inside, env)).toBe(join('/cache', 'hearth-recommender'))
  mkdirSync(join(path, 'site', 'node_modules'))
  const expected = join(path, 'site', 'node_modules', '.cache', 'hearth-recommender')
  expect(cacheFolder(inside, env)).toBe(expected)
  expect(existsSync(expected)).toBe(false)
  expect(cacheFolder(path, {}).startsWith(homedir())).toBe(true)
})
