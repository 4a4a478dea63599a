/**
 * What a typed text means to this catalogue: what to search for instead of it, and which items
 * to keep out. Loaded with the first search.
 */
import { topK } from '../math/top-k.ts'
import type { ItemTable } from '../pack/items.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { plain } from '../text/search/plain-words.ts'
import type { Span } from '../text/understand/clauses.ts'
import { type Fact, holds } from '../text/understand/facts.ts'
import { refusalTest } from '../text/understand/refusal.ts'
import { topicsIn } from '../text/understand/topics.ts'
import {
  type KnownNames,
  type Understood,
  understand,
} from '../text/understand/understand.ts'
import type { TextReader } from './text-reader.ts'

interface UnderstandingParts {
  readonly scoring: ScoringPack
  readonly items: ItemTable
  readonly text: TextReader
}

/** A search as it was understood. */
export interface Asked {
  /** What to search for; empty: nothing but a refusal, or facts, was typed. */
  readonly text: string
  /** [items] 1 = keep out; absent where nothing is. */
  readonly exclude?: Uint8Array
  readonly understood: Understood
}

export interface Understanding {
  /** Reads the names of the catalogue, once: some tens of ms for 10,000 items. */
  readNames(): void
  /** By rules and words alone. @param ignore keys of parts that do not count */
  ask(typed: string, ignore?: readonly string[]): Asked
  /** `ask`, with what is near to a refusal in meaning kept out too, where text can be read. */
  askNear(typed: string, ignore?: readonly string[]): Promise<Asked>
  /** A search within what was asked and what the owner wants; undefined: within nothing. */
  withinBoth<T extends { readonly exclude: Uint8Array }>(
    asked: Asked,
    curation: T | undefined,
  ): (Partial<T> & { readonly exclude: Uint8Array }) | undefined
  /** The items of a mask. */
  indicesIn(mask: Uint8Array): Set<number>
}

interface CatalogueNames extends KnownNames {
  /** In plain words. */
  readonly categories: ReadonlySet<string>
}

/** A title within a text counts from so many words on: "Dragons" alone is no title there. */
const MIN_TITLE_WORDS = 3
/** Longer titles are found by their first words. */
const MAX_TITLE_WORDS = 10
/** An item is near a refusal from so many standard deviations above the mean on. */
const NEAR_FROM = 2.2
/** Items kept out for nearness alone, as a share of the catalogue at most. */
const MAX_NEAR_SHARE = 0.04

export function createUnderstanding(parts: UnderstandingParts): Understanding {
  const { items } = parts
  let names: CatalogueNames | undefined
  const namesOf = () => {
    names ??= knownNames(items)
    return names
  }
  /** Of the last text, so that keywords and meaning read it once. */
  let last: { readonly key: string; readonly asked: Asked } | undefined

  function ask(typed: string, ignore: readonly string[] = []): Asked {
    const key = JSON.stringify([typed, ignore])
    if (last?.key !== key) last = { key, asked: askAnew(typed, ignore) }
    return last.asked
  }

  function askAnew(typed: string, ignore: readonly string[]): Asked {
    const understood = withKnownFacts(understand(typed, namesOf(), ignore), items)
    const { refused, facts, maker, parts: shown } = understood
    if (shown.length === 0 && ignore.length === 0) return { text: typed, understood }
    const known = facts.filter(({ label }) => !isUnknown(understood, label))
    const tests = refused.map(refusalTest)
    const exclude = new Uint8Array(items.count)
    for (let index = 0; index < items.count; index++) {
      const record = items.record(index)
      const isOut =
        tests.some((test) => test(record)) ||
        known.some((fact) => !holds(fact, record)) ||
        (maker !== undefined && !record.authors?.includes(maker))
      if (isOut) exclude[index] = 1
    }
    return { text: searchText(understood, namesOf().categories), exclude, understood }
  }

  return {
    readNames: () => void namesOf(),
    ask,
    askNear: async (typed, ignore) => {
      const asked = ask(typed, ignore)
      const { refused } = asked.understood
      const { content } = parts.scoring
      if (!asked.exclude || refused.length === 0 || !content) return asked
      const exclude = asked.exclude.slice()
      try {
        const wanted = asked.text === '' ? undefined : await parts.text.read(asked.text)
        for (const each of refused) {
          const vector = await parts.text.read([each, ...topicsIn(each)].join(' '))
          for (const index of nearOnes(content, vector, wanted)) exclude[index] = 1
        }
      } catch {
        return asked // the search itself gives the reason why text cannot be read
      }
      return { ...asked, exclude }
    },
    withinBoth: ({ exclude: own }, curation) => {
      if (!own) return curation
      const other = curation?.exclude
      const exclude = other ? own.map((isOut, index) => isOut | other[index]!) : own
      return { ...curation, exclude } as NonNullable<typeof curation>
    },
    indicesIn: (mask) =>
      new Set(Array.from(mask.keys()).filter((index) => mask[index] === 1)),
  }
}

