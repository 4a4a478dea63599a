/**
 * How far the probabilities of a pack can be believed, without training it again: a
 * calibration is fitted on one half of people the pack never saw, and measured on the other.
 *
 *   npx tsx bench/calibration.ts <pack folder> <visitors.json> [even | odd]
 *
 * `visitors.json` is a list of people, each a list of liked ids, or of [id, rating] (4 and up
 * is a like). `even` fits and measures within the even-numbered people, for trying; `odd`
 * (default) fits on them and measures on the others.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { calibrationModel } from '../src/build/models/calibration/calibration.ts'
import { momentOf } from '../src/build/models/calibration/moments.ts'
import type { HeldOutUser } from '../src/build/splits/hold-out.ts'
import { type Prediction, reliabilityOf } from '../src/evaluate/calibration.ts'
import { createRandom } from '../src/math/random.ts'
import { createJsScanner } from '../src/math/scanner.ts'
import { openItems } from '../src/pack/items.ts'
import { readPack } from '../src/pack/read-pack.ts'
import { bucketOf } from '../src/scoring/fusion.ts'
import { probabilityOf } from '../src/scoring/match.ts'
import { prepareScoring } from '../src/scoring/prepare-scoring.ts'

const COUNTS = [0, 1, 2, 3, 5, 10, 20, 50, 100]
const LIST_LENGTH = 20
const LIKED_FROM = 4
const TARGET_SHARE = 0.2
/** Fewer cannot tell .02 from chance at all. */
const MIN_PEOPLE = 50

const [folder, file, which = 'odd'] = process.argv.slice(2)
if (!folder || !file) {
  console.error(
    'usage: npx tsx bench/calibration.ts <pack> <visitors.json> [even | odd]',
  )
  process.exit(1)
}
const read = async (name: string) => new Uint8Array(readFileSync(join(folder, name)))
const pack = await readPack(read)
const scoring = prepareScoring(pack, createJsScanner())
const items = await openItems(pack.manifest, read)
const { fusion } = pack.manifest

type Like = string | readonly [id: string, rating: number]
const visitors: readonly (readonly Like[])[] = JSON.parse(readFileSync(file, 'utf8'))
const people = visitors.map(personOf)
const among = (rest: number, of: number) =>
  people.filter(({ user }) => user % of === rest)
const [fitting, testing] =
  which === 'even' ? [among(0, 4), among(2, 4)] : [among(0, 2), among(1, 2)]

const calibration = calibrationModel.fit(
  { trials: [{ scoring, heldOut: fitting }], fusion },
  { minPeople: MIN_PEOPLE },
)
console.log(
  `fitted on ${fitting.length} people, ${JSON.stringify(calibration).length} bytes`,
)
for (const k of COUNTS) {
  const curve = calibration?.buckets[bucketOf(k)]
  const known = testing.filter(({ history }) => history.length >= k)
  if (!curve || known.length < MIN_PEOPLE) continue
  const predictions = known.flatMap((user): Prediction[] => {
    const moment = momentOf(scoring, user, { eventCount: k, fusion })
    return Array.from(moment.scores.subarray(0, LIST_LENGTH), (score, n) => ({
      predicted: probabilityOf(curve, { ...moment, score, place: n + 1 }),
      happened: moment.chosen[n] === 1,
    }))
  })
  const { ece, bce, baseBce } = reliabilityOf(predictions, known.length)
  const mean = (of: (prediction: Prediction) => number) =>
    predictions.reduce((sum, each) => sum + of(each), 0) / predictions.length
  console.log(
    `events ${k}: ${known.length} people, ` +
      `predicted ${mean(({ predicted }) => predicted).toFixed(3)}, ` +
      `chosen ${mean(({ happened }) => +happened).toFixed(3)}, ` +
      `ece@20 ${ece.toFixed(3)}, cross-entropy ${bce.toFixed(3)} ` +
      `(of the share alone ${baseBce.toFixed(3)})`,
  )
}

/** As `holdOutUsers` divides a person, in an order that the person's number decides. */
function personOf(given: readonly Like[], user: number): HeldOutUser {
  const ids = given.flatMap((like) => {
    if (typeof like === 'string') return [like]
    return like[1] >= LIKED_FROM ? [like[0]] : []
  })
  const likes = ids.flatMap((id) => items.indexOf(id) ?? [])
  createRandom(1000 + user).shuffleInto(likes)
  const targets = Math.max(1, Math.round(likes.length * TARGET_SHARE))
  return {
    user,
    targets: Uint32Array.from(likes.slice(0, targets)),
    history: Uint32Array.from(likes.slice(targets)),
  }
}
