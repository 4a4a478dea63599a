/**
 * How far do skips count against items like them? The share that a build would ship for a
 * pack, found on people whom the pack was built without, from their low ratings.
 *
 *   npx tsx bench/skips.ts PACK VISITORS.json     VISITORS: a list of [id, rating] a person
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fitSkipShare, SKIP_SHARES } from '../src/build/models/feedback/skip-share.ts'
import { createScanner } from '../src/math/simd-scanner.ts'
import { openItems } from '../src/pack/items.ts'
import { readBlocks, readManifest } from '../src/pack/read-pack.ts'
import { prepareScoring } from '../src/scoring/prepare-scoring.ts'

/** Of a person's likes the share that is to be found. */
const TARGET_SHARE = 0.2
/** Stars from which a rating is a like. */
const LIKED_FROM = 4

const [folder = '', visitorsFile = ''] = process.argv.slice(2)
const read = async (name: string) => new Uint8Array(await readFile(join(folder, name)))
const manifest = await readManifest(read)
const items = await openItems(manifest, read)
const { scanner } = await createScanner(async () =>
  WebAssembly.compile(await readFile('src/math/scan.wasm')),
)
const scoring = prepareScoring(await readBlocks(manifest, read), scanner)
const people: [string, number][][] = JSON.parse(await readFile(visitorsFile, 'utf8'))

const rated = people.flatMap((ratings, user) =>
  ratings.flatMap(([id, rating]) => {
    const row = items.indexOf(id)
    return row === undefined ? [] : [{ user, row, rating }]
  }),
)
const heldOut = people.flatMap((_, user) => {
  const likes = rated.filter((r) => r.user === user && r.rating >= LIKED_FROM)
  const rows = likes.map(({ row }) => row)
  const cut = Math.ceil(rows.length * TARGET_SHARE)
  if (rows.length < 5) return []
  const parts = { history: rows.slice(cut), targets: rows.slice(0, cut) }
  return [
    {
      user,
      history: Uint32Array.from(parts.history),
      targets: Uint32Array.from(parts.targets),
    },
  ]
})
const fitted = fitSkipShare({
  trials: [{ scoring, heldOut }],
  fusion: manifest.fusion,
  interactions: {
    userCount: people.length,
    users: Uint32Array.from(rated, ({ user }) => user),
    rows: Uint32Array.from(rated, ({ row }) => row),
    weights: Float32Array.from(rated, ({ rating }) => rating),
    hasRatings: true,
  },
})
if (!fitted) console.log('too few people with low ratings')
else {
  const { share, users, chosenOn, gain, within } = fitted
  console.log(
    `share ${share}, of ${users} people; gain ${gain.toFixed(4)} ± ${within.toFixed(4)} NDCG@20`,
  )
  for (const [i, tried] of SKIP_SHARES.entries()) {
    console.log(`  ${tried}: ${chosenOn[i]!.toFixed(4)}`)
  }
}
