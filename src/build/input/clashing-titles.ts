/**
 * Two tables may count their rows from 1 and hold different things: an id alone does not
 * make two rows one item where their titles have nothing in common.
 */
import { HearthError } from '../../errors.ts'
import type { ItemRecord } from '../../pack/item.ts'
import type { CleaningReport } from './cleaning-log.ts'

type Warning = CleaningReport['warnings'][number]

/** An item of earlier sources. */
interface KnownItem {
  readonly title: string
  /** The file it is from. */
  readonly file: string
}

interface Clashes {
  /** Ids that name something else in an earlier source. */
  readonly ids: ReadonlySet<string>
  /** None or one, with the count and an example. */
  readonly warnings: readonly Warning[]
}

/**
 * @param find by id, the item of earlier sources
 * @throws HearthError `bad-input` where most of the ids that both have name different things
 */
export function findClashes(
  file: string,
  items: readonly ItemRecord[],
  find: (id: string) => KnownItem | undefined,
): Clashes {
  let shared = 0
  let first: { readonly known: KnownItem; readonly example: string } | undefined
  const ids = new Set<string>()
  for (const { id, title } of items) {
    const known = find(id)
    if (!known) continue
    shared++
    if (isSameTitle(title, known.title)) continue
    ids.add(id)
    first ??= { known, example: `${id}: "${title}" is "${known.title}" there` }
  }
  if (!first) return { ids, warnings: [] }
  if (ids.size > shared / 2) {
    throw new HearthError(
      'bad-input',
      `${file} has ${ids.size} ${ids.size === 1 ? 'id' : 'ids'} of ${first.known.file} ` +
        `under other titles (${first.example}): they are different things. ` +
        'Build them apart, or give it ids of its own.',
    )
  }
  const what = `ids of earlier sources under other titles (${first.example}): not used`
  return { ids, warnings: [{ what, count: ids.size, lines: [] }] }
}

/** Words of a title that say which one it is, in lower case and without accents. */
function wordsOf(title: string): string[] {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** One contains the other, or has half of its words. */
function isSameTitle(a: string, b: string): boolean {
  const [short, long] = [wordsOf(a), wordsOf(b)].sort((x, y) => x.length - y.length)
  const [one, other] = [short!.join(''), long!.join('')]
  if (one.includes(other) || other.includes(one)) return true
  const found = short!.filter((word) => long!.includes(word))
  return found.length >= short!.length / 2
}
