/** A folder that comes cut into training and test, joined again: to be cut by users. */
import type { Dataset, UserSplit } from '../training/dataset.ts'
import { mergePositives } from '../training/hide-entries.ts'

/** Items of nothing but ids; every entry is one interaction of weight 1, without a time. */
export function joinSplit({ name, itemIds, train, valid, test }: UserSplit): Dataset {
  const known = valid ? mergePositives(train, valid) : train
  const { userCount, indptr, rows } = mergePositives(known, test)
  const users = new Uint32Array(rows.length)
  for (let user = 0; user < userCount; user++) {
    users.fill(user, indptr[user], indptr[user + 1])
  }
  return {
    name,
    items: itemIds.map((id) => ({ id, title: id })),
    interactions: {
      userCount,
      users,
      rows,
      weights: new Float32Array(rows.length).fill(1),
      hasRatings: false,
    },
  }
}
