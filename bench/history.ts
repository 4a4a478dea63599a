/**
 * How much of a visitor's history is found, and how much is found wrongly? Exports are made of
 * real titles with the noise that services add; one entry in five is of a thing the catalogue
 * does not hold (it is taken out), so that a false match can happen.
 *
 *   npx tsx bench/history.ts [--wrong | --speed | --semantic]    reads HEARTH_DATA, default ../shared/data
 *
 * --wrong lists false matches; --semantic asks instead what the text encoder would add.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import Papa from 'papaparse'
import { cleanTitle } from '../src/build/input/clean-title.ts'
import type { HistoryEntry } from '../src/history/entry.ts'
import { matchHistory } from '../src/history/match.ts'
import { readHistory } from '../src/history/read-history.ts'
import { createRandom, type Random } from '../src/math/random.ts'
import { dot } from '../src/math/vectors.ts'
import type { ItemRecord } from '../src/pack/item.ts'
import type { ItemTable } from '../src/pack/items.ts'
import type { Encoder } from '../src/text/encoder/encoder.ts'

const DATA = process.env.HEARTH_DATA ?? '../shared/data'
const SAMPLE = 2_000
const ABSENT_SHARE = 0.2

type Fields = Readonly<Record<string, string>>

function readTable(path: string): Fields[] {
  const text = gunzipSync(readFileSync(`${DATA}/${path}`)).toString('utf8')
  return Papa.parse<Fields>(text, { header: true, skipEmptyLines: true }).data
}

/** An item as the catalogue has it, and as another service writes it. */
interface Thing {
  readonly item: ItemRecord
  readonly rawTitle: string
  readonly makers: readonly string[]
}

function books(): Thing[] {
  return readTable('books/books.csv.gz').map((row) => {
    const makers = row.authors!.split(', ')
    const { title } = cleanTitle(row.title!)
    const year = Number(row.year)
    return {
      rawTitle: row.title!,
      makers,
      item: { id: row.book_id!, title, authors: makers, ...(year > 0 ? { year } : {}) },
    }
  })
}

function movies(): Thing[] {
  return readTable('movies/movies.csv.gz').map((row) => {
    const makers = row.director ? row.director.split(/[,|] ?/) : []
    const { title } = cleanTitle(row.title!)
    return {
      rawTitle: row.title!,
      makers,
      item: {
        ...{ id: row.movieId!, title, year: Number(row.year) },
        ...(makers.length > 0 ? { authors: makers } : {}),
      },
    }
  })
}

function tableOf(records: readonly ItemRecord[]): ItemTable {
  const places = new Map(records.map(({ id }, index) => [id, index]))
  return {
    count: records.length,
    record: (index) => records[index]!,
    indexOf: (id) => places.get(id),
  }
}

// Noise: what one service does to a title that another has.

const pick = <T>(random: Random, list: readonly T[]) =>
  list[random.integer(list.length)]!
