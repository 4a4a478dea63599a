/**
 * A folder of cold-start items: `items.csv` beside `train.csv`, `valid.csv` and `test.csv`, gzipped
 * or not. A line of the three is a user and an item (`uid,iid`); no item of the last two is
 * in the first.
 */
import { readdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { Interactions, Positives } from '../../build/dataset/dataset.ts'
import { readItems } from '../../build/input/read-items.ts'
import { readLines, readText } from '../../build/input/read-text.ts'
import { HearthError } from '../../errors.ts'
import type { ColdStartSplit, HeldOutItems } from '../splits/cold-start.ts'

const FILES = ['items', 'train', 'valid', 'test'] as const
type ColdStartFiles = Readonly<Record<(typeof FILES)[number], string>>

/** @returns undefined unless the folder can be listed and holds all four */
export async function findColdStart(
  folder: string,
): Promise<ColdStartFiles | undefined> {
  const names = await readdir(folder).catch(() => [])
  const found = FILES.map((file) => {
    const name = names.find((n) => n === `${file}.csv` || n === `${file}.csv.gz`)
    return [file, name && join(folder, name)] as const
  })
  if (found.some(([, path]) => path === undefined)) return undefined
  return Object.fromEntries(found) as ColdStartFiles
}

/** @throws HearthError `bad-input` for a file that cannot be read, or breaks the layout */
export async function readColdStart(files: ColdStartFiles): Promise<ColdStartSplit> {
  const { items } = await readItems(files.items)
  const indexOf = new Map(items.map(({ id }, row) => [id, row]))
  const userOf = new Map<string, number>()
  const read = (path: string) => readPairs(path, indexOf, userOf)
  const [train, valid, test] = [
    await read(files.train),
    await read(files.valid),
    await read(files.test),
  ]
  const size = { userCount: userOf.size, rowCount: items.length }
  const known = new Set(train.map(([, row]) => row))
  const heldOutOf = (pairs: readonly Pair[], path: string): HeldOutItems => {
    const old = pairs.find(([, row]) => known.has(row))
    if (old) throw notColdStart(path, items[old[1]]!.id)
    const rows = Uint32Array.from(new Set(pairs.map(([, row]) => row))).sort()
    return { rows, chosen: positivesOf(pairs, size) }
  }
  return {
    train: {
      name: basename(resolve(files.train, '..')),
      items,
      interactions: interactionsOf(train, size.userCount),
    },
    valid: heldOutOf(valid, files.valid),
    test: heldOutOf(test, files.test),
  }
}

type Pair = readonly [user: number, row: number]

async function readPairs(
  path: string,
  indexOf: ReadonlyMap<string, number>,
  userOf: Map<string, number>,
): Promise<Pair[]> {
  const pairs: Pair[] = []
  for await (const { number, text } of readLines(path, readText(path))) {
    const [user = '', item = ''] = text.split(',')
    if (number === 1 && user === 'uid') continue
    const row = indexOf.get(item.trim())
    if (row === undefined) throw unknownItem(path, number, item)
    const known = userOf.get(user) ?? userOf.size
    userOf.set(user, known)
    pairs.push([known, row])
  }
  if (pairs.length > 0) return pairs
  throw new HearthError(
    'bad-input',
    `no choices in ${path}: got 0, expected lines of a user and an item (uid,iid).`,
  )
}

function interactionsOf(pairs: readonly Pair[], userCount: number): Interactions {
  return {
    userCount,
    users: Uint32Array.from(pairs, ([user]) => user),
    rows: Uint32Array.from(pairs, ([, row]) => row),
    weights: new Float32Array(pairs.length).fill(1),
    hasRatings: false,
  }
}

function positivesOf(
  pairs: readonly Pair[],
  size: { readonly userCount: number; readonly rowCount: number },
): Positives {
  const lists = Array.from({ length: size.userCount }, () => new Set<number>())
  for (const [user, row] of pairs) lists[user]!.add(row)
  const indptr = new Uint32Array(size.userCount + 1)
  lists.forEach((list, user) => {
    indptr[user + 1] = indptr[user]! + list.size
  })
  const rows = Uint32Array.from(
    lists.flatMap((list) => [...list].sort((a, b) => a - b)),
  )
  return { ...size, indptr, rows }
}

function unknownItem(path: string, line: number, item: string): HearthError {
  return new HearthError(
    'bad-input',
    `unknown item in ${path}, line ${line}: got ${item}, expected the id of an item.`,
  )
}

function notColdStart(path: string, id: string): HearthError {
  return new HearthError(
    'bad-input',
    `not a cold-start item in ${path}: got ${id}, which is in the training file too.`,
  )
}
