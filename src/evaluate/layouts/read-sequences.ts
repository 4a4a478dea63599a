/**
 * Folders whose lines are in time order: `sequences.txt` (a user, then its items), perhaps
 * with `attributes.json` (item → attribute ids); or `sessions-train.txt` and
 * `sessions-test.txt` (items of one session a line). Gzipped or not.
 */
import { readdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { readLines, readText } from '../../build/input/read-text.ts'
import { HearthError, messageOf } from '../../errors.ts'
import type { SequenceFolder, SessionFolder } from '../splits/next-clicks.ts'
import { oneOf } from './read-split.ts'

interface SequenceFiles {
  readonly sequences: string
  readonly attributes?: string
}

interface SessionFiles {
  readonly train: string
  readonly test: string
}

/**
 * @returns undefined if the folder holds no sequences, or cannot be listed
 * @throws HearthError `bad-input` if it holds one of the files twice
 */
export async function findSequences(
  folder: string,
): Promise<SequenceFiles | undefined> {
  const names = await readdir(folder).catch(() => [])
  const sequences = oneOf(folder, names, 'sequences.txt')
  const attributes = oneOf(folder, names, 'attributes.json')
  if (!sequences) return undefined
  return {
    sequences: join(folder, sequences),
    ...(attributes ? { attributes: join(folder, attributes) } : {}),
  }
}

/**
 * @returns undefined if the folder holds no sessions, or cannot be listed
 * @throws HearthError `bad-input` if it holds one of the files without the other, or twice
 */
export async function findSessions(folder: string): Promise<SessionFiles | undefined> {
  const names = await readdir(folder).catch(() => [])
  const train = oneOf(folder, names, 'sessions-train.txt')
  const test = oneOf(folder, names, 'sessions-test.txt')
  if (!train && !test) return undefined
  if (train && test) return { train: join(folder, train), test: join(folder, test) }
  const missing = train ? 'sessions-test' : 'sessions-train'
  throw new HearthError(
    'bad-input',
    `no ${missing}.txt.gz in ${folder}: got ${train ?? test}, expected sessions-train.txt.gz and sessions-test.txt.gz (a line: item item …).`,
  )
}

/**
 * Items are numbered in the order in which they first appear; an item that only the
 * attributes name is left out.
 *
 * @throws HearthError `bad-input` for a file that cannot be read, or holds no items
 */
export async function readSequences(files: SequenceFiles): Promise<SequenceFolder> {
  const indexOf = new Map<string, number>()
  const lines = await readLists(files.sequences, indexOf, { skip: 1 })
  const itemIds = [...indexOf.keys()]
  return {
    name: basename(resolve(files.sequences, '..')),
    itemIds,
    lines,
    ...(files.attributes
      ? { attributes: await readAttributes(files.attributes, itemIds) }
      : {}),
  }
}

/** @throws HearthError `bad-input` for a file that cannot be read, or holds no items */
export async function readSessions(files: SessionFiles): Promise<SessionFolder> {
  const indexOf = new Map<string, number>()
  const lines = await readLists(files.train, indexOf, { skip: 0 })
  const test = await readLists(files.test, indexOf, { skip: 0 })
  const name = basename(resolve(files.train, '..'))
  return { name, itemIds: [...indexOf.keys()], lines, test }
}

/** @param options.skip words before the items of a line */
async function readLists(
  path: string,
  indexOf: Map<string, number>,
  { skip }: { readonly skip: number },
): Promise<Uint32Array[]> {
  const lists: Uint32Array[] = []
  let items = 0
  for await (const { text } of readLines(path, readText(path))) {
    const words = text.split(/\s+/).filter((word) => word !== '')
    if (words.length === 0) continue
    const rows = Uint32Array.from(words.slice(skip), (id) => {
      const row = indexOf.get(id) ?? indexOf.size
      indexOf.set(id, row)
      return row
    })
    lists.push(rows)
    items += rows.length
  }
  if (items > 0) return lists
  throw new HearthError(
    'bad-input',
    `no items in ${path}: got 0, expected lines of ${skip > 0 ? 'a user and ' : ''}items in time order.`,
  )
}

/** @returns [itemIds] the attributes of each; none for an item that is not named */
async function readAttributes(
  path: string,
  itemIds: readonly string[],
): Promise<string[][]> {
  const pieces: string[] = []
  for await (const piece of readText(path)) pieces.push(piece)
  const table = parseTable(path, pieces.join(''))
  return itemIds.map((id) => (table.get(id) ?? []).map(String))
}

function parseTable(path: string, text: string): Map<string, unknown[]> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new HearthError('bad-input', `${path} is not JSON: ${messageOf(cause)}.`, {
      cause,
    })
  }
  const entries = Object.entries(json ?? {})
  const odd = entries.find(([, list]) => !isIdList(list))
  if (typeof json === 'object' && json !== null && !Array.isArray(json) && !odd) {
    return new Map(entries as [string, unknown[]][])
  }
  const shown = JSON.stringify(odd ?? json)?.slice(0, 60)
  throw new HearthError(
    'bad-input',
    `wrong attributes in ${path}: got ${shown}, expected an object from items to lists of ids.`,
  )
}

function isIdList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((id) => typeof id === 'number' || typeof id === 'string')
  )
}
