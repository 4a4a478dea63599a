/**
 * A folder that comes cut into training and test, LightGCN-style: `train.txt`, `test.txt`
 * and perhaps `valid.txt`, gzipped or not. A line is a user, then the items of that user.
 */
import { readdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { Positives, UserSplit } from '../../build/dataset/dataset.ts'
import { readLines, readText } from '../../build/input/read-text.ts'
import { HearthError } from '../../errors.ts'

/** Paths of the files a folder holds. */
interface SplitFiles {
  readonly train: string
  readonly valid?: string
  readonly test: string
}

/**
 * @returns undefined if the folder holds neither a training nor a test file, or cannot be
 *   listed
 * @throws HearthError `bad-input` if it holds only one of the two, or one of them twice
 */
export async function findSplit(folder: string): Promise<SplitFiles | undefined> {
  const names = await readdir(folder).catch(() => [])
  const train = oneOf(folder, names, 'train.txt')
  const valid = oneOf(folder, names, 'valid.txt')
  const test = oneOf(folder, names, 'test.txt')
  if (!train && !test) return undefined
  if (!train || !test) {
    const missing = train ? 'test' : 'train'
    throw new HearthError(
      'bad-input',
      `no ${missing}.txt.gz in ${folder}: got ${train ?? test}, expected train.txt.gz and test.txt.gz (a line: user item item …).`,
    )
  }
  return {
    train: join(folder, train),
    ...(valid ? { valid: join(folder, valid) } : {}),
    test: join(folder, test),
  }
}

/**
 * The one of a folder's files that has this name, gzipped or not; undefined without any.
 *
 * @throws HearthError `bad-input` if it is there both ways
 */
export function oneOf(
  folder: string,
  names: readonly string[],
  file: string,
): string | undefined {
  const found = names.filter((name) => name === file || name === `${file}.gz`)
  if (found.length < 2) return found[0]
  throw new HearthError(
    'bad-input',
    `${file} is there twice in ${folder}: got ${found.sort().join(', ')}, expected one.`,
  )
}

/**
 * Items and users are numbered in the order in which they first appear.
 *
 * @throws HearthError `bad-input` for a file that cannot be read or holds no items
 */
export async function readSplit(files: SplitFiles): Promise<UserSplit> {
  const indexOf = new Map<string, number>()
  const userOf = new Map<string, number>()
  const read = (path: string) => readLists(path, indexOf, userOf)
  const lists = {
    train: await read(files.train),
    valid: files.valid ? await read(files.valid) : undefined,
    test: await read(files.test),
  }
  const size = { userCount: userOf.size, rowCount: indexOf.size }
  return {
    name: basename(resolve(files.train, '..')),
    itemIds: [...indexOf.keys()],
    train: toCsr(lists.train, size),
    ...(lists.valid ? { valid: toCsr(lists.valid, size) } : {}),
    test: toCsr(lists.test, size),
  }
}

type Lists = ReadonlyMap<number, ReadonlySet<number>>

async function readLists(
  path: string,
  indexOf: Map<string, number>,
  userOf: Map<string, number>,
): Promise<Lists> {
  const lists = new Map<number, Set<number>>()
  let entries = 0
  for await (const { text } of readLines(path, readText(path))) {
    const [user, ...items] = text.split(/\s+/).filter((word) => word !== '')
    if (user === undefined || items.length === 0) continue
    const number = numberOf(userOf, user)
    const list = lists.get(number) ?? new Set()
    lists.set(number, list)
    for (const item of items) list.add(numberOf(indexOf, item))
    entries += items.length
  }
  if (entries > 0) return lists
  throw new HearthError(
    'bad-input',
    `no items in ${path}: got 0, expected lines of a user and items (user item item …).`,
  )
}

function numberOf(numbers: Map<string, number>, id: string): number {
  const known = numbers.get(id)
  if (known !== undefined) return known
  numbers.set(id, numbers.size)
  return numbers.size - 1
}

function toCsr(
  lists: Lists,
  { userCount, rowCount }: { readonly userCount: number; readonly rowCount: number },
): Positives {
  const indptr = new Uint32Array(userCount + 1)
  for (let user = 0; user < userCount; user++) {
    indptr[user + 1] = indptr[user] + (lists.get(user)?.size ?? 0)
  }
  const rows = new Uint32Array(indptr[userCount])
  for (const [user, list] of lists) {
    rows.set(Uint32Array.from(list).sort(), indptr[user])
  }
  return { userCount, rowCount, indptr, rows }
}
