/** Recommendations in Node: before and after one event. */
import { createHearth } from 'hearth-recommender'

const hearth = await createHearth({ pack: process.argv[2], seed: 1 })
const before = await hearth.recommend({ count: 5 })
await hearth.record({ kind: 'like', item: process.argv[3] })
const after = await hearth.recommend({ count: 5 })
const ids = ({ items }) => items.map(({ id }) => id)
console.log(JSON.stringify({ before: ids(before), after: ids(after) }))
await hearth.close()
