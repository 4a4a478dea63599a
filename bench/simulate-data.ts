/**
 * People held out of a data set, and a pack built without them:
 *
 *   ../shared/data/kuairec    700 people who were shown nearly everything; the pack is built
 *                             from what others chose
 *   ../shared/data/cf/ml-1m   600 of 6,040 people held out, everything they chose is liked
 *
 * Kept in .cache/simulate/<name>; delete that folder to build anew.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { createRandom } from '../src/math/random.ts'

const HELD_OUT = 600
const SEED = 2026

export interface SimulationData {
  readonly pack: string
  readonly visitors: string
}

/** @throws Error for a folder that is neither */
export function prepareData(folder: string): SimulationData {
  const place = join('.cache', 'simulate', basename(folder))
  const data = { pack: join(place, 'pack'), visitors: join(place, 'visitors.json') }
  if (existsSync(data.pack) && existsSync(data.visitors)) return data
  mkdirSync(place, { recursive: true })
  const people = existsSync(join(folder, 'observed.txt.gz'))
    ? copyObserved(folder, place)
    : holdOut(folder, place)
  writeFileSync(data.visitors, JSON.stringify(people))
  const { status } = spawnSync(
    process.execPath,
    [
      ...['bin/hearth.js', 'build', join(place, 'items.csv'), '--no-text'],
      ...['--interactions', join(place, 'interactions.csv'), '--out', data.pack],
    ],
    { stdio: 'inherit' },
  )
  if (status !== 0) throw new Error('the pack was not built: run `npm run build` first')
  return data
}

const linesOf = (file: string) =>
  gunzipSync(readFileSync(file)).toString().split('\n').filter(Boolean)

/** What is there as it is: the people of `observed` are not in the interactions. */
function copyObserved(folder: string, place: string): string[][] {
  for (const name of ['items.csv', 'interactions.csv']) {
    writeFileSync(
      join(place, name),
      gunzipSync(readFileSync(join(folder, `${name}.gz`))),
    )
  }
  return linesOf(join(folder, 'observed.txt.gz')).map((line) => line.split(/\s+/))
}

/** All three splits of a `user item item …` set together, then people held out. */
function holdOut(folder: string, place: string): string[][] {
  const likes = new Map<string, Set<string>>()
  for (const split of ['train', 'valid', 'test']) {
    const file = join(folder, `${split}.txt.gz`)
    if (!existsSync(file)) continue
    for (const line of linesOf(file)) {
      const [user = '', ...items] = line.split(' ')
      likes.set(user, new Set([...(likes.get(user) ?? []), ...items]))
    }
  }
  if (likes.size <= HELD_OUT) throw new Error(`too few people in ${folder}`)
  const users = createRandom(SEED).shuffleInto([...likes.keys()])
  const items = [...new Set([...likes.values()].flatMap((each) => [...each]))].sort(
    (a, b) => Number(a) - Number(b),
  )
  writeTable(join(place, 'items.csv'), [
    'id,title',
    ...items.map((i) => `${i},Film ${i}`),
  ])
  const pairs = users
    .slice(HELD_OUT)
    .flatMap((user) => [...likes.get(user)!].map((item) => `${user},${item}`))
  writeTable(join(place, 'interactions.csv'), ['user,item', ...pairs])
  return users.slice(0, HELD_OUT).map((user) => [...likes.get(user)!])
}

const writeTable = (file: string, lines: readonly string[]) =>
  writeFileSync(file, `${lines.join('\n')}\n`)
