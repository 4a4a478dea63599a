/**
 * What do cards give as their reason, and how many give none? Readers of the demo's
 * catalogue after 1, 3 and 10 likes: every card of every shelf, of the lists like their last
 * like, and five item pages each.
 *
 *   npx tsx bench/reasons.ts [--pack folder] [--visitors file] [--readers 80]
 *
 * Readers: those of `HEARTH_DATA/books/ratings.csv.gz` (default ../shared/data) with 15 books
 * of four stars and more; or a JSON file of lists of ids, or of [id, rating].
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { bookshop } from '../src/demo/messages.ts'
import { reasonText, shelfTitle } from '../src/explain/messages/messages.ts'
import { createHearth, type RecommendedItem } from '../src/index.node.ts'
import { createRandom } from '../src/math/random.ts'

const { values } = parseArgs({
  options: {
    pack: { type: 'string', default: 'public/catalogues/books' },
    visitors: { type: 'string' },
    readers: { type: 'string', default: '80' },
    /** Prints every card of this many readers. */
    show: { type: 'string', default: '0' },
  },
})
const DATA = process.env.HEARTH_DATA ?? '../shared/data'
const START = Date.UTC(2026, 0, 1)
const MIN_LIKES = 15
const LIKES = [1, 3, 10]
const PAGES = 5
const LIKED_FROM = 4

type Visitor = readonly (string | readonly [string, number])[]

function visitorsOf(): string[][] {
  const liked = (visitor: Visitor) =>
    visitor.flatMap((entry) =>
      typeof entry === 'string' ? entry : entry[1] >= LIKED_FROM ? entry[0] : [],
    )
  const all = values.visitors
    ? (JSON.parse(readFileSync(values.visitors, 'utf8')) as Visitor[]).map(liked)
    : ofRatings()
  return all.filter((ids) => ids.length >= MIN_LIKES).slice(0, Number(values.readers))
}

function ofRatings(): string[][] {
  const file = join(DATA, 'books/ratings.csv.gz')
  const [, ...lines] = gunzipSync(readFileSync(file)).toString('utf8').split('\n')
  const byUser = new Map<string, string[]>()
  for (const line of lines) {
    const [user = '', item = '', rating] = line.split(',')
    if (Number(rating) < LIKED_FROM) continue
    const ids = byUser.get(user)
    if (ids) ids.push(item)
    else byUser.set(user, [item])
  }
  return [...byUser.values()]
}

interface Tally {
  cards: number
  readonly kinds: Map<string, number>
}
const tallies = new Map<string, Tally>()

function count(where: string, item: RecommendedItem, title: string) {
  const tally = tallies.get(where) ?? { cards: 0, kinds: new Map() }
  tallies.set(where, tally)
  tally.cards++
  const { headline } = item
  const text = headline ? reasonText(headline, bookshop) : ''
  const kind = headline ? kindOf(headline) : '(none)'
  const add = (name: string) => tally.kinds.set(name, (tally.kinds.get(name) ?? 0) + 1)
  add(kind)
  if (text.toLowerCase() === title.toLowerCase()) add('(repeats its title)')
}

function kindOf(reason: NonNullable<RecommendedItem['headline']>): string {
  if (reason.kind === 'similar-attributes') {
    return `similar-attributes: ${reason.params.attribute.relation}`
  }
  if (reason.kind === 'taste') return 'taste: as a whole'
  if (reason.kind !== 'guess') return reason.kind
  return `guess: ${reason.params.because?.kind ?? 'nothing'}`
}

const random = createRandom(7)
const readers = visitorsOf()
for (const [place, ids] of readers.entries()) {
  const isShown = place < Number(values.show)
  const hearth = await createHearth({
    pack: values.pack,
    seed: place,
    now: () => START,
  })
  for (const likes of LIKES) {
    const { length: known } = await hearth.profile.events()
    const more = ids.slice(known, likes)
    await hearth.record(more.map((item) => ({ kind: 'like' as const, item })))
    const { shelves } = await hearth.shelves()
    for (const shelf of shelves) {
      const title = shelfTitle(shelf, bookshop)
      if (isShown) console.log(`\n— ${likes}: ${title}`)
      for (const item of shelf.items) {
        count(`${likes} likes: ${shelf.kind}`, item, title)
        count(`${likes} likes: all shelves`, item, title)
        if (isShown) show(item)
      }
    }
    const anchor = ids[likes - 1]!
    const related = await hearth.related(anchor)
    if (isShown)
      console.log(`\n— ${likes}: close to ${(await hearth.item(anchor))?.item.title}`)
    for (const item of related.items) {
      count(`${likes} likes: close to the last`, item, 'Close to it')
      if (isShown) show(item)
    }
    for (let page = 0; page < PAGES; page++) {
      const { items } = shelves[random.integer(shelves.length)]!
      const { id } = items[random.integer(items.length)]!
      const detail = await hearth.item(id)
      if (!detail) continue
      const { item } = detail
      const first = item.reasons[0]
      count(
        `${likes} likes: item pages`,
        first ? { ...item, headline: first } : item,
        '',
      )
      if (isShown) {
        const texts = item.reasons.map(
          (reason) =>
            `${Math.round(100 * reason.share)} % ${reasonText(reason, bookshop)}`,
        )
        console.log(`\npage of ${item.title}: ${texts.join(' | ')}`)
      }
    }
  }
  await hearth.close()
}

function show({ title, headline }: RecommendedItem) {
  console.log(
    `${title.slice(0, 50).padEnd(52)}${headline ? reasonText(headline, bookshop) : '—'}`,
  )
}

console.log(`\n${readers.length} readers of ${values.pack}`)
for (const [where, { cards, kinds }] of tallies) {
  console.log(`\n${where}: ${cards}`)
  for (const [kind, n] of [...kinds].sort((a, b) => b[1] - a[1])) {
    console.log(`  ${kind.padEnd(34)} ${((100 * n) / cards).toFixed(1).padStart(5)} %`)
  }
}
