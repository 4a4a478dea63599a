/**
 * How near predicted ratings come, without what they do not read: of a pack only its
 * towers, its attributes and its rating head are made, on the split of `evaluate`
 * (users, seed 1), which prints the same figures after training everything else.
 *
 *   npx tsx bench/ratings.ts <folder of an items table and a ratings table> [--no-towers]
 */
import { readDataset } from '../src/build/build-catalogue.ts'
import { buildAttributes } from '../src/build/dataset/attributes.ts'
import { popularityOf, toPositives } from '../src/build/dataset/positives.ts'
import { findTables } from '../src/build/input/find-tables.ts'
import { ratingModel } from '../src/build/models/rating/rating.ts'
import { twoTowerModel } from '../src/build/models/two-tower/two-tower.ts'
import { openTrial } from '../src/build/open-trial.ts'
import { holdOutUsers } from '../src/build/splits/hold-out.ts'
import { measureRatings, ratingFigures } from '../src/evaluate/ratings.ts'
import { splitDataset } from '../src/evaluate/splits/users.ts'
import { defaultFusion } from '../src/scoring/fusion.ts'

const SEED = 1

const [folder = '', flag] = process.argv.slice(2)
const tables = await findTables(folder)
if (!tables) {
  console.error('usage: npx tsx bench/ratings.ts <folder of two tables> [--no-towers]')
  process.exit(1)
}
const { dataset } = await readDataset(tables, { now: Date.now(), onProgress: () => {} })
const { train, visitors } = splitDataset(dataset, { seed: SEED, by: 'users' })
const { items, interactions } = train
const positives = toPositives(interactions!, items.length)
const split = holdOutUsers(positives, { share: 0.1, seed: SEED, most: 1000 })
const learned = { positives: split.train, validation: split.validation }
const attributes = buildAttributes(items)
const towers =
  flag === '--no-towers'
    ? undefined
    : await twoTowerModel.fit({ attributes, ...learned, seed: SEED })
const source = {
  ...{ name: dataset.name, licence: '', attribution: '', items, attributes },
  provenance: { generator: 'bench', interactions: 0, users: 0, notes: [] },
  fusion: defaultFusion,
  popularity: popularityOf(split.train),
  ...{ flags: new Uint8Array(items.length), firstItems: [0] },
  ...(towers && { tower: towers.block }),
}
const start = performance.now()
const { head, note } = ratingModel.fit({
  pack: (await openTrial(source)).pack,
  heldOut: split.heldOut,
  interactions: interactions!,
  seed: SEED,
})
const fitSeconds = (performance.now() - start) / 1000
console.log(note, head?.variances, `fitted in ${fitSeconds.toFixed(1)} s`)
if (!head) process.exit(0)
const { pack } = await openTrial({ ...source, ratings: head })
console.log(
  `${pack.manifest.blocks.ratings!.sizeBytes} bytes for ${pack.itemCount} items`,
)
const asked = {
  ...{ pack, train, interactions: dataset.interactions!, seed: SEED },
  heldOut: visitors.map(({ user }) => user),
}
const rated = measureRatings(asked)
console.log(ratingFigures(rated ?? [], SEED))
for (const known of [1, 3, 5, 10, 20]) {
  const early = measureRatings({ ...asked, known })
  const { rmse, biasRmse } = ratingFigures(early ?? [], SEED)!
  console.log(`${known} known: ${rmse.toFixed(4)}, baseline ${biasRmse.toFixed(4)}`)
}
