/**
 * What do the lists of a bookshop's readers look like, three of whose likes are known? And
 * what does looking better cost in the figures that reward best sellers?
 *
 *   npx tsx bench/lists.ts [pack folder] [visitors.json] [even | odd] [surprise, comma-separated]
 *
 * `visitors.json` is a list of readers, each a list of [item id, rating]; from 4 up a rating is
 * a like. Every reader's likes are put in an order by chance (the same each run): the first
 * are known, what follows is what a list may find. Lists are made by the public library;
 * the score alone, beside them, by the pack's own scores.
 */
import { readFileSync } from 'node:fs'
import { deriveTaste } from '../src/feedback/taste.ts'
import { createHearth, type RecommendedItem, type Shelf } from '../src/index.node.ts'
import { createRandom } from '../src/math/random.ts'
import { topK } from '../src/math/top-k.ts'
import { prepareScoring } from '../src/scoring/prepare-scoring.ts'
import { scoreAll } from '../src/scoring/score-all.ts'
import { userInput } from '../src/scoring/tower-input.ts'
import { forwardReference } from '../src/towers/forward.ts'
import { openPack } from './open-pack.ts'

const [folder = 'public/catalogues/books', visitors, half = 'even', dials = '0.2'] =
  process.argv.slice(2)
if (!visitors) throw new Error('no visitors.json: see the head of bench/lists.ts.')
const READERS = 80
const KNOWN = 3
/** Likes known where accuracy is asked for, and what each list of 20 may find. */
const KNOWN_FOR_NDCG = [5, 20] as const
const BEST_SELLERS = 50
const COUNT = 12
const LIKED_FROM = 4
const NOW = Date.UTC(2026, 0, 1)

const { pack, items, scanner } = await openPack(folder)
const scoring = prepareScoring(pack, scanner)
const bestSellers = new Set(
  [...topK(pack.popularity, BEST_SELLERS)].map((index) => items.record(index).id),
)

const given: [string, number][][] = JSON.parse(readFileSync(visitors, 'utf8'))
const readers = given
  .filter((_, place) => place % 2 === (half === 'odd' ? 1 : 0))
  .map((ratings, place) => shuffled(likesOf(ratings), place))
  .filter((likes) => likes.length >= Math.max(...KNOWN_FOR_NDCG) + 5)
  .slice(0, READERS)

function likesOf(ratings: readonly [string, number][]): string[] {
  const liked = ratings.filter(([, rating]) => rating >= LIKED_FROM)
  return [...new Set(liked.map(([id]) => id))].filter(
    (id) => items.indexOf(id) !== undefined,
  )
}

function shuffled(ids: readonly string[], seed: number): string[] {
  const random = createRandom(seed + 1)
  const left = [...ids]
  return ids.map(() => left.splice(random.integer(left.length), 1)[0]!)
}

const eventsOf = (ids: readonly string[]) =>
  ids.map((item, place) => ({
    ...{ kind: 'like' as const, item, uid: `${place}` },
    at: NOW - (ids.length - place) * 60_000,
  }))

const hearth = await createHearth({
  ...{ pack: folder, storage: 'memory', now: () => NOW, seed: 7 },
})
async function openFor(known: readonly string[]) {
  await hearth.profile.erase()
  await hearth.record(eventsOf(known))
}

/** Each measure of one reader's lists, and how many cards or shelves it is of. */
const sums = new Map<string, number[]>()
const add = (measure: string, value: number) => {
  if (Number.isNaN(value)) return
  sums.set(measure, [...(sums.get(measure) ?? []), value])
}
const share = <T>(all: readonly T[], holds: (one: T) => boolean) =>
  all.filter(holds).length / all.length