/**
 * Foreign words of a topic make way for the catalogue's own, where it has that category:
 * 奇幻小说 searches for "fantasy".
 */
function searchText(
  { wanted, language, maker }: Understood,
  categories: ReadonlySet<string>,
): string {
  const topics = topicsIn(wanted).filter((topic) => categories.has(plain(topic)))
  const isOwn = topics.every((topic) =>
    wanted.toLowerCase().includes(topic.toLowerCase()),
  )
  const replaced = language === 'en' ? [wanted, ...topics] : topics
  const text = isOwn ? wanted : replaced.join(' ')
  return [text, maker ?? ''].filter((part) => part !== '').join(' ')
}

/** Items nearer to what is refused than nearly all, and than to what is wanted. */
function nearOnes(
  { rows, dim, scanInto }: NonNullable<ScoringPack['content']>,
  refused: Float32Array,
  wanted: Float32Array | undefined,
): readonly number[] {
  if (refused.length !== dim || refused.every((x) => x === 0)) return []
  const near = new Float32Array(rows)
  scanInto(refused, near)
  const mean = near.reduce((sum, x) => sum + x, 0) / rows
  const spread = Math.sqrt(near.reduce((sum, x) => sum + (x - mean) ** 2, 0) / rows)
  const toWanted = new Float32Array(rows)
  if (wanted) scanInto(wanted, toWanted)
  return [...topK(near, Math.ceil(rows * MAX_NEAR_SHARE))].filter(
    (index) =>
      near[index]! > mean + NEAR_FROM * spread &&
      (!wanted || near[index]! > toWanted[index]!),
  )
}

const isUnknown = ({ parts }: Understood, label: string) =>
  parts.some(
    ({ kind, text, isUnknown }) => kind === 'fact' && text === label && isUnknown,
  )

/** Flags the facts that no item of the catalogue tells. */
function withKnownFacts(understood: Understood, items: ItemTable): Understood {
  if (understood.facts.length === 0) return understood
  const unknown = new Set(
    understood.facts
      .filter((fact) => !isKnownField(fact, items))
      .map(({ label }) => label),
  )
  if (unknown.size === 0) return understood
  return {
    ...understood,
    parts: understood.parts.map((part) =>
      part.kind === 'fact' && unknown.has(part.text)
        ? { ...part, isUnknown: true }
        : part,
    ),
  }
}

function isKnownField({ field }: Fact, items: ItemTable): boolean {
  if (field === 'pages') return false
  for (let index = 0; index < items.count; index++) {
    if (items.record(index)[field] !== undefined) return true
  }
  return false
}

function knownNames(items: ItemTable): CatalogueNames {
  const titles = new Set<string>()
  const makers = new Map<string, string>()
  const genres = new Set<string>()
  const authors = new Set<string>()
  for (let index = 0; index < items.count; index++) {
    const { title, ...record } = items.record(index)
    for (const genre of record.genres ?? []) genres.add(genre)
    for (const author of record.authors ?? []) authors.add(author)
    titles.add(plain(title))
    const head = title.split(/[:(]/, 1)[0]!
    if (head !== title) titles.add(plain(head))
  }
  for (const author of authors) {
    makers.set(plain(author), author)
    const surname = plain(author.split(' ').at(-1)!)
    if (!makers.has(surname)) makers.set(surname, author)
  }
  titles.delete('')
  const sorted = [...titles].sort()
  return {
    categories: new Set([...genres].map(plain)),
    makerOf: (name) => makers.get(plain(name)),
    titlesIn: (text) => titleSpans(text, { titles, sorted }),
  }
}

interface Titles {
  readonly titles: ReadonlySet<string>
  readonly sorted: readonly string[]
}

function titleSpans(text: string, { titles, sorted }: Titles): Span[] {
  const whole = plain(text)
  const isStart = whole.split(' ').length >= MIN_TITLE_WORDS && startsOne(sorted, whole)
  if (titles.has(whole) || isStart) return [{ from: 0, to: text.length }]
  const words = [...text.matchAll(/[\p{L}\p{M}\p{N}'’]+/gu)]
  const spans: Span[] = []
  for (let first = 0; first < words.length; first++) {
    const most = Math.min(words.length, first + MAX_TITLE_WORDS)
    for (let end = most; end >= first + MIN_TITLE_WORDS; end--) {
      const own = words.slice(first, end)
      if (!titles.has(plain(own.map(([word]) => word).join(' ')))) continue
      const last = own.at(-1)!
      spans.push({ from: own[0]!.index, to: last.index + last[0].length })
      break
    }
  }
  return spans
}

/** Whether one of the titles, in order, begins so: it may be half typed. */
function startsOne(sorted: readonly string[], start: string): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < start) low = middle + 1
    else high = middle
  }
  return sorted[low]?.startsWith(start) ?? false
}