const SUBTITLES = [
  ': A Novel',
  ' (Penguin Classics)',
  ': 25th Anniversary Edition',
  ' (Kindle Edition)',
  ' [Unabridged]',
  ': The Story of a Life',
  ' - Special Edition',
]
const NOISES: Readonly<Record<string, (title: string, random: Random) => string>> = {
  'as it is': (title) => title,
  'series in brackets': (title, random) =>
    `${title} (Some Saga, #${1 + random.integer(5)})`,
  'a subtitle or edition': (title, random) =>
    title.replace(/ \(.*/, '') + pick(random, SUBTITLES),
  'no subtitle': (title) => title.split(/: | - /)[0]!,
  'other punctuation': (title) =>
    title
      .replace(/&/g, 'and')
      .replace(/'/g, '’')
      .replace(/: /g, ' – ')
      .replace(/-/g, ' '),
  'upper case, no accents': (title) =>
    title
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toUpperCase(),
  'article at the end': (title) =>
    title.replace(/^(The|A|An) (.+?)( \(.*)?$/, '$2, $1'),
  'a word spelled otherwise': (title, random) => {
    const words = title.split(' ')
    const long = words
      .map((word, i) => [word, i] as const)
      .filter(([word]) => word.length > 4)
    if (long.length === 0) return title
    const [word, at] = pick(random, long)
    const cut = 1 + random.integer(word.length - 2)
    words[at] = word.slice(0, cut) + word.slice(cut + 1)
    return words.join(' ')
  },
}

const quote = (text: string | number) => `"${String(text).replace(/"/g, '""')}"`
const lastFirst = (name: string) => name.replace(/^(.*) (\S+)$/, '$2, $1')

interface Written {
  readonly title: string
  readonly makers: readonly string[]
  readonly year: number | undefined
}

type Form = (written: readonly Written[]) => string

/** A file of each service, with its columns alone. */
const FORMS: Readonly<Record<string, Form>> = {
  'Goodreads (title, author)': (all) =>
    `Book Id,Title,Author,Exclusive Shelf,My Rating,Original Publication Year\n${all
      .map(
        ({ title, makers, year }, i) =>
          `${900_000 + i},${quote(title)},${quote(makers[0] ?? '')},read,4,${year ?? ''}`,
      )
      .join('\n')}`,
  'a table (Last, First)': (all) =>
    `Title;Author;Rating\n${all
      .map(
        ({ title, makers }) => `${quote(title)};${quote(lastFirst(makers[0] ?? ''))};4`,
      )
      .join('\n')}`,
  'Letterboxd (title, year)': (all) =>
    `Date,Name,Year,Letterboxd URI,Rating\n${all
      .map(
        ({ title, year }, i) =>
          `2023-01-15,${quote(title)},${year ?? ''},https://boxd.it/${i},4`,
      )
      .join('\n')}`,
  'Netflix (title alone)': (all) =>
    `Title,Date\n${all.map(({ title }) => `${quote(title)},1/15/23`).join('\n')}`,
}

const percent = (part: number, all: number) =>
  all === 0 ? '   –  ' : `${((100 * part) / all).toFixed(1).padStart(5)} %`

interface Counts {
  present: number
  right: number
  wrong: number
  maybeRight: number
  maybeWrong: number
}
const noCounts = (): Counts => ({
  present: 0,
  right: 0,
  wrong: 0,
  maybeRight: 0,
  maybeWrong: 0,
})

/** Another edition of one book is no false match. */
const keyOf = ({ title, authors = [], year }: ItemRecord) =>
  `${title.toLowerCase()}\n${authors[0] ?? year}`
const isOne = (a: ItemRecord, b: ItemRecord) => a.id === b.id || keyOf(a) === keyOf(b)

async function measure(
  name: string,
  things: readonly Thing[],
  forms: readonly string[],
) {
  const random = createRandom(2026)
  const present = things.filter(() => random.next() >= ABSENT_SHARE)
  const items = tableOf(present.map(({ item }) => item))
  const titles = new Set(present.map(({ item }) => keyOf(item)))
  const isHeld = ({ item }: Thing) => titles.has(keyOf(item))
  console.log(
    `\n${name}: ${present.length} items; ${SAMPLE} entries a line, 1 in 5 of none of them`,
  )
  console.log(
    '                                                     sure                    with those asked about',
  )
  console.log(
    '                                                     recall   precision      recall   precision',
  )
  for (const form of forms) {
    const total = noCounts()
    for (const [noise, change] of Object.entries(NOISES)) {
      const sample = Array.from({ length: SAMPLE }, () => pick(random, things))
      const written = sample.map(({ rawTitle, makers, item }) => ({
        ...{ title: change(rawTitle, random), makers, year: item.year },
      }))
      const { entries } = await readHistory(FORMS[form]!(written))
      const counts = noCounts()
      const { matched } = await matchHistory(entries, items)
      // by title and maker as they were written: entries that are equal were merged
      const thingOf = new Map(sample.map((thing, i) => [i + 2, thing]))
      for (const entry of entries)
        if (isHeld(thingOf.get(entry.line)!)) counts.present++
      for (const { entry, index, isSure, why } of matched) {
        const thing = thingOf.get(entry.line)!
        const isRight = isOne(items.record(index), thing.item)
        if (isSure && !isRight && process.argv.includes('--wrong')) {
          const { title } = items.record(index)
          console.log(
            `  ${why}: “${entry.title}” (${thing.makers[0] ?? thing.item.year}) taken for “${title}”`,
          )
        }
        if (isSure) counts[isRight ? 'right' : 'wrong']++
        else counts[isRight ? 'maybeRight' : 'maybeWrong']++
      }
      report(`${form}, ${noise}`, counts)
      for (const key of Object.keys(total) as (keyof Counts)[])
        total[key] += counts[key]
    }
    report(`${form}, ALL`, total)
  }
}

function report(
  what: string,
  { present, right, wrong, maybeRight, maybeWrong }: Counts,
) {
  const all = right + maybeRight
  console.log(
    `${what.padEnd(52)} ${percent(right, present)}  ${percent(right, right + wrong)}       ${percent(all, present)}  ${percent(all, all + wrong + maybeWrong)}`,
  )
}

/** Processor time of this process, ms: what a busy machine does besides is not counted. */
const cpuMs = () => process.cpuUsage().user / 1000

// Speed: 5,000 entries against 100,000 items, of which the entries are a sample.

async function time() {
  const random = createRandom(7)
  const words = [...new Set(books().flatMap(({ item }) => item.title.split(' ')))]
  const name = () => `${pick(random, words)} ${pick(random, words)}`
  const records = Array.from(
    { length: 100_000 },
    (_, i): ItemRecord => ({
      ...{ id: `${i}`, title: `${name()} ${name()}`, authors: [name()] },
      year: 1950 + random.integer(70),
    }),
  )
  const items = tableOf(records)
  const sample = Array.from({ length: 5_000 }, (_, i): HistoryEntry => {
    const { title, authors = [] } = pick(random, records)
    const isThere = i % 5 > 0
    return {
      ...{ title: isThere ? title : name(), makers: authors, ids: {}, kind: 'rated' },
      ...{ stars: 4, line: i },
    }
  })
  let longest = 0
  let last = cpuMs()
  const pause = async () => {
    longest = Math.max(longest, cpuMs() - last)
    await new Promise((resolve) => setImmediate(resolve))
    last = cpuMs()
  }
  const start = cpuMs()
  await matchHistory(sample, items, { pause })
  const took = cpuMs() - start
  const scan = cpuMs()
  for (const { title } of records) title.normalize('NFKD').toLowerCase().split(' ')
  const base = cpuMs() - scan
  console.log(
    `\n5,000 entries against 100,000 items: ${took.toFixed(0)} ms of processor time, ${(took / base).toFixed(1)} times reading their titles once; longest without a pause ${longest.toFixed(0)} ms`,
  )
  const rows = Array.from(
    { length: 100_000 },
    (_, i) => `${i},"Title ${i}","Reed, Ada",read,4,2023/01/15`,
  )
  const csv = `Book Id,Title,Author,Exclusive Shelf,My Rating,Date Read\n${rows.join('\n')}`
  const parse = cpuMs()
  const { entries } = await readHistory(csv)
  console.log(
    `${entries.length} rows read: ${(cpuMs() - parse).toFixed(0)} ms of processor time`,
  )
}

/** The encoder's answer to titles with a slip: the nearest item, taken from a threshold on. */
async function measureSemantic() {
  const { createNodeEncoder } = await import('../src/text/encoder/node-encoder.ts')
  const encoder = await createNodeEncoder({
    modelFolder: 'public/models/hearth-encoder',
  })
  const random = createRandom(3)
  const all = books().sort(() => random.next() - 0.5)
  const [present, absent] = [all.slice(0, 1_800), all.slice(1_800, 2_000)]
  const name = ({ item }: Thing) => `${item.title} by ${item.authors?.[0]}`
  const items = await encodeAll(encoder, present.map(name))
  const slip = NOISES['a word spelled otherwise']!
  const forms: Readonly<Record<string, (thing: Thing) => string>> = {
    'title with a slip': ({ item }) => slip(item.title, random),
    'title with a slip, author': (thing) => slip(name(thing), random),
  }
  for (const [form, write] of Object.entries(forms)) {
    const asked = [...present.slice(0, 200), ...absent]
    const queries = await encodeAll(encoder, asked.map(write))
    const best = queries.map((query) => {
      const cosines = items.map((vector) => dot(query, vector))
      const cosine = Math.max(...cosines)
      return { cosine, at: cosines.indexOf(cosine) }
    })
    const found = best.map(({ cosine, at }, i) => ({
      cosine,
      isRight: i < 200 && at === i,
    }))
    let [right, wrong, recall] = [0, 0, 0]
    for (const { isRight } of found.sort((a, b) => b.cosine - a.cosine)) {
      if (isRight) right++
      else wrong++
      if (wrong <= 0.02 * (right + wrong)) recall = right / 200
    }
    console.log(
      `${form}: recall ${percent(recall, 1)} where 2 % of the matches are false`,
    )
  }
}

async function encodeAll(encoder: Encoder, texts: readonly string[]) {
  const vectors: Float32Array[] = []
  for (let at = 0; at < texts.length; at += 64) {
    const some = await encoder.encode(texts.slice(at, at + 64))
    for (let i = 0; i < some.length; i += encoder.dim) {
      vectors.push(some.slice(i, i + encoder.dim))
    }
  }
  return vectors
}

if (process.argv.includes('--semantic')) {
  await measureSemantic()
  process.exit()
}
if (process.argv.includes('--speed')) {
  await time()
  process.exit()
}
await measure('Books', books(), Object.keys(FORMS).slice(0, 2))
await measure('Books', books(), ['Netflix (title alone)'])
await measure('Movies', movies(), ['Letterboxd (title, year)', 'Netflix (title alone)'])
await time()