/** A title without what names a volume, an edition or a format: the bench's own, and strict. */
const plainTitle = (title: string) =>
  title
    .toLowerCase()
    .replace(/\(.*?\)|\[.*?\]/g, ' ')
    .replace(/[:;–—].*$/, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
const editionOf = ({ title, authors = [] }: RecommendedItem) =>
  `${authors[0] ?? ''}|${plainTitle(title)}`

function measureShelves(shelves: readonly Shelf[], known: readonly RecommendedItem[]) {
  const begun = new Set(known.flatMap(({ series }) => series?.name ?? []))
  const had = new Set(known.map(editionOf))
  const genres = new Set(known.flatMap((item) => item.genres ?? []))
  for (const { kind, items: cards } of shelves) {
    if (kind === 'continue') continue
    add(`${kind}: cards`, cards.length)
    add(`${kind}: in the ${BEST_SELLERS} best sellers`, share(cards, isBestSeller))
    const firstSix = cards.slice(0, 6)
    if (firstSix.length === 6) {
      const makers = new Set(firstSix.map(({ authors = [] }) => authors[0]))
      add(`${kind}: makers among six`, makers.size)
    }
    const editions = cards.map(editionOf)
    const isEdition = editions.map(
      (edition, place) => had.has(edition) || editions.indexOf(edition) < place,
    )
    add(`${kind}: other editions`, share(isEdition, Boolean))
    const isMiddle = ({ series }: RecommendedItem) =>
      (series?.position ?? 1) > 1 && !begun.has(series!.name)
    add(`${kind}: middle volumes of a series not begun`, share(cards, isMiddle))
    if (kind === 'different') {
      const sharesGenre = ({ genres: own = [] }: RecommendedItem) =>
        own.some((genre) => genres.has(genre))
      add('different: shares a genre', share(cards, sharesGenre))
    }
  }
}
const isBestSeller = ({ id }: { readonly id: string }) => bestSellers.has(id)

function ndcg(ids: readonly string[], wanted: ReadonlySet<string>): number {
  const gain = (place: number) => 1 / Math.log2(place + 2)
  const most = Math.min(wanted.size, 20)
  const best = Array.from({ length: most }, (_, place) => gain(place))
  const got = ids.slice(0, 20).map((id, place) => (wanted.has(id) ? gain(place) : 0))
  return got.reduce((a, b) => a + b, 0) / best.reduce((a, b) => a + b, 0)
}

/** The 20 best by the score alone. */
function topOf(known: readonly string[]): string[] {
  const logged = eventsOf(known).map((event, seq) => ({ ...event, seq }))
  const taste = deriveTaste(logged, items.indexOf, NOW)
  const user = pack.tower
    ? {
        userVector: forwardReference(
          pack.tower.user,
          userInput(pack, taste.history),
          1,
        ),
      }
    : {}
  const { score } = scoreAll(scoring, { taste, ...user })
  const exclude = new Uint8Array(pack.itemCount)
  for (const { index } of taste.history) exclude[index] = 1
  return [...topK(score, 20, exclude)].map((index) => items.record(index).id)
}

async function measureReader(likes: readonly string[], surprise: number) {
  const known = likes.slice(0, KNOWN)
  await openFor(known)
  const { shelves } = await hearth.shelves({ count: COUNT, surprise })
  const own = known.map((id) => items.record(items.indexOf(id)!) as RecommendedItem)
  measureShelves(shelves, own)
  add('the three likes: in the best sellers', share(own, isBestSeller))
  add(
    'all likes: in the best sellers',
    share(
      likes.map((id) => ({ id })),
      isBestSeller,
    ),
  )
  for (const k of KNOWN_FOR_NDCG) {
    const wanted = new Set(likes.slice(k))
    await openFor(likes.slice(0, k))
    const { items: list } = await hearth.recommend({ count: 20, surprise })
    const ids = list.map(({ id }) => id)
    add(`NDCG@20 at ${k} likes, the list`, ndcg(ids, wanted))
    add(`NDCG@20 at ${k} likes, the score`, ndcg(topOf(likes.slice(0, k)), wanted))
    const rare = new Set([...wanted].filter((id) => !bestSellers.has(id)))
    add(`NDCG@20 at ${k} likes, the list, without best sellers`, ndcg(ids, rare))
  }
}

const mean = (values: readonly number[]) =>
  values.reduce((a, b) => a + b, 0) / values.length
/** Half of the 95 % interval over readers, by the bootstrap. */
function halfWidth(values: readonly number[]): number {
  const random = createRandom(3)
  const means = Array.from({ length: 500 }, () =>
    mean(values.map(() => values[random.integer(values.length)]!)),
  ).sort((a, b) => a - b)
  return (means[487]! - means[12]!) / 2
}

for (const surprise of dials.split(',').map(Number)) {
  sums.clear()
  for (const likes of readers) await measureReader(likes, surprise)
  console.log(`\n${readers.length} readers (${half}), surprise ${surprise}: ${folder}`)
  for (const measure of [...sums.keys()].sort()) {
    const values = sums.get(measure)!
    const figures = `${mean(values).toFixed(4)} ± ${halfWidth(values).toFixed(4)}`
    console.log(`  ${measure.padEnd(56)} ${figures}  (${values.length})`)
  }
}
