import type { Positives } from '../build/dataset/dataset.ts'

/** The same entries seen from the items: `rows` of item i are its users, rising. */
export function transpose({ userCount, rowCount, indptr, rows }: Positives): Positives {
  const starts = new Uint32Array(rowCount + 1)
  for (const row of rows) starts[row + 1]++
  for (let row = 0; row < rowCount; row++) starts[row + 1] += starts[row]
  const users = new Uint32Array(rows.length)
  const next = starts.slice(0, rowCount)
  for (let user = 0; user < userCount; user++) {
    for (let e = indptr[user]; e < indptr[user + 1]; e++) users[next[rows[e]]++] = user
  }
  return { userCount: rowCount, rowCount: userCount, indptr: starts, rows: users }
}
